from typing import Any

# what cffi makes of native/kernel.h
ffi: Any
lib: Any
