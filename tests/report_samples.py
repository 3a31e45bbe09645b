"""The reports that the tests of the reporting room share; no tests in here."""

from dataclasses import replace

from dedup.model import (
    Boilerplate,
    Cluster,
    Document,
    ExchangedFact,
    Member,
    Pair,
    Problem,
    Reason,
    ReasonKind,
    Report,
    Series,
    SeriesMember,
    Verdict,
)
from dedup.model.recipe import Recipe

HOSTILE = {
    "closing tags": "</title></style></script></bdi><script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>\" onmouseover=\"alert(1)' onclick='alert(1)",
    "entity": "&lt;script&gt; &#60;script&#62; ]]> <!-- <![CDATA[",
    "script address": "javascript:alert(1)",
    "escape": "\x1b[31mred\x1b]0;title\x07\x9b2J\x1bc",
    "direction": "\u202eevil\u202d \u2066\u2067\u2068\u2069\u202a\u202b\u202c",
    "lines": "one\u2028two\u2029three\nfour\r\nfive\x85six\x0bseven\x0ceight",
    "nul": "a\x00b\x08c\x7fd",
    "half a pair": "\ud800 and \udfff",
    "formula": "=HYPERLINK(1)",
}
"""Text that must do nothing, whatever shows it."""


INSIDE = Reason(ReasonKind.CONTAINMENT, (77,))
SHARED = Reason(ReasonKind.JACCARD, (24,))
FIGURE = ExchangedFact("40", "14", 12, 11)
DAY = ExchangedFact("شنبه", "جمعه", 80, 81)


def a_member(name: str, verdict: Verdict | None = None, **changes: object) -> Member:
    """Make a member without title or source; a representative when `verdict` is None."""
    alone = Member(
        id=name,
        path=name,
        title="",
        source="",
        published="",
        url="",
        verdict=verdict,
        jaccard=1.0,
        containment=1.0,
        tfidf=1.0,
        rank=0,
    )
    return replace(alone, **changes)


def a_cluster(*members: Member, **changes: object) -> Cluster:
    """Make cluster 1, represented by its first member."""
    alone = Cluster(
        id=1, representative=members[0].id, reason=Reason(ReasonKind.LONGEST), cohesion=0.35, members=members
    )
    return replace(alone, **changes)


def a_pair(left: str, right: str, verdict: Verdict, **changes: object) -> Pair:
    """Make a pair with J 0.13, C 0.24 and no TF-IDF."""
    alone = Pair(
        left=left, right=right, verdict=verdict, jaccard=0.13, containment=0.24, tfidf=None, reasons=()
    )
    return replace(alone, **changes)


def titled(titles: dict[str, str]) -> dict[str, Document]:
    """Make documents of titles alone, by id."""
    return {name: Document(name, "", title=title) for name, title in titles.items()}


def a_report(**changes: object) -> Report:
    """Make a report of nothing; documents that it names have no title unless `documents` gives one."""
    nothing = Report(
        recipe=Recipe(),
        counts={},
        clusters=(),
        pairs=(),
        problems=(),
        boilerplate=(),
        documents={},
        encodings={},
        tokenisers={},
    )
    report = replace(nothing, **changes)
    if "documents" in changes:
        return report
    named = {name for pair in report.pairs for name in (pair.left, pair.right)}
    named.update(member.id for cluster in report.clusters for member in cluster.members)
    return replace(report, documents=titled(dict.fromkeys(sorted(named), "")))


def the_seeds() -> Report:
    """Make the report of the five seeds: one cluster of two, one partial pair, one problem."""
    head = a_member(
        "000.txt", title="تلاش ایران", source="فارس", published="2023-10-17", moment=1_697_500_800
    )
    copy = a_member(
        "001.txt",
        Verdict.CONTAINED,
        confidence=0.93128,
        dropped=True,
        title="رایزنی",
        source="مهر",
        url="https://example.ir/1",
        jaccard=0.3512,
        containment=0.76891,
        tfidf=0.81,
        rank=1,
        own_terms=("آلبا", "ASEAN"),
        reasons=(INSIDE,),
    )
    return a_report(
        counts={"unreadable": 1, "documents": 5, "clusters": 1, "clustered": 2},
        clusters=(a_cluster(head, copy, shared_terms=("غزه",)),),
        pairs=(
            a_pair("000.txt", "001.txt", Verdict.CONTAINED, reasons=(INSIDE,), confidence=0.93128),
            a_pair("003.txt", "004.txt", Verdict.PARTIAL, reasons=(SHARED,)),
        ),
        problems=(Problem("bad.txt", None, "not text"),),
        boilerplate=(),
        documents={
            "000.txt": Document("000.txt", "تلاش برای آتش\u200cبس در غزه"),
            "001.txt": Document("001.txt", "رایزنی برای آتش\u200cبس در غزه"),
            "003.txt": Document("003.txt", "گفت\u200cوگو با روسیه", title="روسیه"),
            "004.txt": Document("004.txt", "گفت\u200cوگو با عمان"),
        },
        encodings={"utf-8": 4, "cp1256": 1},
        tokenisers={"hazm": 5},
    )


def hostile_report(text: str) -> Report:
    """Make a report that has `text` everywhere a document or a file name can put it."""
    head = a_member(text, title=text, path=f"x{text}", source=text, published=text, url=text)
    changed = (ExchangedFact(text, text, 0, 1),)
    copy = replace(
        head, id=f"{text}2", verdict=Verdict.IDENTICAL, own_terms=(text, text), rank=1, changed=changed
    )
    return a_report(
        counts={"documents": 4, text: 1},
        clusters=(
            a_cluster(head, copy, reason=Reason(ReasonKind.ONLY_IN, (text, (text,))), shared_terms=(text,)),
        ),
        pairs=(
            a_pair(
                text,
                f"{text}2",
                Verdict.IDENTICAL,
                reasons=(Reason(ReasonKind.ONLY_IN, (text, (text,))),),
                changed=changed,
            ),
            a_pair(
                f"{text}3",
                f"{text}4",
                Verdict.TEMPLATE,
                reasons=(Reason(ReasonKind.ONLY_IN, (text, (text,))),),
            ),
        ),
        problems=(Problem(text, 1, text, kind=text), Problem("", None, text)),
        series=(Series(1, text, (text, text), (SeriesMember(text, text, text, text, (text,)),)),),
        boilerplate=(Boilerplate(text, 30),),
        documents={
            name: Document(name, text, title=text, source=text, published=text, url=text, path=text)
            for name in (text, f"{text}2", f"{text}3", f"{text}4")
        },
        encodings={text: 1},
        tokenisers={text: 1},
    )
