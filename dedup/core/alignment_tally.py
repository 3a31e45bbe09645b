"""What is counted of two texts, passage by passage: kept, moved, respelt, exchanged and new words.

The twin of native/align_changed.c.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from dedup.core.aligned_text import DATE, FACTS, MOVED, NAME, NUMBER, NUMERAL, AlignedText, places_in, runs
from dedup.core.own_lead import own_lead
from dedup.core.stamps import BODY
from dedup.core.unspaced_scripts import is_unspaced
from dedup.model import Alignment, ExchangedFact

SHOWN = 5
"""Words and facts that are kept as examples."""
NEW_FIRST, FRESH_FIRST = 25, 40
"""Words from the beginning of a text among which new and fresh ones are counted apart."""
RUN = 4
"""Words of a kept passage that is kept as a passage."""
SLOT, SLOT_OF_FACTS = 3, 6
"""Words, at most, of a passage that fills a slot of fixed wording, and where a fact was exchanged in it; of a
script without spaces, twice as many letters."""
OWN_PASSAGE, OWN_FRESH, OWN_OF = 8, 3, 10
"""New words of a passage that is a text's own, at least, and its fresh words, of so many: of a passage that
was written in other words most are elsewhere in the other text."""
ALIKE = 0.75
"""Share of letters kept from which one word is another spelling of the other."""
SPELT = 4
"""Letters from which a word can be another spelling."""
SPELT_TO = 1000
"""Letters up to which: the time of finding out grows with the square of them."""
RESPELT_WITHIN = 8
"""Words of a change within which another spelling is looked for."""
NAMES_WITHIN = 500
"""The same for names."""
LIKELY_NAME, UNSPACED_NAME = (2, 4), (3, 6)
"""Words that may be a name in a script without capitals, at least and at most; letters, in a script without
spaces."""
WITH_NAMES = 24
"""Words of a passage in which a name may be repeated, at most."""


@dataclass(slots=True)
class Side:
    """Running counts of one text; a word is its place."""

    text: AlignedText
    other: AlignedText
    moved: int = 0
    longest_new: int = 0
    fresh_together: int = 0
    own_lead: int = 0
    ahead: int | None = None
    new: list[int] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)

    def spelt(self, places: Iterable[int]) -> list[str]:
        """Return the words of some places."""
        return [self.text.words[place] for place in places]

    def left_over(self, start: int, end: int) -> Sequence[int]:
        """Count and take out the runs that are elsewhere in the other text."""
        places = range(start, end)
        if end - start < MOVED:
            return places
        elsewhere = places_in(self.text.words[start:end], self.other.runs)
        self.moved += len(elsewhere)
        return [place for place in places if place - start not in elsewhere]

    def facts(self, places: Iterable[int], kind: int, *, facing: Sequence[str]) -> list[int]:
        """Return the facts of a kind that are not among the words that face them."""
        of_kind = [place for place in places if self.text.kinds[place] == kind]
        known = frozenset(facing if of_kind else ())
        return [place for place in of_kind if self.text.words[place] not in known]

    def names(self, places: Iterable[int], *, facing: Sequence[str]) -> list[int]:
        """Return the names that the other text lacks, and that no word that faces them spells otherwise."""
        words, known = self.text.words, self.other.vocabulary
        names = [place for place in places if self.text.kinds[place] == NAME and words[place] not in known]
        if len(facing) > NAMES_WITHIN:
            return names
        return [place for place in names if not any(_alike(words[place], word) for word in facing)]

    def take(self, places: Sequence[int], facing: Sequence[str], *, bounds: tuple[int, int]) -> None:
        """Count the words that only this text has, of a passage with these bounds."""
        self.new += places
        before, outside = (self.text.outside_before(place) for place in bounds)
        first = len(self.fresh)
        together, known = len(places) + outside - before, len(self.fresh) - (outside - before)
        self.longest_new = max(self.longest_new, together)
        respelt = facing and len(places) <= RESPELT_WITHIN and len(facing) <= RESPELT_WITHIN
        for place, word in zip(places, self.spelt(places), strict=True):
            if word in self.other.vocabulary:
                continue
            if (
                respelt
                and not self.text.kinds[place] & FACTS
                and any(_alike(word, their) for their in facing)
            ):
                continue
            self.fresh.append(place)
        own = own_lead(self.text, places, self.fresh[first:], faced=bool(facing))
        self.own_lead = max(self.own_lead, own)
        fresh = len(self.fresh) - known
        if together >= OWN_PASSAGE and OWN_OF * fresh >= OWN_FRESH * together:
            self.fresh_together = max(self.fresh_together, fresh)


@dataclass(slots=True)
class Tally:
    """Running counts of a pair."""

    ours: Side
    theirs: Side
    kept: int = 0
    kept_facts: int = 0
    kept_names: int = 0
    in_runs: int = 0
    runs: int = 0
    longest: int = 0
    slots: int = 0
    fact_slots: int = 0
    likely_names: int = 0
    exchanged: list[ExchangedFact] = field(default_factory=list)
    names: list[ExchangedFact] = field(default_factory=list)

    def take(self, same: bool, start: int, end: int, other_start: int, other_end: int) -> None:  # noqa: FBT001
        """Count a segment."""
        before, after = self.ours.text.words[start:end], self.theirs.text.words[other_start:other_end]
        if same or "".join(before) == "".join(after):
            self._keep(start, end, other_start)
        else:
            self._change((start, end), (other_start, other_end))

    def _keep(self, start: int, end: int, other_start: int) -> None:
        """Count a passage that is in both."""
        size, kinds = end - start, self.ours.text.kinds[start:end]
        self.kept += size
        self.kept_facts += sum(kind & FACTS > 0 for kind in kinds)
        self.kept_names += kinds.count(NAME)
        self.runs += size >= RUN
        self.in_runs += size * (size >= RUN)
        self.longest = max(self.longest, size)
        for side, place in ((self.ours, start), (self.theirs, other_start)):
            if side.ahead is None and size >= BODY:
                side.ahead = len(side.fresh) + side.text.outside_before(place)

    def _change(self, bounds: tuple[int, int], other_bounds: tuple[int, int]) -> None:
        """Count what is in one place of the left text and of the right."""
        was, now = self.ours.left_over(*bounds), self.theirs.left_over(*other_bounds)
        before, after = self.ours.spelt(was), self.theirs.spelt(now)
        facts = [
            fact
            for kind in (NUMBER, NUMERAL, DATE)
            for fact in self._paired(
                self.ours.facts(was, kind, facing=after), self.theirs.facts(now, kind, facing=before)
            )
        ]
        names = self._paired(self.ours.names(was, facing=after), self.theirs.names(now, facing=before))
        self.exchanged += facts
        self.names += names
        filled = bool(facts or names)
        longest = (SLOT_OF_FACTS if filled else SLOT) * (2 if self._unspaced(was, now) else 1)
        slot = bool(was and now) and max(len(was), len(now)) <= longest
        if slot and not filled and self._respelt(was, now):
            return
        self.slots += slot
        self.fact_slots += slot and filled
        fresh = len(self.ours.fresh) + len(self.theirs.fresh)
        self.ours.take(was, after, bounds=bounds)
        self.theirs.take(now, before, bounds=other_bounds)
        fresh = len(self.ours.fresh) + len(self.theirs.fresh) - fresh
        words = bounds[1] - bounds[0] + other_bounds[1] - other_bounds[0]
        if not filled and self._may_be_names(was, now, fresh=fresh, words=words):
            self.likely_names += min(len(was), len(now))

    def _may_be_names(self, was: Sequence[int], now: Sequence[int], *, fresh: int, words: int) -> bool:
        """Whether two passages may be names: their words are fresh, of letters that are words half.

        If each name is repeated, what both passages have between is not counted.
        """
        sides = (self.ours, was), (self.theirs, now)
        if any(NAME in side.text.kinds for side, _ in sides) or max(len(was), len(now)) > WITH_NAMES:
            return False
        if any(side.text.kinds[place] for side, places in sides for place in places):
            return False
        before, after = (side.spelt(places) for side, places in sides)
        unspaced = self._unspaced(was, now)
        fewest, most = UNSPACED_NAME if unspaced else LIKELY_NAME
        sizes = len(before), len(after)
        common = frozenset(before) & frozenset(after)
        own = [[word for word in some if word not in common] for some in (before, after)]
        distinct = [len({*some}) for some in own]
        if all(len(some) > each for some, each in zip(own, distinct, strict=True)):
            words -= sum(sizes) - sum(map(len, own))
            longest = max(distinct)
        else:
            longest = max(sizes)
        return fresh * (2 if unspaced else 1) >= words and min(sizes) >= fewest and longest <= most

    def _unspaced(self, was: Sequence[int], now: Sequence[int]) -> bool:
        """Whether all words of two passages are letters of a script without spaces."""
        return all(map(is_unspaced, (*self.ours.spelt(was), *self.theirs.spelt(now))))

    def _paired(self, gone: Sequence[int], come: Sequence[int]) -> list[ExchangedFact]:
        """Pair the facts of two passages that replace each other."""
        ours, theirs = self.ours.text, self.theirs.text
        return [
            ExchangedFact(ours.words[one], theirs.words[other], ours.origins[one], theirs.origins[other])
            for one, other in zip(gone, come, strict=False)
        ]

    def _respelt(self, was: Sequence[int], now: Sequence[int]) -> bool:
        """Whether two passages without numbers and dates are spellings of one another."""
        sides = (self.ours, was), (self.theirs, now)
        if any(side.text.kinds[place] & FACTS for side, places in sides for place in places):
            return False
        return _alike(*("".join(side.spelt(places)) for side, places in sides))

    def _longest_shared(self) -> int:
        """Return the words of the longest passage that both texts have, wherever it is in either."""
        if not self.ours.moved and not self.theirs.moved:
            return self.longest
        longest, words = self.longest, 0
        for run in runs(self.ours.text.words):
            words = (words + 1 if words else MOVED) if run in self.theirs.text.runs else 0
            longest = max(longest, words)
        return longest

    def alignment(self, *, boilerplate: int) -> Alignment:
        """Return the result."""
        ours, theirs = self.ours, self.theirs
        return Alignment(
            whole_words=(len(ours.text.source.words), len(theirs.text.source.words)),
            words=(_of_all(ours, ours.text.words), _of_all(theirs, theirs.text.words)),
            kept=self.kept,
            kept_facts=self.kept_facts,
            kept_names=self.kept_names,
            in_runs=self.in_runs,
            runs=self.runs,
            longest=self.longest,
            slots=self.slots,
            fact_slots=self.fact_slots,
            exchanged=len(self.exchanged),
            exchanged_names=len(self.names),
            boilerplate=boilerplate,
            examples=tuple([*self.exchanged[:SHOWN], *self.names[:SHOWN]][:SHOWN]),
            moved=(ours.moved, theirs.moved),
            new=(_of_all(ours, ours.new), _of_all(theirs, theirs.new)),
            fresh=(_of_all(ours, ours.fresh), _of_all(theirs, theirs.fresh)),
            new_first=(_among(ours.new, NEW_FIRST), _among(theirs.new, NEW_FIRST)),
            fresh_first=(_among(ours.fresh, FRESH_FIRST), _among(theirs.fresh, FRESH_FIRST)),
            facts_first=(_facts_first(ours), _facts_first(theirs)),
            longest_new=(ours.longest_new, theirs.longest_new),
            longest_shared=self._longest_shared(),
            likely_names=self.likely_names,
            fresh_together=(ours.fresh_together, theirs.fresh_together),
            own_lead=(ours.own_lead, theirs.own_lead),
            own_facts=(_facts_first(ours), _facts_first(theirs)),
            fresh_ahead=(_ahead(ours), _ahead(theirs)),
            left_words=_examples(ours),
            right_words=_examples(theirs),
        )


def _of_all(side: Side, aligned: Sequence[object]) -> int:
    """Add to words that are aligned those of a long text that are not."""
    return len(aligned) + side.text.outside_before(len(side.text.words))


def _among(places: Sequence[int], first: int) -> int:
    """Count the places among the first words of a text."""
    return sum(place < first for place in places)


def _facts_first(side: Side) -> int:
    """Count the facts and names among the fresh words that open a text."""
    return sum(place < FRESH_FIRST and side.text.kinds[place] > 0 for place in side.fresh)


def _examples(side: Side) -> tuple[str, ...]:
    """Return the first fresh words, each once."""
    return tuple(dict.fromkeys(side.spelt(side.fresh)))[:SHOWN]


def _ahead(side: Side) -> int:
    return _of_all(side, side.fresh) if side.ahead is None else side.ahead


def _alike(one: str, other: str) -> bool:
    """Whether one is another spelling of the other."""
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if shorter < max(SPELT, ALIKE * longer) or longer > SPELT_TO:
        return False
    return Levenshtein.normalized_similarity(one, other, score_cutoff=ALIKE) > 0
