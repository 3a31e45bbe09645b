"""From documents to a report: clusters, pairs, problems, and that nothing but the documents shapes it."""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dedup import Document, Problem, Recipe, Report, SettingError, Verdict, compare, find_duplicates
from dedup.model import document_batch
from dedup.model.errors import WritingError
from dedup.model.reason import Reason, ReasonKind
from dedup.output.to_json import to_json
from dedup.report import judging_batches, memory_plan
from dedup.report.pair import sketch_store
from dedup.report.spill import MemoryBudget
from tests.report.test_made_up_archives import FURNITURE, archive, cut, edited, led, some_stories, story

UNRANKED = Recipe(rank=False)


def report_of(*documents: object, recipe: Recipe = UNRANKED) -> Report:
    """Find the copies among documents, without ranking."""
    return find_duplicates(documents, recipe=recipe)  # type: ignore[arg-type]


def clusters_of(report: Report) -> dict[str, list[str]]:
    """Ids of the members but the representative, in order of id, by representative."""
    return {
        cluster.representative: sorted(member.id for member in cluster.members if member.rank)
        for cluster in report.clusters
    }


def pairs_of(report: Report) -> list[tuple[str, str]]:
    """Ids of the pairs."""
    return [(pair.left, pair.right) for pair in report.pairs]


# -- nothing but the documents ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_documents_leaves_no_trace(seed: int) -> None:
    """Shuffled archives, one with two documents of one id, give the same bytes."""
    documents = [*archive(seed), Document("001", story(random.Random(seed), 50))]
    expected = to_json(report_of(*documents))

    for shuffle in range(3):
        random.Random(shuffle).shuffle(documents)
        assert to_json(report_of(*documents)) == expected


@pytest.mark.once
@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("batch", [1, 16, 512])
def test_neither_workers_nor_batches_leave_a_trace(
    workers: int, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the archive is cut, and whether it fits into memory: one report, and the same documents."""
    documents = [*archive(1), Document("001", "یک"), Document("x", "دو", published="soon")]
    expected = find_duplicates(documents, recipe=UNRANKED, workers=1)
    monkeypatch.setattr(document_batch, "BATCH", batch)
    monkeypatch.setattr(judging_batches, "AT_ONCE", batch)
    monkeypatch.setattr(judging_batches, "TEXTS_AT_ONCE", batch)
    monkeypatch.setattr(sketch_store, "FINGERPRINTS_AT_ONCE", 10 * batch)
    monkeypatch.setattr(sketch_store, "RUN", 2 * batch)
    monkeypatch.setattr(memory_plan, "MemoryBudget", lambda _: MemoryBudget(1000 * workers))

    shared = find_duplicates(iter(documents), recipe=UNRANKED, workers=workers)

    assert shared == expected
    assert to_json(shared) == to_json(expected)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_temporary_folder_ends_the_run(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an error that names TMPDIR, whichever thread met it."""

    def full(**_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(document_batch, "BATCH", 8)
    monkeypatch.setattr(memory_plan, "MemoryBudget", lambda _: MemoryBudget(1000))
    monkeypatch.setattr(tempfile, "TemporaryFile", full)

    with pytest.raises(WritingError, match=r"No space left on device\); name a folder with room in TMPDIR"):
        find_duplicates(archive(0), recipe=UNRANKED, workers=workers)


@pytest.mark.parametrize("documents", [["!"], ["", "\u200c"], ["!", "متن " * 30, "متن " * 30]])
def test_a_text_without_letters_is_too_short(documents: list[str]) -> None:
    """Alone, and beside two copies."""
    report = report_of(*documents)

    assert report.counts["documents"] == len(documents)
    assert report.counts["too_short"] == len([text for text in documents if "م" not in text])
    assert report.counts["identical"] == (len(documents) == 3)


@pytest.mark.once
def test_neither_hash_seed_nor_kernel_leaves_a_trace() -> None:
    """Another interpreter, with another hash seed and kernel, writes the same bytes, ranking included."""
    code = (
        "import sys; from tests.report.test_made_up_archives import archive;"
        " from dedup import find_duplicates;"
        "from dedup.output.to_json import to_json;"
        "[sys.stdout.buffer.write(to_json(find_duplicates(archive(seed)))) for seed in range(3)]"
    )
    environment = os.environ | {"PYTHONHASHSEED": "1", "DEDUP_KERNEL": "numpy"}
    command = [sys.executable, "-c", code]
    theirs = subprocess.run(
        command, check=True, env=environment, cwd=Path(__file__).parents[2], capture_output=True
    ).stdout

    ours = b"".join(to_json(find_duplicates(archive(seed))) for seed in range(3))
    assert len(ours) > 10_000
    assert ours == theirs


def test_ranking_changes_no_cluster() -> None:
    """It orders members and adds a measure; verdicts, members and representatives stay."""
    documents = archive(3)

    plain, ranked = report_of(*documents), report_of(*documents, recipe=Recipe())

    assert clusters_of(ranked) == clusters_of(plain)
    assert [(pair.left, pair.right, pair.verdict) for pair in ranked.pairs] == [
        (pair.left, pair.right, pair.verdict) for pair in plain.pairs
    ]
    assert all(pair.tfidf is None for pair in plain.pairs)
    assert all(pair.tfidf is not None and 0 <= pair.tfidf <= 1 for pair in ranked.pairs)
    assert (plain.tokenisers, sum(ranked.tokenisers.values()) > 0) == ({}, True)


def test_an_archive_without_copies_is_not_ranked() -> None:
    """There is nothing to rank, and no tokeniser was asked."""
    report = report_of(*some_stories(2), recipe=Recipe())

    assert (report.pairs, report.clusters, report.tokenisers) == ((), (), {})


# -- small and broken archives ------------------------------------------------------------------------------


@pytest.mark.parametrize("documents", [[], ["ا" * 100]], ids=["empty", "one document"])
def test_an_archive_without_a_second_document_has_no_copies(documents: list[str]) -> None:
    """Its report is empty and counts what there was."""
    report = report_of(*documents)

    assert (report.clusters, report.pairs, report.problems) == ((), (), ())
    assert report.counts == dict.fromkeys(report.counts, 0) | {"documents": len(documents)}


def test_short_documents_match_nobody() -> None:
    """Empty ones, equal alerts, and an alert that occurs in a story; each is a problem."""
    alert = "زلزله در تبریز"
    texts = ["", " ", alert, alert, "ا" * 39, "ا" * 39, f"{alert} {some_stories(1)[0]}"]
    report = report_of(
        *(Document(f"{place}", text, path="p", line=place) for place, text in enumerate(texts))
    )

    assert (report.clusters, report.pairs) == ((), ())
    assert report.counts["too_short"] == 6
    assert report.problems[4] == Problem(
        "p",
        4,
        "'4': 39 letters, too short to compare (40 are needed)",
        "too_short",
        id="4",
        why=Reason(ReasonKind.TOO_SHORT, (39, 40)),
    )


def test_an_archive_of_short_documents_is_no_error() -> None:
    """Nothing is left to index."""
    report = report_of("", "یک", "دو")

    assert (report.counts["documents"], report.counts["too_short"], report.counts["candidates"]) == (3, 3, 0)


def test_forty_letters_are_enough() -> None:
    """The bound itself is compared."""
    assert pairs_of(report_of("ا" * 40, "ا" * 40)) == [("0", "1")]


def test_shared_furniture_alone_is_no_copy() -> None:
    """Two stories with the same last line of twenty words in two hundred are not listed."""
    one, other = some_stories(2, words=180)

    assert report_of(f"{one} {FURNITURE}", f"{other} {FURNITURE}").pairs == ()


def test_unreadable_items_are_problems() -> None:
    """None, a number, bytes and a mapping without a text end nothing."""
    (text,) = some_stories(1)

    report = report_of(None, 5, text, b"x", {"title": "x"}, text)

    assert [problem.reason[:6] for problem in report.problems] == ["item 0", "item 1", "item 3", "item 4"]
    assert report.counts["unreadable"] == 4
    assert clusters_of(report) == {"2": ["5"]}


def test_documents_of_one_id_are_all_compared() -> None:
    """Renamed past an id that is taken."""
    (text,) = some_stories(1)

    report = report_of(Document("a", text), Document("a", text), Document("a#2", text))

    assert clusters_of(report) == {"a": ["a#2", "a#3"]}
    assert report.counts["duplicate_id"] == 1


def test_a_date_that_cannot_be_read_is_a_problem() -> None:
    """It is named, shortened, and its document counts as undated; no date at all is no problem."""
    one, other = some_stories(2)
    report = report_of(
        Document("a", one, published="چند روز پیش" * 9, path="p", line=3),
        Document("b", led(random.Random(1), one), published="2024-03-01"),
        Document("c", other),
    )

    assert [(problem.path, problem.line, problem.kind) for problem in report.problems] == [
        ("p", 3, "undated")
    ]
    said = ("چند روز پیش" * 9)[:40]
    assert report.problems[0].reason == f"'a': a date that cannot be read ({said!r}), taken as undated"
    assert (report.counts["undated"], clusters_of(report)) == (1, {"b": ["a"]})


def test_problems_stand_by_path_and_line() -> None:
    """Those that came with the documents and those found on the way."""
    given = [Problem("b", 2, "x"), Problem("b", None, "z", "skipped"), Problem("a", 9, "y")]

    report = report_of(*given, Document("s", "", path="b", line=1))

    assert [(problem.path, problem.line) for problem in report.problems] == [
        ("a", 9),
        ("b", None),
        ("b", 1),
        ("b", 2),
    ]
    assert (report.counts["unreadable"], report.counts["skipped"]) == (2, 1)


@pytest.mark.parametrize("workers", [0, -3])
def test_somebody_must_work(workers: int) -> None:
    """Fewer than one worker is refused."""
    with pytest.raises(SettingError, match="workers"):
        find_duplicates([], workers=workers)


def test_an_empty_archive_needs_no_workers() -> None:
    """However many there are."""
    assert find_duplicates([], workers=4).counts["documents"] == 0


# -- progress -----------------------------------------------------------------------------------------------


def test_everything_is_counted() -> None:
    """Documents, clusters and who is in them, pairs by verdict, candidates, problems by kind."""
    one, other = some_stories(2)
    report = report_of(
        Document("a", one), Document("b", one), Document("c", cut(one, keep=0.9)), Document("d", other), "x"
    )

    assert report.counts == {
        "documents": 5,
        "clusters": 1,
        "unclustered": 0,
        "unlisted_pairs": 0,
        "series": 0,
        "in_series": 0,
        "clustered": 3,
        "too_short": 1,
        "unreadable": 0,
        "skipped": 0,
        "wall_page": 0,
        "duplicate_id": 0,
        "undated": 0,
        "pairs": 3,
        "identical": 1,
        "near-duplicate": 2,
        "contained": 0,
        "template": 0,
        "partial": 0,
        "candidates": 1,
        "cut_buckets": 0,
        "cut_pairs": 0,
    }


def test_documents_are_those_of_the_pairs() -> None:
    """Documents in no pair are not listed; the others are given as they came."""
    one, other = some_stories(2)
    documents = [
        Document("a", one, title="یک", line=3),
        Document("b", one, title="دو", path="x.jsonl"),
        Document("c", other, title="سه"),
    ]

    named = report_of(*documents).documents

    assert dict(named) == {"a": documents[0], "b": documents[1]}
    assert list(named) == ["a", "b"]
    assert len(named) == 2
    with pytest.raises(KeyError):
        named["c"]


def test_encodings_are_counted() -> None:
    """Of the documents that were bytes, by name."""
    report = report_of(
        Document("a", "", encoding="utf-8"),
        Document("b", "", encoding="cp1256"),
        Document("c", "", encoding="utf-8"),
        "x",
    )

    assert list(report.encodings.items()) == [("cp1256", 1), ("utf-8", 2)]


def test_progress_names_the_stages() -> None:
    """In the order of the steps; each task of pairing is counted, and the rest of it has no known end."""
    calls: list[tuple[str, int, int]] = []

    find_duplicates(some_stories(3), progress=lambda *call: calls.append(call))

    stages = [stage for stage, _, _ in calls]
    assert list(dict.fromkeys(stages)) == ["sketch", "index", "match", "cluster", "rank", "report"]
    assert stages == sorted(stages, key=list(dict.fromkeys(stages)).index)
    assert calls[:2] == [("sketch", 0, 0), ("sketch", 3, 0)]
    first, *paired = dict.fromkeys((done, total) for stage, done, total in calls if stage == "index")
    tasks = paired[0][1]
    assert first == (0, 0)
    assert tasks > 1
    assert paired == [*((done, tasks) for done in range(tasks)), (tasks, 0)]


def test_the_report_carries_its_recipe() -> None:
    """The defaults when none was given."""
    assert find_duplicates([]).recipe == Recipe()
    assert report_of().recipe is UNRANKED


# -- copies -------------------------------------------------------------------------------------------------


def test_identical_copies_are_all_listed() -> None:
    """Five copies in five spellings are ten pairs and one cluster, and no candidate was needed."""
    (text,) = some_stories(1)
    spellings = [
        text,
        text.replace("ی", "ي"),
        text.replace("\u200c", ""),
        text.replace(" ", "\n"),
        f"«{text}»",
    ]

    report = report_of(*spellings)

    assert clusters_of(report) == {"0": ["1", "2", "3", "4"]}
    assert {pair.verdict for pair in report.pairs} == {Verdict.IDENTICAL}
    assert (len(report.pairs), report.counts["candidates"]) == (10, 0)
    assert [member.verdict for member in report.clusters[0].members] == [None, *[Verdict.IDENTICAL] * 4]


def test_copies_beyond_the_cap_are_a_star_and_nobody_is_lost() -> None:
    """Five copies at a cap of four: four pairs, all in the cluster."""
    (text,) = some_stories(1)

    report = report_of(*[text] * 5, recipe=Recipe(rank=False, bucket_cap=4, neighbours=0))

    assert pairs_of(report) == [("0", "1"), ("0", "2"), ("0", "3"), ("0", "4")]
    assert clusters_of(report) == {"0": ["1", "2", "3", "4"]}


def test_a_full_bucket_loses_nobody_from_the_clusters() -> None:
    """Thirty light edits of one story at a cap of eight: pairs are cut, and each is in a cluster."""
    rng = random.Random(4)
    (text,) = some_stories(1, words=200)
    report = report_of(*(edited(rng, text, 0.01) for _ in range(30)), recipe=Recipe(rank=False, bucket_cap=8))

    assert report.counts["cut_pairs"] > 0
    assert report.counts["clustered"] == 30


def test_the_earliest_of_identical_copies_represents() -> None:
    """Not the first by id."""
    (text,) = some_stories(1)

    report = report_of(
        Document("a", text),
        Document("b", text, published="2024-03-02"),
        Document("c", text, published="2024-03-01"),
    )

    assert clusters_of(report) == {"c": ["a", "b"]}
    assert str(report.clusters[0].reason) == "earliest published"


def test_the_date_of_the_earliest_copy_counts_for_the_text() -> None:
    """A late copy of the older text does not make it younger than its trimmed version."""
    (text,) = some_stories(1)

    report = report_of(
        Document("a", text, published="2024-03-09"),
        Document("b", text, published="2024-03-01"),
        Document("c", cut(text, keep=0.9), published="2024-03-05"),
    )

    assert clusters_of(report) == {"b": ["a", "c"]}


@pytest.mark.parametrize(
    "published",
    [
        "",
        pytest.param("2024-03-01"),
    ],
    ids=["undated", "one day"],
)
def test_equal_copies_of_one_day_go_by_id(published: str) -> None:
    """Neither is longer or earlier, and the report says so."""
    (text,) = some_stories(1)

    report = report_of(Document("b", text, published=published), Document("a", text, published=published))

    assert clusters_of(report) == {"a": ["b"]}
    assert str(report.clusters[0].reason) == "first by id among equals"


# -- clusters -----------------------------------------------------------------------------------------------


def test_members_say_when_they_were_published() -> None:
    """In UTC, whatever calendar and zone they were written in; None without a date."""
    (text,) = some_stories(1)
    dates = {"a": "۱۸ دی ۱۴۰۲ ۰۳:۳۰", "b": "2024-01-08T03:30:00+03:30", "c": ""}
    documents = [Document(name, text, published=date) for name, date in dates.items()]

    (cluster,) = find_duplicates(documents, recipe=Recipe(timezone="Asia/Tehran", rank=False)).clusters

    midnight = 19_730 * 86_400
    assert [(member.id, member.moment) for member in cluster.members] == [
        ("a", midnight),
        ("b", midnight),
        ("c", None),
    ]


@pytest.mark.parametrize(
    ("dates", "representative", "reason"),
    [
        (("2024-03-02", "2024-03-01"), "b", "earliest published"),
        (("", "2024-03-01"), "b", "earliest published"),
        (("2024-03-01 10:00", "2024-03-01 09:59"), "b", "earliest published"),
        (("دوشنبه ۱۸ دی ۱۴۰۲ - ۰۹:۰۰", "یکشنبه ۱۷ دی ۱۴۰۲ - ۰۹:۰۰"), "b", "earliest published"),
        (("۰۹:۰۰ - ۱۴۰۲/۱۰/۱۸", "۰۸:۰۰ - ۱۴۰۲/۱۰/۱۸"), "b", "earliest published"),
        (("02/11/2024", "15/10/2024"), "b", "earliest published"),
        (("10/02/2024", "09/15/2024"), "b", "earliest published"),
        (("1704700000", "1604700000"), "b", "earliest published"),
        (("1604700001000", "1604700000"), "b", "earliest published"),
        (("2024-01-08", "۱۷ دی ۱۴۰۲"), "b", "earliest published"),
        (("26 جمادى الآخرة 1445", "२२ पुस २०८०"), "b", "earliest published"),
        (("8 ม.ค. 2567 10:00", "2024-01-08T10:00:00+0330"), "b", "earliest published"),
        (("2024-03-01", "2024-03-01"), "a", "longest"),
        (("", ""), "a", "longest"),
    ],
)
def test_who_represents(dates: tuple[str, str], representative: str, reason: str) -> None:
    """The earliest; without an earlier one the longest. Document a is the longer text."""
    (text,) = some_stories(1)

    report = report_of(
        Document("a", text, published=dates[0]), Document("b", cut(text, keep=0.8), published=dates[1])
    )

    assert [(cluster.representative, str(cluster.reason)) for cluster in report.clusters] == [
        (representative, reason)
    ]


def test_a_roundup_fuses_no_clusters() -> None:
    """Two stories, two copies of each, and a roundup of both: two clusters, the roundup in each."""
    rng = random.Random(8)
    one, other = some_stories(2)

    report = report_of(
        Document("a", one),
        Document("a2", led(rng, one, words=3)),
        Document("b", other),
        Document("b2", led(rng, other, words=3)),
        Document("r", f"{one} {other} {story(rng, 20)}"),
    )

    members = [{member.id for member in cluster.members} for cluster in report.clusters]
    assert members == [{"a", "a2", "r"}, {"b", "b2", "r"}]
    assert report.counts["clustered"] == 5
    assert {pair.verdict for pair in report.pairs if "r" in (pair.left, pair.right)} == {Verdict.CONTAINED}


def test_a_roundup_of_uneven_stories_fuses_no_clusters() -> None:
    """One story of 120 words and one of 50: the roundup keeps more than half in common with the longer."""
    (one,), (other,) = some_stories(1, words=120), some_stories(1, words=50, seed=1)

    report = report_of(Document("a", one), Document("b", other), Document("r", f"{one} {other}"))

    assert not any({"a", "b"} <= {member.id for member in cluster.members} for cluster in report.clusters)


def test_an_older_story_and_its_excerpts_are_one_cluster() -> None:
    """Two excerpts that share nothing, published later than the whole."""
    words = some_stories(1, words=300)[0].split()

    report = report_of(
        Document("whole", " ".join(words), published="2024-03-01"),
        Document("first", " ".join(words[:90]), published="2024-03-02"),
        Document("last", " ".join(words[-90:]), published="2024-03-03"),
    )

    assert clusters_of(report) == {"whole": ["first", "last"]}
    assert {member.verdict for member in report.clusters[0].members} == {None, Verdict.CONTAINED}


def test_a_story_and_excerpts_of_one_passage_are_one_cluster() -> None:
    """Without dates: the excerpts share half of their text, so the whole is no roundup."""
    words = some_stories(1, words=300)[0].split()

    report = report_of(" ".join(words), " ".join(words[:100]), " ".join(words[50:150]))

    assert clusters_of(report) == {"0": ["1", "2"]}
    assert [pair.verdict.joins for pair in report.pairs] == [True, True, False]


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
def test_there_are_no_chains(dated: bool) -> None:  # noqa: FBT001 - a case
    """Of twenty drifting versions none is in a cluster whose representative it does not match."""
    rng = random.Random(5)
    versions = [story(rng, 200)]
    for _ in range(19):
        versions.append(edited(rng, versions[-1], 0.04))
    documents = {
        f"{place:02}": Document(f"{place:02}", text, published=f"2024-03-{place + 1:02}" if dated else "")
        for place, text in enumerate(versions)
    }

    clusters = clusters_of(report_of(*documents.values()))

    assert len(clusters) > 1
    for representative, members in clusters.items():
        for member in members:
            verdict = compare(documents[representative], documents[member], recipe=UNRANKED).verdict
            assert verdict is not None
            assert verdict.joins


@pytest.mark.parametrize("seed", range(4))
def test_clusters_and_pairs_tell_one_story(seed: int) -> None:
    """Members have the pair's measures; every document of a joined pair is in a cluster; ids count from 1."""
    report = report_of(*archive(seed))
    pairs = {(pair.left, pair.right): pair for pair in report.pairs}

    for cluster in report.clusters:
        first, *others = cluster.members
        assert (first.id, first.verdict, first.rank) == (cluster.representative, None, 0)
        assert [member.rank for member in others] == list(range(1, len(others) + 1))
        assert cluster.cohesion == pytest.approx(sum(each.jaccard for each in others) / len(others), abs=1e-5)
        for member in others:
            pair = pairs[min(first.id, member.id), max(first.id, member.id)]
            assert (pair.verdict, pair.jaccard, pair.containment) == (
                member.verdict,
                member.jaccard,
                member.containment,
            )
            assert pair.verdict.joins
    assert [cluster.id for cluster in report.clusters] == list(range(1, len(report.clusters) + 1))
    sizes = [(-len(cluster.members), cluster.representative) for cluster in report.clusters]
    assert sizes == sorted(sizes)
    clustered = {member.id for cluster in report.clusters for member in cluster.members}
    joined = [pair for pair in report.pairs if pair.verdict.joins]
    assert all(pair.left in clustered or pair.right in clustered for pair in joined)
    assert report.counts["clustered"] == len(clustered)
