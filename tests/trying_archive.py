"""An archive with what is hard to do in pieces, for tests of runs in a work folder and on Spark."""

from dedup.model import Document
from dedup.model.recipe import Recipe
from tests.made_up_news import reworded, story

RECIPE = Recipe(bucket_cap=8, boilerplate=8)
"""Few texts make a crowd, or a bucket that is not paired whole."""

NOTICE = story(900, words=30)
"""What many unrelated stories close with."""


def trying_archive() -> list[Document]:
    """Return stories with a crowd of copies, a notice, an id twice, a roundup, odd dates and a short text."""
    crowd = [
        Document(
            f"c{number}", reworded(story(1), seed=number), source=f"s{number % 3}", published="2024-03-05"
        )
        for number in range(30)
    ]
    noticed = [Document(f"n{number}", f"{story(number)}\n{NOTICE}", source="s1") for number in range(20, 40)]
    copies = [
        Document(
            f"p{number}-{edit}",
            reworded(story(number), seed=edit) if edit else story(number),
            title=f"t{edit}",
        )
        for number in range(40, 48)
        for edit in range(3)
    ]
    odd = [
        Document("roundup", " ".join(story(number) for number in (40, 41, 42)), published="2024-06-01"),
        Document("twice", story(60), published="03/04/2024"),
        Document("twice", story(61), published="next week"),
        Document("short", "خبر"),
        Document("\u200cid", story(60) + " " + story(62, words=10), title="\ud800", published="13/04/2024"),
    ]
    return [*crowd, *noticed, *copies, *odd]


def reference() -> list[Document]:
    """Return stories that are known already: the source of some copies, and a copy of that."""
    return [Document(f"old{number}", story(43) + " " + story(70, words=number)) for number in range(2)]
