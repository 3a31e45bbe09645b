"""Guess the dialect of a table of separated values from its beginning."""

import re
from dataclasses import dataclass

_SEPARATORS = ",;\t|"
"""Possible separators of a .csv file; the most frequent in its first line is used."""
_NONE = "\x1f"
"""Separator for a table with one column: a character that texts do not contain."""
_NAMED = re.compile(r'\ufeff?"?sep=(.)"?[ \t]*\r?\n', re.IGNORECASE)
_LINE_END = re.compile(r"\r*\n|\r")
_QUOTED = re.compile(r'"[^"]*"')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BEHIND_QUOTE = re.compile(r'(?<!")" +(?=[,;\t|\r\n])')
_ESCAPED = {'"': '""', "\\": "\\", "\n": "\n"}


@dataclass(frozen=True, slots=True)
class Dialect:
    r"""A dialect of separated values.

    Attributes:
        separator: Separator of cells.
        named: Whether the first line names the separator (`sep=;`), as some spreadsheets write it.
        backslashes: Whether a quote inside a cell is written as `\"`, as by MySQL and Spark, not as `""`.
        blanks: Whether blanks around a quoted cell are ignored.
        returns: Whether lines end in a carriage return alone, as from older spreadsheets on a Mac.
    """

    separator: str
    named: bool = False
    backslashes: bool = False
    blanks: bool = False
    returns: bool = False

    def standard(self, line: str) -> str:
        """Convert a line to RFC 4180."""
        if self.blanks:
            line = _BEHIND_QUOTE.sub('"', line)
        return _ESCAPE.sub(_escaped, line) if self.backslashes and "\\" in line else line


def dialect_of(beginning: str, *, separator: str = "") -> Dialect:
    """Guess the dialect from the first lines, except for a separator that is given."""
    line_end = _LINE_END.search(_QUOTED.sub("", beginning.lstrip("\ufeff\r\n ")))
    returns = line_end is not None and line_end[0] == "\r"
    if returns:
        beginning = beginning.replace("\r", "\n")
    named = _NAMED.match(beginning)
    if named:
        beginning = beginning[named.end() :]
    header = _QUOTED.sub("", beginning.lstrip("\ufeff\r\n ").split("\n", 1)[0])
    likeliest = max(separator or _SEPARATORS, key=header.count)
    chosen = named[1] if named else likeliest if likeliest in header else _NONE
    sign = re.escape(chosen)
    return Dialect(
        chosen,
        named=bool(named),
        backslashes=bool(re.search(rf'(?<!\\)(?:\\\\)*\\"[^\s"{sign}]', beginning)),
        blanks=(bool(re.search(rf'{sign} +"', beginning)) and not re.search(rf'{sign}"', beginning))
        or bool(re.search(rf'[^"{sign}]" +(?:{sign}|\r?\n)', beginning)),
        returns=returns,
    )


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[1], found[0])
