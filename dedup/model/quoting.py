"""Format external names and messages to fit on one line of a report."""

_ORDER = (0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
"""Characters that change the display order of adjacent ones."""
_CONTROLS = {
    **{code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))},
    **{code: f"\\u{code:04x}" for code in (*_ORDER, 0x2028, 0x2029)},
}

_ISOLATES = range(0x2066, 0x206A)
_IN_A_LINE = {code: escape for code, escape in _CONTROLS.items() if code not in _ISOLATES}


def printable(name: str) -> str:
    r"""Escape what a terminal cannot print: the byte b"\xff" in a file name becomes \udcff."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8").translate(_CONTROLS)


def printable_line(line: str) -> str:
    """Escape the same in a whole line, except the isolates that it has around names."""
    return line.encode("utf-8", "backslashreplace").decode("utf-8").translate(_IN_A_LINE)


def why(error: BaseException) -> str:
    """Return the message of an error on one line, without the path, which the problem contains anyway."""
    message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(printable(message).split())
