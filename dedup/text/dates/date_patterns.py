"""Regular expressions for dates, in the characters of `DateWords.pattern`.

Small letters are numbers: `y` has four digits, `d` one or two. Capital letters are words, by their meaning.
"""

import re

NUMBER = re.compile("[a-z]")
UNIX = re.compile(r"(?:/X\()?(?P<unix>[uvwn])(?:\.[a-z]|[+-]y)?(?:\)/)?")
"""1704700000 and 1704700000.25; /Date(1704700000000+0000)/, as .NET writes it."""
COMPACT = re.compile(r"(?P<day>e)[T_ -]? ?(?P<clock>[sy])|(?P<both>[ft])")
"""20240108T090000, 20240108 0900, 20240108090000 and 202401080900."""

_LATE = r"(?:[ .]{0,2}(?P<late>[PA]))?"
_HALF = r"(?:(?P<half>P)\.? ?)?"
CLOCKS = tuple(
    map(
        re.compile,
        (
            rf"{_HALF}(?<!^y:)(?P<hour>d) ?: ?(?P<minute>d)(?: ?: ?(?P<second>d)(?:[.,][a-z])?)?{_LATE}",
            r"(?P<half>P)\.? ?(?P<hour>d)\.(?P<minute>d)(?:\.(?P<second>d))?",
            r"(?P<hour>d)\.(?P<minute>d) ?H",
            rf"{_HALF}(?P<hour>d) ?H(?: ?(?P<minute>d)(?: ?I)?(?: ?(?P<second>d) ?S)?)?",
            r"(?P<hour>d)(?:\.(?P<minute>d))? ?(?P<late>P)",
            r"U ?(?P<hour>d)(?: ?X? ?(?P<minute>d) ?I)?(?![:.])",
        ),
    )
)
DOTTED_CLOCK = re.compile(rf"(?P<hour>d)\.(?P<minute>d)(?:\.(?P<second>d))?{_LATE}")
"""Tried after the day has been recognised, because a day can have points too."""

ZONE = re.compile(
    r"[ ,]*[(\[]?(?P<zone>Z|G(?! ?X))?[)\]]? ?"
    r"(?:(?P<sign>[+-])(?:(?P<together>[cy])(?![a-z/.-])"
    r"|(?P<hours>d)(?: ?: ?(?P<minutes>d)|(?! ?[a-zM/.-]))))?"
)
"""A zone directly after the clock."""
UNKNOWN_ZONE = re.compile(r"[ ,.]*[(\[]?(?P<word>X)(?![ ,]*X)")
"""One unknown word after the clock, which may be a zone."""
LONE_ZONE = re.compile(r"(?P<zone>Z|G(?=[ .)\]]*$))")
"""A zone anywhere else."""

_GAP = r"[^a-zM]*?"
_APART = r"(?: ?[^a-zA-Z_ ]{1,2} ?| )"
_MONTH = r"(?P<name>M)(?: ?[/(-] ?M\)?)?"
"""A month may be named twice, as in the Levant: كانون الثاني/يناير."""

DAYS = tuple(
    map(
        re.compile,
        (
            rf"(?P<day>d){_GAP}{_MONTH}{_GAP}(?P<year>y)",
            rf"{_MONTH}{_GAP}(?P<day>d){_GAP}(?P<year>y)",
            rf"(?P<year>y){_GAP}{_MONTH}{_GAP}(?P<day>d)",
            rf"(?P<year>y){_GAP}(?P<day>d){_GAP}{_MONTH}",
            r"(?P<day>d)[ ,]*K ?(?P<month>d)[^a-zM]{1,6}?(?P<year>y)",
            r"(?P<year>y)[^a-zM]*K ?(?P<month>d)[^a-zM]{1,6}?(?P<day>d)",
            rf"(?P<day>d){_GAP}{_MONTH}{_GAP}(?P<year>d)",
            rf"{_MONTH}{_GAP}(?P<day>d){_GAP}(?P<year>d)",
            r"(?P<year>y)-?(?P<week>Q)(?P<month>d)(?:-?(?P<day>d))?",
            r"(?:(?P<reign>J) ?)?(?P<year>[yd]) ?Y ?(?P<month>d) ?N(?: ?(?P<day>d) ?D)?",
            r"(?:(?P<reign>J) ?)?(?P<year>c) ?Y ?(?P<month>d) ?N(?: ?(?P<day>d) ?D)?",
            rf"(?P<year>y)(?P<apart>{_APART})(?P<month>d)(?P=apart)(?P<day>d)",
            rf"(?P<day>d)(?P<either>{_APART})(?P<month>d)(?P=either)(?P<year>y)",
            r"(?:^|(?<=[^a-zA-Z]))(?P<reign>J)(?P<year>d)(?P<apart>[./-])(?P<month>d)(?P=apart)(?P<day>d)",
            r"(?P<compact>e)",
            r"(?P<year>y)-(?P<ordinal>c)(?![a-z.-])",
            r"(?P<together>g)",
            rf"{_MONTH}{_GAP}(?P<year>y)",
            rf"(?P<year>y){_GAP}{_MONTH}",
            r"(?P<year>y)[/.-](?P<month>d)",
            r"(?P<month>d)[/.-](?P<year>y)",
        ),
    )
)
"""Days, the most certain patterns first."""

SHORT = re.compile(r"(?P<day>d)(?P<either>[/.-])(?P<month>d)(?P=either)(?P<year>d)(?![/.-]?[a-z])")
"""15/10/24, if its year has two digits."""

YEAR = re.compile(r"[ (]*(?:E[. ]*)?(?P<year>y)[ .]*[EA]?[ .)]*")
"""A year without month and day."""

ERA = re.compile(r"[^a-zM]*")
"""An era after a day."""
