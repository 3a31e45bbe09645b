"""What the fuzzer runs on each input, and the inputs that it begins with.

A reader gets the bytes as a file: it must return documents or problems or raise an error of dedup, and two of
its texts get the same verdict in both orders. A loop of the kernel gets the bytes as text: the compiled
loop and its Python twin, whose lines are watched, must have the same result. The package is imported in the
functions, since the fuzzer watches only what is imported after it has begun.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

LONGEST = 4096
"""Bytes of an input."""
EXAMPLES = Path(__file__).parents[2] / "tests" / "input"
"""Files to begin with."""
FORMATS = ("jsonl", "json", "csv", "tsv", "html", "xml", "warc", "arc", "txt", "parquet", "pdf")
MADE = {
    "jsonl": '{"id": "a", "text": "متن خبر", "published": "1403/2/1"}\n[]\n{"text": 5}\n',
    "json": '[{"text": "one two three"}, {"text": "one two four"}]',
    "csv": 'id,text\na,"one ""two"" three"\nb,\n',
    "html": "<html><title>t</title><article><p>one two</p><p>three</p></article></html>",
    "xml": "<rss><channel><item><title>t</title><description>one</description></item></channel></rss>",
    "warc": "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nab\r\n\r\n",
    "txt": "متن خبر\n",
}
TEXTS = (
    "خبر ۱۲ تازه از تهران و آتش\u200cبس دوم در شهر به نقل از رویترز",
    "خبر ۱۳ تازه از تهران و آتش بس سوم در شهر به نقل از رويترز",
    "The council of Paris said on 3 May that 1,200 lines open; more at https://news.test/a.",
    "The council of Rome said on 4 May that 1,300 lines open",
    "大火照明弹和催泪瓦斯漆黑的汽车残骸",
)
BETWEEN = b"\n\n"
"""Bytes between two texts that are aligned."""

type Attack = Callable[[bytes], object]


def reader(ending: str, folder: Path) -> Attack:
    """Return a function that reads an input as a file of a format; `folder` is for the file."""
    from dedup import DedupError, Document, compare, read  # noqa: PLC0415

    path = folder / f"file.{ending}"

    def attack(content: bytes) -> None:
        path.write_bytes(content)
        try:
            texts = [each.text for each in read([path]) if isinstance(each, Document)][:2]
        except DedupError:
            return
        if len(texts) == len({*texts}) > 1:
            there, back = compare(*texts), compare(*reversed(texts))
            if (there.verdict, there.jaccard) != (back.verdict, back.jaccard):
                raise AssertionError(f"{there.verdict} one way, {back.verdict} the other")

    return attack


def fold(_: Path) -> Attack:
    """Return a function that folds an input: both kernels agree, and a folded text does not change again."""
    from dedup.core import compiled_kernel, numpy_kernel  # noqa: PLC0415

    def attack(content: bytes) -> None:
        (folded,) = numpy_kernel.fold_texts([_text(content)])
        _same([*compiled_kernel.fold_texts([_text(content), folded])], [folded, folded])

    return attack


def words(_: Path) -> Attack:
    """Return a function that reads the words of an input and their flags."""
    from dedup.core import compiled_words, word_column  # noqa: PLC0415

    def attack(content: bytes) -> None:
        ours, theirs = (kernel.WordColumn([_text(content)]) for kernel in (word_column, compiled_words))
        _same(ours.read(0), theirs.read(0))

    return attack


def alignment(_: Path) -> Attack:
    """Return a function that aligns two texts in both orders: whole, in pieces, in windows of the longer."""
    from dedup.core import compiled_words, word_column  # noqa: PLC0415

    sides, whole = (np.array([0, 1, 0, 1]), np.array([1, 0, 1, 0])), np.array([True, True, False, False])

    def attack(content: bytes) -> None:
        one, _, other = content.partition(BETWEEN)
        texts = [_text(one), _text(other)]
        for most, long_text in ((5, LONGEST), (1000, LONGEST), (1000, 1)):
            ours, theirs = (
                kernel.WordColumn(texts, most=most, long_text=long_text).align(*sides, whole)
                for kernel in (word_column, compiled_words)
            )
            _same(ours.counts.tolist(), theirs.counts.tolist())
            _same(ours[1:], theirs[1:])
            _same(ours.left_words, [ours.right_words[place] for place in (1, 0, 3, 2)])

    return attack


def _same(ours: object, theirs: object) -> None:
    if ours != theirs:
        raise AssertionError(f"{ours!r} is not {theirs!r}"[:2000])


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


KERNEL: Mapping[str, Callable[[Path], Attack]] = {"fold": fold, "words": words, "alignment": alignment}
TARGETS = (*KERNEL, *FORMATS)


def attack_on(target: str, folder: Path) -> Attack:
    """Return the function that is run on each input; `folder` is for a file."""
    return KERNEL[target](folder) if target in KERNEL else reader(target, folder)


def examples(target: str) -> Iterator[bytes]:
    """Return the inputs that a target begins with."""
    if target in KERNEL:
        yield from (text.encode() for text in TEXTS)
        yield from (one.encode() + BETWEEN + other.encode() for one in TEXTS for other in TEXTS)
        return
    contents = (path.read_bytes() for path in sorted(EXAMPLES.rglob(f"*.{target}")))
    yield from (content for content in contents if len(content) < LONGEST)
    if target in MADE:
        yield MADE[target].encode()
