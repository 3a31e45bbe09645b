"""How a table of separated values is written: guessed from its beginning."""

import re
from dataclasses import dataclass

_SEPARATORS = ",;\t|"
"""What may separate the cells of a .csv file: the one that occurs most often in its first line."""
_NONE = "\x1f"
"""Separates the cells of a table with one column: a character that no text has."""
_NAMED = re.compile(r'\ufeff?"?sep=(.)"?[ \t]*\r?\n', re.IGNORECASE)
_LINE_END = re.compile(r"\r*\n|\r")
_QUOTED = re.compile(r'"[^"]*"')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BEHIND_QUOTE = re.compile(r'(?<!")" +(?=[,;\t|\r\n])')
_ESCAPED = {'"': '""', "\\": "\\", "\n": "\n"}


@dataclass(frozen=True, slots=True)
class Dialect:
    r"""How cells are told apart.

    Attributes:
        separator: Stands between cells.
        named: Whether the first line names the separator (`sep=;`), as spreadsheets have it.
        backslashes: Whether a quote inside a cell is written as `\"`, as MySQL and Spark do, not as `""`.
        blanks: Whether blanks around a quoted cell are no part of it.
        returns: Whether lines end in a carriage return alone, as spreadsheets of a Mac write them.
    """

    separator: str
    named: bool = False
    backslashes: bool = False
    blanks: bool = False
    returns: bool = False

    def standard(self, line: str) -> str:
        """Write a line as RFC 4180 has it."""
        if self.blanks:
            line = _BEHIND_QUOTE.sub('"', line)
        return _ESCAPE.sub(_escaped, line) if self.backslashes and "\\" in line else line


def dialect_of(beginning: str, *, separator: str = "") -> Dialect:
    """Tell the dialect from the first lines; a separator that is given is not guessed."""
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
