"""to_json: the contract of the command."""

import json
import pickle
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup.comparison.weights import learnt_weights
from dedup.model import Document, ExchangedFact, Verdict, rows
from dedup.model.recipe import Recipe
from dedup.model.rows import ClusterRows
from dedup.model.source_figures import SourceFigures
from dedup.output import json_clusters, json_pairs
from dedup.output.json_text import encoded, encoded_scores, rounded
from dedup.output.to_json import to_json
from dedup.report.find_duplicates import find_duplicates
from tests.made_up_news import reworded, story
from tests.report_samples import (
    HOSTILE,
    SHARED,
    a_cluster,
    a_member,
    a_pair,
    a_report,
    hostile_report,
    the_seeds,
)

WEIGHTS = learnt_weights()

RECIPE = json.dumps(Recipe().as_json(), separators=(",", ":"))

SEEDS = """{
 "schema":"dedup-report/1",
 "recipe":RECIPE,
 "counts":{"documents":5,"clusters":1,"clustered":2,"unreadable":1},
 "encodings":{"cp1256":1,"utf-8":4},
 "tokenisers":{"hazm":5},
 "warnings":[],
 "date_orders":[],
 "sources":[],
 "clusters":[
  {
   "id":1,
   "representative":"000.txt",
   "reason":"longest",
   "reason_code":{"kind":"longest","values":[]},
   "cohesion":0.35,
   "shared_terms":["غزه"],
   "versions":[],
   "members":[
    {"id":"000.txt","path":"000.txt","title":"تلاش ایران","source":"فارس",\
"published":"2023-10-17","published_utc":"2023-10-17T00:00:00Z","url":"","verdict":null,"confidence":1.0,"changed":[],"credits":[],"jaccard":1.0,"containment":1.0,"tfidf":1.0,\
"rank":0,"dropped":false,"own_terms":[],"reasons":[],"reason_codes":[]},
    {"id":"001.txt","path":"001.txt","title":"رایزنی","source":"مهر",\
"published":"","published_utc":null,"url":"https://example.ir/1","verdict":"contained","confidence":0.9313,"changed":[],"credits":[],"jaccard":0.3512,\
"containment":0.7689,"tfidf":0.81,"rank":1,"dropped":true,"own_terms":["آلبا","ASEAN"],\
"reasons":["77 % of the shorter text is in the longer one"],\
"reason_codes":[{"kind":"containment","values":[77]}]}
   ]
  }
 ],
 "pairs":[
  {"left":"000.txt","right":"001.txt","verdict":"contained","confidence":0.9313,"changed":[],"jaccard":0.13,"containment":0.24,\
"tfidf":null,"reasons":["77 % of the shorter text is in the longer one"],\
"reason_codes":[{"kind":"containment","values":[77]}]},
  {"left":"003.txt","right":"004.txt","verdict":"partial","confidence":1.0,"changed":[],"jaccard":0.13,"containment":0.24,\
"tfidf":null,"reasons":["24 % of both texts together is shared"],\
"reason_codes":[{"kind":"jaccard","values":[24]}]}
 ],
 "series":[],
 "boilerplate":[],
 "problems":[
  {"path":"bad.txt","line":null,"reason":"not text","kind":"unreadable"}
 ]
}
"""


def test_the_seeds_are_written_as_the_contract_says() -> None:
    """Keys, their order, four decimals, readable Persian, a newline at the end."""
    assert to_json(the_seeds()).decode("utf-8") == SEEDS.replace("RECIPE", RECIPE)


def test_nothing_is_written_as_empty_lists() -> None:
    """A report of nothing has every key."""
    assert to_json(a_report()).decode("utf-8") == (
        f'{{\n "schema":"dedup-report/1",\n "recipe":{RECIPE},\n "counts":{{}},\n "encodings":{{}},\n'
        ' "tokenisers":{},\n "warnings":[],\n "date_orders":[],\n "sources":[],\n "clusters":[],\n'
        ' "pairs":[],\n "series":[],\n "boilerplate":[],\n'
        ' "problems":[]\n}\n'
    )


def test_changed_facts_are_named_with_their_places() -> None:
    """Of a member and of a pair: from, to, which words, and whether the first text has them in its lead."""
    changed = (ExchangedFact("40", "14", 39, 41), ExchangedFact("شنبه", "جمعه", 40, 0))
    copy = a_member("b", Verdict.NEAR_DUPLICATE, changed=changed)
    pair = a_pair("a", "b", Verdict.NEAR_DUPLICATE, changed=changed[:1])

    read = json.loads(to_json(a_report(clusters=(a_cluster(a_member("a"), copy),), pairs=(pair,))))

    figure = {"from": "40", "to": "14", "where": "lead", "left_word": 39, "right_word": 41}
    day = {"from": "شنبه", "to": "جمعه", "where": "body", "left_word": 40, "right_word": 0}
    assert [member["changed"] for member in read["clusters"][0]["members"]] == [[], [figure, day]]
    assert read["pairs"][0]["changed"] == [figure]


@pytest.mark.parametrize(("confidence", "written"), [(1, b"1.0"), (0.93128, b"0.9313"), (0.5, b"0.5")])
def test_confidence_is_a_share_of_four_decimals(confidence: float, written: bytes) -> None:
    """Of a member and of a pair."""
    copy = a_member("b", Verdict.IDENTICAL, confidence=confidence)
    pair = a_pair("a", "b", Verdict.IDENTICAL, confidence=confidence)

    one = to_json(a_report(clusters=(a_cluster(copy),)))
    other = to_json(a_report(pairs=(pair,)))

    assert b'"confidence":%b,' % written in one
    assert b'"confidence":%b,' % written in other


def test_weights_of_a_recipe_are_named() -> None:
    """Whoever keeps the JSON can judge again as it was judged; unless weights were given there are none."""
    read = json.loads(to_json(a_report(recipe=Recipe(weights=WEIGHTS))))

    assert read["recipe"]["weights"]["join"]["bias"] == WEIGHTS.join[0]
    assert Recipe.from_json(read["recipe"]) == Recipe(weights=WEIGHTS)
    assert json.loads(to_json(a_report()))["recipe"]["weights"] is None


def test_the_order_of_the_counts_is_fixed() -> None:
    """Mappings that are equal give equal bytes."""
    one = a_report(counts={"clusters": 1, "x": 2, "documents": 3, "a": 4}, encodings={"b": 1, "a": 2})
    other = a_report(counts={"a": 4, "documents": 3, "x": 2, "clusters": 1}, encodings={"a": 2, "b": 1})

    assert to_json(one) == to_json(other)
    assert b'"counts":{"documents":3,"clusters":1,"a":4,"x":2}' in to_json(one)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_reads_back_as_it_was(text: str) -> None:
    """Nothing is lost, and nothing in the bytes acts on a terminal."""
    written = to_json(hostile_report(text))

    read = json.loads(written)
    assert read["clusters"][0]["members"][0]["title"] == text
    assert read["problems"][0]["reason"] == text
    shown = written.decode("utf-8").replace("\n", "")
    assert not set(shown) & set(
        "\x00\x07\x08\x0b\x0c\r\x1b\x7f\x85\x9b\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    )
    assert not set(shown) & set("\u2066\u2067\u2068\u2069")


def test_a_number_that_is_none_is_an_error() -> None:
    """NaN is not JSON; a figure that is NaN is a bug and is not hidden."""
    with pytest.raises(ValueError, match="nan is not a score"):
        to_json(a_report(pairs=(a_pair("a", "b", Verdict.PARTIAL, jaccard=float("nan")),)))


def test_a_whole_number_is_written_as_a_share() -> None:
    """1 and 1.0 are one share and give the same bytes."""
    pair = a_pair("a", "b", Verdict.IDENTICAL, jaccard=1, containment=1, tfidf=1)

    assert b'"jaccard":1.0,"containment":1.0,"tfidf":1.0' in to_json(a_report(pairs=(pair,)))


def test_many_scores_are_rounded_as_one_is() -> None:
    """Halfway between two decimals among them, where a product rounds otherwise than the number itself."""
    scores = [*(place / 20_000 for place in range(20_001)), 0.123_456_7]

    assert encoded_scores(scores) == [encoded(rounded(score)) for score in scores]
    assert encoded_scores([None, 0.5]) == [b"null", b"0.5"]


def test_each_of_many_pairs_is_on_a_line_of_its_own() -> None:
    """In their order, however many are written together."""
    names = [f"{place:06}" for place in range(2 * json_pairs.AT_ONCE + 1)]
    pairs = tuple(a_pair(name, "z", Verdict.PARTIAL, reasons=(SHARED,)) for name in names)

    lines = to_json(a_report(pairs=pairs)).splitlines()

    assert [line[11:17].decode() for line in lines if line.startswith(b'  {"left":"')] == names


def test_a_title_of_five_megabytes_is_kept() -> None:
    """JSON shortens nothing."""
    long = a_member("a", title="خ" * 2_500_000)

    written = to_json(a_report(clusters=(a_cluster(long),)))

    assert json.loads(written)["clusters"][0]["members"][0]["title"] == long.title


def test_sources_and_credits_are_listed() -> None:
    """A source on a line of its own, names that are credited with their counts."""
    wire = SourceFigures("wire", 5, 2, 1, 2, 3, 0, 3600, 1, 1, (("AFP", 2),), ("Wire",))
    copy = a_member("b", Verdict.NEAR_DUPLICATE, credits=("AFP",))

    read = json.loads(to_json(a_report(sources=(wire,), clusters=(a_cluster(a_member("a"), copy),))))

    assert [member["credits"] for member in read["clusters"][0]["members"]] == [[], ["AFP"]]
    assert read["sources"] == [
        {
            "name": "wire",
            "documents": 5,
            "copies": 2,
            "first": 1,
            "followed": 2,
            "unordered": 3,
            "repeated": 0,
            "delay": 3600,
            "changed": 1,
            "uncredited": 1,
            "credits": {"AFP": 2},
            "own_names": ["Wire"],
        }
    ]


def test_members_of_a_large_cluster_are_read_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a cluster of 40 no more than four at once where four are the most; the bytes are the same."""
    texts = [story(1), story(2), story(2), *(reworded(story(3), seed=number) for number in range(40))]
    report = find_duplicates(texts)
    clusters = report.clusters
    assert isinstance(clusters, ClusterRows)
    wanted, whole = to_json(report), tuple(clusters)
    read: list[int] = []

    def counted(documents: NDArray[np.int64]) -> Sequence[Document]:
        read.append(documents.size)
        return clusters.heads(documents)

    monkeypatch.setattr(rows, "MEMBERS_AT_ONCE", 4)
    monkeypatch.setattr(json_clusters, "AT_ONCE", 4)

    assert to_json(replace(report, clusters=replace(clusters, heads=counted))) == wanted
    assert sorted(set(read)) == [2, 4]
    assert tuple(report.clusters) == whole
    assert pickle.loads(pickle.dumps(report.clusters[0])) == whole[0]  # noqa: S301 - written above
    assert [len(cluster.members) for cluster in whole] == [40, 2]


@pytest.mark.parametrize("at_once", [1, 3, 2048])
@pytest.mark.parametrize("rank", [True, False])
def test_columns_are_written_as_their_records(
    monkeypatch: pytest.MonkeyPatch, at_once: int, *, rank: bool
) -> None:
    """Copies, changed figures, a template, ids and titles with quotes; against a reference."""
    monkeypatch.setattr(json_clusters, "AT_ONCE", at_once)
    monkeypatch.setattr(json_pairs, "AT_ONCE", at_once)
    reference = [
        {"id": 'the "old"', "text": story(1), "title": "back\\slash", "published": "2024-01-02"},
        {"id": "0", "text": story(4), "published": "2024-01-02"},
    ]
    texts = [
        story(1),
        story(2),
        story(2),
        reworded(story(2), seed=1),
        story(3) + " 40 dead",
        story(3) + " 14 dead",
        story(4),
    ]
    named = [
        {
            "id": f'{number}"\u202e',
            "text": text,
            "title": 'a\n"title"',
            "source": "\ud800",
            "published": "2024-01-03",
        }
        for number, text in enumerate(texts)
    ]
    report = find_duplicates(named, reference=reference, recipe=Recipe(rank=rank))
    records = replace(report, pairs=tuple(report.pairs), clusters=tuple(report.clusters))

    written = to_json(report)

    assert written == to_json(records)
    read = json.loads(written)
    members = [member for cluster in read["clusters"] for member in cluster["members"]]
    assert {(member["reference"], bool(member["changed"])) for member in members} == {
        (True, False),
        (False, False),
        (False, True),
    }
    assert {pair["reference"] for pair in read["pairs"]} == {"left", "right", None}
