"""Made-up archives of any size with gold clusters; `python -m benchmarks.synthetic --help`."""

from benchmarks.synthetic.writing import write_archive

__all__ = ["write_archive"]
