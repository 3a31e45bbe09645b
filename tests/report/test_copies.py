"""Which documents of a report are copies, and what stays without them."""

import pickle
from pathlib import Path

import pytest

from dedup import Document, Recipe, Report, Verdict, find_duplicates
from dedup.report import spill
from tests.made_up_news import reworded, story
from tests.report.test_made_up_archives import archive
from tests.report_samples import a_cluster, a_member, a_report

UNRANKED = Recipe(rank=False)
IDENTICAL, CONTAINED = Verdict.IDENTICAL, Verdict.CONTAINED


def kept_of(*documents: Document) -> list[str]:
    """Ids of the documents that are kept."""
    return [document.id for document in find_duplicates(documents, recipe=UNRANKED).kept]


def test_the_copies_of_records_are_those_that_are_dropped() -> None:
    """A member with more news than its representative is no copy."""
    cluster = a_cluster(a_member("a"), a_member("b", IDENTICAL, dropped=True), a_member("c", CONTAINED))

    assert a_report(clusters=(cluster,)).copies == {"b"}


def test_a_roundup_without_copies_stays() -> None:
    """Two stories, and a text that contains them and more."""
    roundup = Document("r", f"{story(1)} {story(2)} {story(3)}")

    assert kept_of(Document("a", story(1)), Document("b", story(2)), roundup) == ["a", "b", "r"]


def test_what_joins_no_cluster_stays() -> None:
    """A text too short to compare, one without a copy, and two of which each has much of its own."""
    shared = story(1, words=40)
    documents = [
        Document("alone", story(2)),
        Document("left", f"{shared} {story(3, words=90)}"),
        Document("right", f"{shared} {story(4, words=90)}"),
        Document("short", "x"),
        Document("nothing", ""),
    ]
    report = find_duplicates(documents, recipe=UNRANKED)

    assert [pair.verdict for pair in report.pairs] == [Verdict.PARTIAL]
    assert [document.id for document in report.kept] == ["alone", "left", "right", "short", "nothing"]


def test_a_template_stays() -> None:
    """Two prices in the same words are two stories."""
    words = "The price of one coin of gold on the market of the capital at noon on day {} was {} tomans"
    documents = [
        Document("a", f"{words.format(3, 41200)}; silver stood at {17} and copper at {9351}."),
        Document("b", f"{words.format(4, 42950)}; silver stood at {18} and copper at {9402}."),
    ]
    report = find_duplicates(documents, recipe=UNRANKED)

    assert [pair.verdict for pair in report.pairs] == [Verdict.TEMPLATE]
    assert len(report.kept) == 2


def test_what_is_kept_stands_in_the_order_of_the_input() -> None:
    """Whatever the ids; and the choice does not depend on it."""
    documents = [Document(name, story(number)) for number, name in enumerate("zmbq")]
    documents += [Document("a", reworded(story(1), every=40), published="2024-01-01")]

    assert kept_of(*documents) == ["z", "b", "q", "a"]
    assert kept_of(*reversed(documents)) == ["a", "q", "b", "z"]


def test_an_archive_of_one_text_keeps_one() -> None:
    """Never none."""
    assert kept_of(*(Document(str(number), story(1)) for number in range(200))) == ["0"]


def test_kept_documents_are_whole_and_by_place() -> None:
    """Text, fields and record come back; slices too."""
    documents = [
        Document("a", story(1), title="t", url="u", record=b'{"more": 1}'),
        Document("b", story(2)),
        Document("c", story(3), record=b"{}"),
    ]

    report = find_duplicates(documents, recipe=UNRANKED)
    kept = report.kept

    assert (list(kept), report.copies) == (documents, frozenset())
    assert (kept[-1], list(kept[1:])) == (documents[2], documents[1:])
    with pytest.raises(IndexError):
        kept[3]


def test_reports_of_other_orders_are_equal() -> None:
    """Though what is kept is in another order."""
    documents = [Document("a", story(1)), Document("b", story(2)), Document("c", story(1))]

    assert find_duplicates(documents, recipe=UNRANKED) == find_duplicates(documents[::-1], recipe=UNRANKED)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("cross_source", [False, True])
def test_what_is_kept_is_kept_again(seed: int, *, cross_source: bool) -> None:
    """Of archives with every kind of copy, each document that was left out is named as such."""
    documents = archive(seed)
    report = find_duplicates(documents, cross_source=cross_source, recipe=UNRANKED)
    kept = list(report.kept)

    assert 0 < len(kept) < len(documents)
    assert report.copies == {document.id for document in documents} - {document.id for document in kept}
    known = report.known_boilerplate
    again = find_duplicates(kept, cross_source=cross_source, recipe=UNRANKED, boilerplate=known)
    assert list(again.kept) == kept


def test_what_is_kept_beside_a_reference_is_kept_again() -> None:
    """The same with an old archive."""
    old, new = archive(0)[:40], archive(0)[40:]
    kept = list(find_duplicates(new, reference=old, recipe=UNRANKED).kept)

    assert 0 < len(kept) < len(new)
    assert list(find_duplicates(kept, reference=old, recipe=UNRANKED).kept) == kept


@pytest.mark.parametrize("own", [0, 1])
def test_a_roundup_is_not_left_out_for_one_of_its_stories(own: int) -> None:
    """Of which no other is in the archive; whether that story opens it or comes second."""
    parts = [story(number, words=50) for number in (2, 3, 4)]
    parts.insert(own, story(1, words=50))
    documents = [
        Document("a", story(1, words=50), published="2024-03-08"),
        Document("r", " ".join(parts), published="2024-03-09"),
    ]

    report = find_duplicates(documents, recipe=UNRANKED)

    assert [[member.id for member in cluster.members] for cluster in report.clusters] == [["a", "r"]]
    assert [document.id for document in report.kept] == ["a", "r"]


@pytest.mark.parametrize(
    "statement",
    [
        "The strike was called off.",
        "دادگاه وزیر را تبرئه کرد.",
        "Le tribunal a acquitté le ministre.",
        "罢工已取消。",
    ],
)
def test_a_text_that_opens_with_a_statement_of_its_own_is_kept(statement: str) -> None:
    """It has no number, date or name, and everything else is the same."""
    documents = [
        Document("a", story(1), published="2024-03-08"),
        Document("b", f"{statement} {story(1)}", published="2024-03-09"),
    ]

    report = find_duplicates(documents, recipe=UNRANKED)

    assert [[member.id for member in cluster.members] for cluster in report.clusters] == [["a", "b"]]
    assert [document.id for document in report.kept] == ["a", "b"]


@pytest.mark.parametrize("statement", ["the strike was called off", "دادگاه وزیر را تبرئه کرد", "罢工已取消"])
@pytest.mark.parametrize(
    "place", ["{own}\n{first} {rest}", "{first} {own} {rest}", "{first}. {own}. {rest}", "{own}. {rest}"]
)
def test_a_text_with_a_statement_of_its_own_in_the_lead_is_kept(statement: str, place: str) -> None:
    """On a line ahead of the text, within the first sentence, behind it or in its place."""
    words = story(1).split()
    first, rest = " ".join(words[:12]), " ".join(words[12:])
    later = place.format(own=statement, first=first, rest=rest)

    kept = kept_of(
        Document("a", story(1), published="2024-03-08"), Document("b", later, published="2024-03-09")
    )

    assert kept == ["a", "b"]


@pytest.mark.parametrize(
    "credit", ["به گزارش خبرگزاری مهر،", "According to the Associated Press,", "(AFP) -"]
)
def test_a_copy_that_only_credits_an_agency_is_left_out(credit: str) -> None:
    """Whichever of the two is kept."""
    credited = f"{credit} {story(1)}"
    dates = "2024-03-08", "2024-03-09"

    for texts in ((story(1), credited), (credited, story(1))):
        documents = [Document(day, text, published=day) for day, text in zip(dates, texts, strict=True)]
        assert kept_of(*documents) == ["2024-03-08"]


@pytest.mark.parametrize("in_memory", [0, 1 << 20], ids=["in a file", "in memory"])
def test_a_report_can_be_pickled(in_memory: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With its documents, which outlive the archive; a process may hand it to another."""
    monkeypatch.setattr(spill.Spill.__init__, "__kwdefaults__", {"in_memory": in_memory})
    documents = [Document("a", story(1)), Document("b", story(1)), Document("c", story(2))]
    report = find_duplicates(documents, recipe=UNRANKED)

    (tmp_path / "report").write_bytes(pickle.dumps(report))
    again: Report = pickle.loads((tmp_path / "report").read_bytes())  # noqa: S301 - written above

    assert again == report
    assert again.documents["b"] == documents[1]
    assert [document.id for document in again.kept] == ["a", "c"]


WARNING_OF = (
    "هواشناسی {} درباره بارش شدید باران هشدار داد. پیش‌بینی می‌شود بارندگی چند ساعت ادامه یابد "
    "و از شهروندان خواسته شد از سفرهای غیرضروری خودداری کنند."
)


@pytest.mark.parametrize("source", ["", "agency"])
def test_a_warning_for_another_town_stays(source: str) -> None:
    """Without capitals the name of the town is a word like any other; the texts differ in nothing else."""
    towns = ["تهران", "مشهد", "شیراز"]

    kept = kept_of(*(Document(town, WARNING_OF.format(town), source=source) for town in towns))

    assert sorted(kept) == sorted(towns)
