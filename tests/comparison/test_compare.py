"""Two documents explained: the same words a report has for them."""

from itertools import islice, product
from pathlib import Path

import pytest

from dedup import (
    Comparison,
    Document,
    ReadingError,
    Reason,
    ReasonKind,
    Recipe,
    Verdict,
    compare,
    find_duplicates,
)
from dedup.text.fold import fold
from tests.made_up_news import story
from tests.report.test_made_up_archives import archive, some_stories

UNRANKED = Recipe(rank=False, boilerplate=0)
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def assert_a_report_agrees(left: Document, right: Document) -> Comparison:
    """Hold a comparison to the one pair of a report, or to its absence."""
    alone = compare(left, right, recipe=UNRANKED)
    pairs = find_duplicates([right, left], recipe=UNRANKED).pairs
    if alone.verdict is None:
        assert pairs == ()
    else:
        (pair,) = pairs
        assert alone.overlap is not None
        assert (pair.left, pair.right, pair.verdict) == (left.id, right.id, alone.verdict)
        assert pair.jaccard == round(alone.overlap.jaccard, 6)
        assert pair.containment == round(alone.overlap.containment, 6)
        assert pair.reasons == alone.reasons
    return alone


def test_made_up_pairs_get_the_verdicts_of_a_report() -> None:
    """Pairs of each verdict from an archive, each compared alone and as an archive of two.

    Of documents with one text the first stands for all, with its date, source and title.
    """
    once = {str(fold(document.text)): document for document in archive(2)}
    documents = {document.id: document for document in once.values()}
    pairs = find_duplicates(documents.values(), recipe=UNRANKED).pairs
    chosen = [pair for verdict in Verdict for pair in [p for p in pairs if p.verdict is verdict][:4]]

    compared = [assert_a_report_agrees(documents[pair.left], documents[pair.right]) for pair in chosen]

    assert {comparison.verdict for comparison in compared} >= {*Verdict} - {Verdict.IDENTICAL}
    assert [comparison.verdict for comparison in compared] == [pair.verdict for pair in chosen]


@pytest.mark.parametrize(
    ("left", "right", "verdict"), [(0, 1, Verdict.CONTAINED), (3, 4, Verdict.PARTIAL), (0, 4, None)]
)
def test_the_seeds_get_the_verdicts_of_a_report(left: int, right: int, verdict: Verdict | None) -> None:
    """The two letter stories, the two with a stock paragraph, and two that share too little."""
    one, other = (
        Document(SEEDS[place].name, SEEDS[place].read_text("utf-8"), path=SEEDS[place].name)
        for place in (left, right)
    )

    assert assert_a_report_agrees(one, other).verdict is verdict


def test_equal_texts_are_identical() -> None:
    """Spelled differently, folded alike: one passage, nothing that differs."""
    (text,) = some_stories(1)
    spelled = text.replace("ی", "ي").replace("\u200c", "")

    told = compare(text, spelled)

    assert (told.verdict, told.reasons) == (Verdict.IDENTICAL, (Reason(ReasonKind.EQUAL),))
    assert told.overlap is not None
    assert (told.overlap.jaccard, told.difference.left_words, told.difference.right_words) == (1, (), ())
    (passage,) = told.passages
    assert text[passage.left_start : passage.left_end] == text.removesuffix(".")
    assert spelled[passage.right_start : passage.right_end] == spelled.removesuffix(".")


def test_shared_passages_are_bounds_in_the_texts_as_spelt() -> None:
    """A story between two others is contained in both, half-spaces included."""
    before, shared, after = some_stories(3, words=50)
    left, right = f"{before} {shared}", f"{shared} {after}"

    told = compare(left, right)

    (passage,) = told.passages
    assert left[passage.left_start : passage.left_end] == shared.removesuffix(".")
    assert right[passage.right_start : passage.right_end] == shared.removesuffix(".")


@pytest.mark.parametrize(
    ("left", "right", "sides"),
    [
        ("ا" * 39, "ب" * 40, ["left"]),
        ("ا" * 40, "ب" * 39, ["right"]),
        ("ا" * 39, "ا" * 39, ["left", "right"]),
    ],
)
def test_a_short_document_is_not_compared(left: str, right: str, sides: list[str]) -> None:
    """39 letters are too few, and equal ones are no copies; the differences are listed all the same."""
    told = compare(left, right)

    assert (told.verdict, told.overlap, told.passages) == (None, None, ())
    assert list(map(str, told.reasons)) == [
        f"the {side} document has 39 letters, too short to compare (40 are needed)" for side in sides
    ]
    assert bool(told.difference.left_words) is (left != right)


def test_forty_letters_are_enough() -> None:
    """The bound itself can be compared."""
    assert compare("ا" * 40, "ا" * 40).verdict is Verdict.IDENTICAL


def test_sharing_too_little_has_reasons_too() -> None:
    """No verdict, yet the measures are given."""
    told = compare(*some_stories(2))

    assert told.verdict is None
    assert str(told.reasons[0]) == "0 % of the shorter text is in the longer one"


@pytest.mark.parametrize("length", [40, 75])
def test_a_lifted_passage_is_listed_with_its_length(length: int) -> None:
    """Behind 100 words of a story, and between 2,000 of another."""
    passage = " ".join(map("".join, islice(product("bdfg", "aeiou", "lmnr"), length)))
    left = Document("x", f"{story(2, words=100)} {passage}")
    right = Document("y", f"{story(3, words=1000)} {passage} {story(4, words=1000)}")

    told = assert_a_report_agrees(left, right)

    assert told.verdict is Verdict.PARTIAL
    assert Reason(ReasonKind.PASSAGE, (length,)) in told.reasons


def test_no_passage_is_named_of_texts_that_share_half_and_more() -> None:
    """The shares say as much."""
    told = compare(story(1), f"{story(1)} {story(2, words=40)}")

    assert ReasonKind.PASSAGE not in {reason.kind for reason in told.reasons}


def test_five_words_of_one_side_are_named() -> None:
    """They would fill the screen otherwise; the difference has all of them."""
    text = story(1, words=80)
    words = ("apricot", "blackbird", "cathedral", "dandelion", "embroidery", "flamingo", "grapefruit")

    compared = compare(f"{text} {' '.join(words)}", text)

    assert [each.values for each in compared.reasons if each.kind is ReasonKind.ONLY_IN] == [
        ("left", words[:5])
    ]
    assert compared.difference.left_words == words


def test_strings_mappings_and_documents_are_compared() -> None:
    """Each becomes a record; what has no id is known by its side."""
    (text,) = some_stories(1)

    told = compare(text, {"text": text, "title": "تیتر"})
    named = compare(Document("x", text), {"id": 5, "text": text})

    assert (told.left, told.right) == (Document("0", text), Document("1", text, title="تیتر"))
    assert (named.left.id, named.right.id) == ("x", "5")


@pytest.mark.parametrize("nothing", [None, 5, {"title": "x"}])
def test_an_item_without_a_text_is_refused(nothing: object) -> None:
    """With two documents there is nothing to go on with."""
    with pytest.raises(ReadingError, match="item 1"):
        compare("متن", nothing)  # type: ignore[arg-type]


def test_the_recipe_is_obeyed() -> None:
    """A bound of 39 letters admits 39."""
    assert compare("ا" * 39, "ا" * 39, recipe=Recipe(min_letters=39)).verdict is Verdict.IDENTICAL


DEATH_IN_JAPANESE = (
    "{0}\n{0}さんが自宅で家族に見守られながら亡くなった。告別式は地元の寺で営まれる。遺族は供花の代わりに、"
    "最後の数週間にわたって世話をした地域のホスピスへの寄付を呼びかけている。"
)
DEATH_IN_ARABIC = (
    "{0}\nتوفي {0} في منزله بين أفراد أسرته بعد صراع طويل مع المرض. وسيقام مجلس العزاء في مسجد الحي، "
    "وتطلب الأسرة التبرع لدار المسنين بدلا من الزهور."
)


@pytest.mark.parametrize(
    ("notice", "names"),
    [(DEATH_IN_JAPANESE, ("田中一郎", "佐藤花子")), (DEATH_IN_ARABIC, ("محمد السالم", "علي الحربي"))],
    ids=["Japanese", "Arabic"],
)
def test_a_notice_with_the_name_as_its_headline_is_a_template(notice: str, names: tuple[str, str]) -> None:
    """In scripts without capitals too: the name is in the headline and in the sentence below it."""
    assert compare(*map(notice.format, names)).verdict is Verdict.TEMPLATE
