"""The compiled kernel: every C file of dedup/core/native, seen from Python through what kernel.h declares.

All else is in pyproject.toml. The stable ABI makes one wheel a platform serve every Python from 3.12 on;
without a compiler the package installs all the same, and the numpy kernel runs.
"""

import os
import sys
import sysconfig
from pathlib import Path

from cffi import FFI
from setuptools import setup

NATIVE = Path("dedup/core/native")
HIDDEN = "-fvisibility=hidden"  # the names of the C files stay their own
NO_DEBUG = [] if os.environ.get("CFLAGS") else ["-g0"]  # a third of the wheel; whoever sets CFLAGS chooses
FLAGS = [] if sys.platform == "win32" else [HIDDEN, *NO_DEBUG]
STABLE_ABI = not sysconfig.get_config_var("Py_GIL_DISABLED")  # a free-threaded Python has none yet


def kernel() -> FFI:
    """Describe the extension module `dedup.core.native_library`; cffi calls this."""
    header = (NATIVE / "kernel.h").read_text(encoding="utf-8")
    ffi = FFI()
    ffi.cdef("".join(line for line in header.splitlines(keepends=True) if not line.startswith("#")))
    ffi.set_source(
        "dedup.core.native_library",
        '#include "kernel.h"',
        sources=sorted(path.as_posix() for path in NATIVE.glob("*.c")),
        depends=sorted(path.as_posix() for path in NATIVE.glob("*.h")),
        include_dirs=[NATIVE.as_posix()],
        extra_compile_args=FLAGS,
        optional=True,
    )
    return ffi


if __name__ == "__main__":
    setup(
        cffi_modules=["setup.py:kernel"],
        options={"bdist_wheel": {"py_limited_api": "cp312"}} if STABLE_ABI else {},
    )
