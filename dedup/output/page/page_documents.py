"""The documents of the page: numbered, described in columns, with packed texts.

Each document is read once and released, so that the texts of an archive need not fit into memory.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np

from dedup.model import Document, Member
from dedup.output.page.page_dates import PageDates
from dedup.output.page.page_packing import Json, packed
from dedup.output.sanitize import sanitize_line, sanitize_text
from dedup.text.fold import fold
from dedup.text.written_words import count_words

TEXT_LIMIT = 60_000
"""Maximum number of characters of a text on the page; about ten thousand words."""

CHUNK = 256_000
"""Number of characters of texts packed together; a browser unpacks them in a few milliseconds."""

BUDGET = 34_000_000
"""Maximum number of characters of packed texts on a page; texts that do not fit are counted."""

BOILERPLATE_STORIES = 5
"""Number of unrelated stories from which a common sentence counts as boilerplate."""

MAX_BOILERPLATE = 1_000
"""Maximum number of boilerplate sentences on the page."""

LINES = ("id", "title", "published", "path", "url", "address")
"""Columns of text, without line breaks."""

_SENTENCES = re.compile("[\n.!?\u061f]+")
_HEAD, _TAIL, _REACH = 3, 5, 1_000
_SHORTEST, _LONGEST = 6, 200
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\^`{|}/?#]+[^\s\"'<>\\^`{|}]*", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000
_SHOWN_ADDRESS = 70
_SCRIPTS = (
    ("ur", re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")),
    ("fa", re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")),
    ("ar", re.compile("[\u0623\u0625\u0629\u0643\u0649\u064a]")),
    ("fa", re.compile("[\u0621-\u064a]")),
)
"""Letters that identify a language, in the order in which they are tried."""
_UNSPACED = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u312f\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)
"""A letter of a script without spaces."""
FIRST_WORDS = 12
"""Number of words of a text that replace a missing title."""
_BEGINNING = 200


@dataclass(frozen=True, slots=True)
class Columns:
    """Properties of the documents on the page, one list per property, by number.

    Attributes:
        id: Id in the report.
        title: Headline, or the first words.
        source: Number of the source in `PageDocuments.sources`.
        published: The date as written.
        moment: The date in minutes, see `PageDates.moments`; 0 without a date.
        path: File; empty if the id begins with it.
        url: Web address, if it is plain http or https.
        address: Any other address, which is shown but not linked.
        words: Number of words; in a script without spaces, unless icu4py is installed, the negative number of
            letters.
    """

    id: list[Json] = field(default_factory=list)
    title: list[Json] = field(default_factory=list)
    source: list[Json] = field(default_factory=list)
    published: list[Json] = field(default_factory=list)
    moment: list[Json] = field(default_factory=list)
    path: list[Json] = field(default_factory=list)
    url: list[Json] = field(default_factory=list)
    address: list[Json] = field(default_factory=list)
    words: list[Json] = field(default_factory=list)

    def of_every_view(self) -> dict[str, Json]:
        """Return the columns that the first view needs, which must be small."""
        return {"source": self.source, "moment": self.moment}

    def of_lists(self) -> dict[str, Json]:
        """Return the other columns; text as one string with a line per document, which parses fastest."""
        text = {name: "".join(f"{line}\n" for line in getattr(self, name)) for name in LINES}
        return {**text, "words": self.words}


class PageDocuments:
    """Collects documents in the order of the page, and numbers them from 0."""

    def __init__(self, documents: Mapping[str, Document], dates: PageDates) -> None:
        self.columns = Columns()
        self.sources: dict[str, int] = {}
        self.chunks: list[str] = []
        self.chunk_starts: list[int] = []
        self.cut: list[int] = []
        self.without_text = 0
        self.bytes: list[int] = []
        self._documents = documents
        self._dates = dates
        self._written: list[str] = []
        self._sources_written: list[str] = []
        self._numbers: dict[str, int] = {}
        self._pending: list[Json] = []
        self._pending_size = 0
        self._spent = 0
        self._letters = set(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x600, 0x700))))
        self._units = np.zeros(0x10000, dtype=np.bool_)
        self._stories_with: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()

    def add(self, members: Iterable[Member | str]) -> list[int]:
        """Add the documents of a cluster or a pair, and return their numbers.

        A document that was added before keeps its number. One given by its id is described from `documents`.
        """
        sentences: set[str] = set()
        numbers = []
        for member in members:
            name = member if isinstance(member, str) else member.id
            if name not in self._numbers:
                self._numbers[name] = len(self._numbers)
                document = self._documents.get(name)
                known = document or Document(name, "") if isinstance(member, str) else member
                self._describe(known, document.text if document else "")
                sentences.update(self._take(document))
            numbers.append(self._numbers[name])
        self._stories_with.update(sentences)
        return numbers

    def close(self) -> None:
        """Pack the remaining texts and read the dates; nothing can be added afterwards."""
        if self._pending:
            self._pack()
        self.columns.moment.extend(self._dates.moments(self._written, self._sources_written))

    def source_number(self, name: str) -> int:
        """Return the number of a source; a new source gets the next number."""
        return self.sources.setdefault(sanitize_line(name).strip(), len(self.sources))

    @property
    def language(self) -> str:
        """Language of most documents by their letters: `fa`, `ar` or `ur`; otherwise `en`."""
        language, documents = max(self._languages.items(), key=itemgetter(1), default=("en", 0))
        return language if 2 * documents > len(self._numbers) else "en"

    def boilerplate_sentences(self) -> list[Json]:
        """Return the sentences that occur in many unrelated documents: folded, without spaces."""
        often = [item for item in self._stories_with.items() if item[1] >= BOILERPLATE_STORIES]
        often.sort(key=lambda item: (-item[1], item[0]))
        return [*sorted({folded_key(sentence) for sentence, _ in often[:MAX_BOILERPLATE]})]

    def alphabet(self) -> dict[str, Json]:
        """Return the folded form of each character on the page, and of those common in searches."""
        seen = self._letters.union(map(chr, np.flatnonzero(self._units).tolist()))
        folded = {letter: _folded(letter) for letter in sorted(seen)}
        return {
            "changed": {letter: result for letter, result in folded.items() if result != letter},
            "same": "".join(letter for letter, result in folded.items() if result == letter),
        }

    def _describe(self, known: Member | Document, text: str) -> None:
        columns = self.columns
        columns.id.append(sanitize_line(known.id))
        title = sanitize_line(known.title).strip() or _first_words(text)
        columns.title.append(title)
        columns.source.append(self.source_number(known.source))
        columns.published.append(sanitize_line(known.published, limit=60).strip())
        self._written.append(known.published)
        self._sources_written.append(known.source)
        columns.path.append("" if known.id.startswith(known.path) else sanitize_line(known.path))
        linked = _is_web_address(known.url)
        columns.url.append(known.url if linked else "")
        columns.address.append("" if linked else sanitize_line(known.url, limit=_SHOWN_ADDRESS))
        self._letters.update(sanitize_line(known.id), title, sanitize_line(known.source))

    def _take(self, document: Document | None) -> Iterator[str]:
        """Pack the text of a document, and yield the sentences at its beginning and end."""
        if document is None:
            self.columns.words.append(0)
            self.bytes.append(0)
            self._append_text(None)
            return
        self.columns.words.append(_words(document.text))
        self.bytes.append(len(document.text.encode("utf-8", "replace")))
        if len(document.text) > TEXT_LIMIT:
            self.cut.append(len(self.columns.words) - 1)
        shown = sanitize_text(document.text, limit=TEXT_LIMIT)
        self._note_characters(shown)
        beginning = shown[:_BEGINNING]
        self._languages.update([name for name, letters in _SCRIPTS if letters.search(beginning)][:1])
        self._append_text(shown)
        ends = shown if len(shown) <= 2 * _REACH else f"{shown[:_REACH]}\n{shown[-_REACH:]}"
        sentences = [sentence.strip() for sentence in _SENTENCES.split(ends)]
        sentences = [sentence for sentence in sentences if _SHORTEST <= len(sentence) <= _LONGEST]
        yield from sentences[:_HEAD]
        yield from sentences[-_TAIL:]

    def _note_characters(self, text: str) -> None:
        """Note which characters occur in a text; fast unless some need two UTF-16 units."""
        units = np.frombuffer(text.encode("utf-16-le", "replace"), np.uint16)
        if units.size > len(text):
            self._letters.update(text)
        else:
            self._units[units] = True

    def _append_text(self, text: str | None) -> None:
        if self._spent >= BUDGET:
            self.without_text += 1
            return
        self.without_text += text is None
        if not self._pending:
            self.chunk_starts.append(len(self._numbers) - 1)
        self._pending.append(text)
        self._pending_size += len(text or "")
        if self._pending_size >= CHUNK:
            self._pack()

    def _pack(self) -> None:
        self.chunks.append(packed(self._pending))
        self._spent += len(self.chunks[-1])
        self._pending, self._pending_size = [], 0


def _words(text: str) -> int:
    """Count words; see `Columns.words` for scripts without spaces."""
    words = len(text.split())
    if text.isascii() or not _UNSPACED.search(text):
        return words
    letters = len(_UNSPACED.findall(text))
    if letters <= words:
        return words
    counted = count_words(text)
    return -letters if counted is None else counted


def _first_words(text: str) -> str:
    line = sanitize_line(text[:_BEGINNING]).strip()
    first = " ".join(line.split(" ")[:FIRST_WORDS])
    return first if len(first) == len(text.strip()) or not first else f"{first} \u2026"


def _is_web_address(url: str) -> bool:
    return url == sanitize_line(url, limit=_LONGEST_ADDRESS) and _ADDRESS.fullmatch(url) is not None


def _folded(letter: str) -> str:
    """Fold one character; white space becomes a space, although folding removes it at the ends of a text.

    It is folded between Persian letters, with which no letter forms a word of mixed scripts.
    """
    return str(fold(f"ا{letter}ا"))[1:-1]


def folded_key(sentence: str) -> str:
    """Return a sentence in the form in which the page compares it: folded, without spaces."""
    return str(fold(sentence)).replace(" ", "")
