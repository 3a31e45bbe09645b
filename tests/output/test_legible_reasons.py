"""The words that reasons name are shown as the texts spell them."""

import dedup
from dedup.model import ReasonKind
from dedup.output.legible_reasons import reasons_of_comparison, reasons_of_member, reasons_of_pair

NEWS = "پولیس نے بتایا کہ برف باری سے پہاڑی سڑکیں بند ہو گئیں اور مسافر {} دکھا کر گزر سکے، ڈاکٹر بھیجے گئے۔"
CARD, TICKET = NEWS.format("کارڈ"), NEWS.format("ٹکٹ")
WORDS = [("کارڈ",), ("ٹکٹ",)]


def named(reasons: tuple[dedup.Reason, ...]) -> list[object]:
    """Return the words that only one of the texts has."""
    return [reason.values[1] for reason in reasons if reason.kind is ReasonKind.ONLY_IN]


def test_words_are_spelt_as_the_texts_spell_them() -> None:
    """In a comparison, a pair and a member alike; the records, and JSON, have them folded."""
    compared = dedup.compare(CARD, TICKET)
    report = dedup.find_duplicates([{"id": "a", "text": CARD}, {"id": "b", "text": TICKET}])
    (pair,), (cluster,) = report.pairs, report.clusters

    assert named(reasons_of_comparison(compared)) == WORDS
    assert named(reasons_of_pair(pair, report.documents)) == WORDS
    (member,) = (member for member in cluster.members if member.verdict)
    assert named(reasons_of_member(member, cluster.representative, report.documents)) == WORDS
    assert named(pair.reasons) == [("کارد",), ("تکت",)]
    assert (compared.difference.left_words, compared.difference.right_words) == tuple(WORDS)
