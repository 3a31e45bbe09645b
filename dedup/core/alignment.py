"""Two folded texts, word by word: what is kept, moved, respelt, exchanged and new, and where it stands.

The alignment is that of fewest insertions and deletions (Hyyrö, "Bit-parallel LCS-length computation
revisited", 2004, in rapidfuzz). A word or two kept by chance between two changes is part of the change.
The twin of native/align.c.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, Levenshtein

from dedup.core.word_sequence import MOST, MOVED, Kinds, WordSequence, places_in, runs
from dedup.model import Alignment

type Examples = tuple[tuple[str, str], ...]
type AlignedPairs = tuple[NDArray[np.int64], list[Examples], list[tuple[str, ...]], list[tuple[str, ...]]]

SHOWN = 5
"""Words and numbers that are kept as examples."""
COUNTED = 15
"""Numbers of an `Alignment`."""
LEAD = 50
"""Words that open a story: headline and lead."""
BODY = 12
"""Words from which a kept passage ends what stands ahead of the shared body."""
CHANCE = 3
"""Words from which a passage that is kept between two larger changes is kept on purpose."""
SLOT = 3
"""Words, at most, of a passage that fills a slot of fixed wording."""
ALIKE = 0.75
"""Share of letters kept from which one word is another spelling of the other."""
SPELT = 4
"""Letters from which a word can be another spelling."""
SPELT_TO = 1000
"""Letters up to which: the time of finding out grows with the square of them."""
RESPELT_WITHIN = 8
"""Words of a change within which another spelling is looked for."""


def align(left: WordSequence, right: WordSequence, *, most: int = MOST) -> Alignment:
    """Align two texts, neither of them empty; exchanged sides give the mirrored result.

    Args:
        left: One text.
        right: The other.
        most: Words of a text that are aligned, from its beginning: time and memory grow with the product of
            the lengths.
    """
    left, right = left.first(most), right.first(most)
    if (len(right.words), right.words) < (len(left.words), left.words):
        return align(right, left, most=most).mirrored()
    left, right = left.parted_as(right), right.parted_as(left)
    tally = _Tally(_Side(left, right), _Side(right, left))
    for same, *bounds in _segments(left.words, right.words):
        before, after = left.words[bounds[0] : bounds[1]], right.words[bounds[2] : bounds[3]]
        if same or "".join(before) == "".join(after):
            tally.keep(before)
        else:
            tally.change(before, after, at=(bounds[0], bounds[2]))
    return tally.alignment()


def align_pairs(pairs: Iterable[tuple[WordSequence, WordSequence]], *, most: int) -> AlignedPairs:
    """Align many pairs of texts.

    Args:
        pairs: Left and right texts.
        most: Words of a text that are aligned, from its beginning.

    Returns:
        int64, shape (n_pairs, 15): the numbers of an `Alignment`, in its order; then its examples, its left
        and its right words, one a pair.
    """
    aligned = [align(left, right, most=most) for left, right in pairs]
    counts = np.array([_counts(each) for each in aligned], dtype=np.int64).reshape(len(aligned), COUNTED)
    return (
        counts,
        [each.examples for each in aligned],
        [each.left_words for each in aligned],
        [each.right_words for each in aligned],
    )


def _counts(found: Alignment) -> tuple[int, ...]:
    one = (found.kept, found.kept_facts, found.slots, found.exchanged, found.exchanged_in_lead)
    return (*found.words, *one, *found.moved, *found.new, *found.fresh, *found.fresh_ahead)


@dataclass(slots=True)
class _Side:
    """Running counts of one text."""

    text: WordSequence
    other: WordSequence
    moved: int = 0
    new: int = 0
    ahead: int | None = None
    fresh: list[str] = field(default_factory=list)

    def left_over(self, words: Sequence[str]) -> Sequence[str]:
        """Count and take out the runs that stand elsewhere in the other text."""
        if self.other.runs.isdisjoint(runs(words)):
            return words
        elsewhere = places_in(words, self.other.runs)
        self.moved += len(elsewhere)
        return [word for place, word in enumerate(words) if place not in elsewhere]

    def facts_of(self, words: Sequence[str]) -> Sequence[str]:
        """Give the numbers and dates among words of this text."""
        facts = self.text.facts
        return () if facts.isdisjoint(words) else [word for word in words if word in facts]

    def take(self, words: Sequence[str], facing: Sequence[str]) -> None:
        """Count the words that only this text has."""
        self.new += len(words)
        unknown = [word for word in words if word not in self.other.places]
        if unknown and facing and len(words) <= RESPELT_WITHIN and len(facing) <= RESPELT_WITHIN:
            unknown = [
                word
                for word in unknown
                if word in self.text.facts or not any(_alike(word, theirs) for theirs in facing)
            ]
        self.fresh += unknown


@dataclass(slots=True)
class _Tally:
    """Running counts of a pair."""

    ours: _Side
    theirs: _Side
    kept: int = 0
    kept_facts: int = 0
    slots: int = 0
    in_lead: int = 0
    exchanged: list[tuple[str, str]] = field(default_factory=list)

    def keep(self, words: Sequence[str]) -> None:
        """Count a passage that stands in both."""
        self.kept += len(words)
        self.kept_facts += sum(map(self.ours.text.facts.__contains__, words))
        for side in (self.ours, self.theirs):
            if side.ahead is None and len(words) >= BODY:
                side.ahead = len(side.fresh)

    def change(self, before: Sequence[str], after: Sequence[str], *, at: tuple[int, int]) -> None:
        """Count what stands in one place of the left text and of the right."""
        was = before if len(before) < MOVED else self.ours.left_over(before)
        now = after if len(after) < MOVED else self.theirs.left_over(after)
        gone, come = self.ours.facts_of(was), self.theirs.facts_of(now)
        if gone and come:
            facts = list(_exchanged(gone, come, self.ours.text.kinds))
            self.exchanged += facts
            self.in_lead += len(facts) * (min(at) < LEAD)
        slot = bool(was and now) and max(len(was), len(now)) <= SLOT
        if slot and not gone and not come and _alike("".join(was), "".join(now)):
            return
        self.slots += slot
        if was:
            self.ours.take(was, now)
        if now:
            self.theirs.take(now, was)

    def alignment(self) -> Alignment:
        """Give the result."""
        ours, theirs = self.ours, self.theirs
        return Alignment(
            words=(len(ours.text.words), len(theirs.text.words)),
            kept=self.kept,
            kept_facts=self.kept_facts,
            slots=self.slots,
            exchanged=len(self.exchanged),
            exchanged_in_lead=self.in_lead,
            examples=tuple(self.exchanged[:SHOWN]),
            moved=(ours.moved, theirs.moved),
            new=(ours.new, theirs.new),
            fresh=(len(ours.fresh), len(theirs.fresh)),
            fresh_ahead=(_ahead(ours), _ahead(theirs)),
            left_words=_examples(ours.fresh),
            right_words=_examples(theirs.fresh),
        )


def _examples(fresh: Sequence[str]) -> tuple[str, ...]:
    """Give the first words, each once."""
    return tuple(dict.fromkeys(fresh))[:SHOWN]


def _ahead(side: _Side) -> int:
    return len(side.fresh) if side.ahead is None else side.ahead


def _segments(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Passages by turns changed and kept, as bounds; what chance keeps between two changes is changed."""
    blocks = [(block.a, block.b, block.size) for block in Indel.editops(left, right).as_matching_blocks()]
    start = other_start = 0
    for place, (at, other_at, size) in enumerate(blocks):
        if 0 < size < CHANCE and place + 1 < len(blocks):
            following, other_following, _ = blocks[place + 1]
            before = max(at - start, other_at - other_start)
            after = max(following - at, other_following - other_at) - size
            if min(before, after) > size:
                continue
        if at > start or other_at > other_start:
            yield False, start, at, other_start, other_at
        start, other_start = at + size, other_at + size
        if size:
            yield True, at, start, other_at, other_start


def kept_blocks(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give the passages that two texts have in the same order: place in each, and words; chance included."""
    blocks = Indel.editops(left, right).as_matching_blocks()
    return ((block.a, block.b, block.size) for block in blocks if block.size)


def _exchanged(before: Sequence[str], after: Sequence[str], kinds: Kinds) -> Iterator[tuple[str, str]]:
    """Of the facts of two passages, those that stand in each other's place, like for like."""
    here, there = frozenset(before), frozenset(after)
    for kind in kinds:
        gone = [word for word in before if word not in there and kind(word)]
        come = [word for word in after if word not in here and kind(word)]
        yield from zip(gone, come, strict=False)


def _alike(one: str, other: str) -> bool:
    """Whether one is another spelling of the other."""
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if shorter < max(SPELT, ALIKE * longer) or longer > SPELT_TO:
        return False
    return Levenshtein.normalized_similarity(one, other, score_cutoff=ALIKE) > 0
