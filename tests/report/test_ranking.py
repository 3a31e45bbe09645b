"""The ranking of a report: which texts it asks for, and by what name."""

from dedup import Recipe, find_duplicates
from dedup.model import Report

WORDS = "minister budget season harbour signed reform gas wheat visit border talks vote price storm".split()  # noqa: SIM905
STORY = " ".join(f"{word} {at} said" for at, word in enumerate(WORDS))
SNOW = "snow closed the mountain roads of three provinces overnight, the traffic police reported"


def reported(*texts: str, **settings: int) -> Report:
    """Report on texts, numbered as ids."""
    documents = [{"id": f"d{at}", "text": text} for at, text in enumerate(texts)]
    return find_duplicates(documents, recipe=Recipe(**settings), workers=2)


def test_pairs_and_members_have_their_own_overlap() -> None:
    """The story with a line more, and an unrelated one before it in the archive."""
    report = reported(SNOW, STORY, f"{STORY} zebra crossing")

    (pair,), (cluster,) = report.pairs, report.clusters
    assert pair.tfidf is not None
    assert 0.9 < pair.tfidf < 1.0
    assert [member.tfidf for member in cluster.members] == [1.0, pair.tfidf]
    assert cluster.members[0].own_terms == ("crossing", "zebra")
    assert report.tokenisers == {"unicode": 2}


def test_the_sample_does_not_depend_on_the_order() -> None:
    """One text gives the frequencies: the same whichever comes first."""
    texts = [STORY, f"{STORY} zebra crossing", f"{STORY} owl", SNOW]

    straight, turned = reported(*texts, rank_sample=1), reported(*texts[::-1], rank_sample=1)

    assert sorted(pair.tfidf for pair in straight.pairs if pair.tfidf) == sorted(
        pair.tfidf for pair in turned.pairs if pair.tfidf
    )
    assert reported(*texts, rank_sample=4).pairs[0].tfidf != straight.pairs[0].tfidf
