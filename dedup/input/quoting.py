"""What came from outside, in words that fit into one line of a report."""

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


def printable(name: str) -> str:
    r"""Spell what no terminal prints as an escape: the byte b"\xff" of a file name becomes \udcff."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8").translate(_CONTROLS)


def why(error: BaseException) -> str:
    """Say in one line what the system or a library said, without the path, which the problem names."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(printable(said).split())
