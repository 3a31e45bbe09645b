"""How many copies are found of stories in scripts without spaces, with light edits throughout.

Of 200 stories of each archive a passage of a given length is taken, and a given number of times one to three
letters of it are exchanged for others or left out. Passages of other stories are in the same report.

    python -m benchmarks.unspaced
"""

import random
from collections import Counter

from benchmarks.archives import leave_without_data, load, present
from dedup import Document, find_duplicates
from dedup.model.recipe import Recipe

ARCHIVES = ("zh_gj_xinwenlianbo.jsonl.gz", "ja_livedoor.jsonl.gz")
STORIES = 200
SHAPES = ((60, 4), (125, 6), (125, 10), (400, 30))
"""Letters of a passage, and its edits."""
EDGE = 4
"""Letters at either end that stay as they are."""
MOST = 3
"""Letters of an edit."""


def edited(passage: str, edits: int, *, letters: str, source: random.Random) -> str:
    """Exchange letters of a passage for long_enough of another text, or leave them out."""
    written = list(passage)
    for at in sorted(source.sample(range(EDGE, len(passage) - EDGE), edits), reverse=True):
        count, place = source.randint(1, MOST), source.randrange(len(letters) - MOST)
        written[at : at + count] = source.choice(["", letters[place : place + count]])
    return "".join(written)


def found(texts: list[str], length: int, edits: int) -> Counter[str]:
    """Count the edited passages by their verdicts, and pairs of different stories as `other`."""
    source, letters = random.Random(length + edits), "".join(texts)
    documents = []
    for row, text in enumerate(texts):
        passage = text[length : 2 * length]
        copy = edited(passage, edits, letters=letters, source=source)
        documents += [Document(f"{row} a", passage), Document(f"{row} b", copy)]
    pairs = find_duplicates(documents, recipe=Recipe(rank=False)).pairs
    return Counter(
        str(pair.verdict) if pair.left.split()[0] == pair.right.split()[0] else "other" for pair in pairs
    )


def main() -> None:
    """Print a line for each archive and shape."""
    if not present(*ARCHIVES):
        leave_without_data()
    for archive in ARCHIVES:
        texts = dict.fromkeys(record["text"].replace("\n", "") for record in load(archive))
        long_enough = [text for text in texts if len(text) > 2 * max(length for length, _ in SHAPES)]
        random.Random(1).shuffle(long_enough)
        for length, edits in SHAPES:
            counts = found(long_enough[:STORIES], length, edits)
            shown = "  ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))
            print(f"{archive.split('_')[0]}  {length} letters, {edits} edits, {STORIES} stories: {shown}")


if __name__ == "__main__":
    main()
