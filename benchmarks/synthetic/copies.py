"""The changes that are made to a story when another paper copies it."""

from collections.abc import Callable
from dataclasses import replace

from benchmarks.synthetic.dice import Dice
from benchmarks.synthetic.lexicon import HALF_SPACE, Lexicon
from benchmarks.synthetic.stories import SIGN_OFF, Story, write_sentences

ARABIC_KEYBOARD = str.maketrans("یک۰۱۲۳۴۵۶۷۸۹", "يك٠١٢٣٤٥٦٧٨٩")
EDITED_PERCENT = 4

type Copying = Callable[[Dice, Lexicon, Story], Story]


def verbatim(dice: Dice, words: Lexicon, story: Story) -> Story:
    """Change nothing, except in half of the cases the name of the agency in the first line."""
    return replace(story, source=dice.pick(words.sources)) if dice.chance(50) else story


def edited(dice: Dice, words: Lexicon, story: Story) -> Story:
    """Replace, drop or double four words in a hundred, at least one, and add a closing line."""
    sentences = [sentence.split() for sentence in story.sentences]
    total = sum(map(len, sentences))
    for _ in range(max(1, total * EDITED_PERCENT // 100)):
        sentence = dice.pick(sentences)
        at = dice.below(len(sentence))
        change = dice.below(4)
        if change == 0 and len(sentence) > 1:
            del sentence[at]
        elif change == 1:
            sentence.insert(at, words.draw(dice, 1)[0])
        else:
            sentence[at] = words.draw(dice, 1)[0]
    return replace(story, sentences=(*map(" ".join, sentences), SIGN_OFF))


def other_lead(dice: Dice, words: Lexicon, story: Story) -> Story:
    """Replace the title, and the first sentence or two by a new lead."""
    lead = write_sentences(dice, words, dice.between(1, 2))
    title = " ".join(lead[0].split()[:7])
    return Story(title, dice.pick(words.sources), (*lead, *story.sentences[len(lead) :]))


def cut(dice: Dice, words: Lexicon, story: Story) -> Story:
    """Keep the first 40 to 85 % of the sentences, at least two."""
    kept = max(2, len(story.sentences) * dice.between(40, 85) // 100)
    return Story(story.title, dice.pick(words.sources), story.sentences[:kept])


def respaced(dice: Dice, words: Lexicon, story: Story) -> Story:
    """Remove every half-space, or replace it by a blank."""
    instead = dice.pick(("", " "))
    sentences = tuple(sentence.replace(HALF_SPACE, instead) for sentence in story.sentences)
    return Story(story.title.replace(HALF_SPACE, instead), dice.pick(words.sources), sentences)


def arabic_keyboard(dice: Dice, words: Lexicon, story: Story) -> Story:
    """Write the text as an Arabic keyboard does: with another yeh, kaf and digits."""
    sentences = tuple(sentence.translate(ARABIC_KEYBOARD) for sentence in story.sentences)
    return Story(story.title.translate(ARABIC_KEYBOARD), dice.pick(words.sources), sentences)


def background(dice: Dice, words: Lexicon, story: Story) -> Story:
    """Report a new event, then append the last third of the story: this is not a copy."""
    news = write_sentences(dice, words, len(story.sentences) * 2 // 3 + 1)
    title = " ".join(news[0].split()[:7])
    return Story(title, dice.pick(words.sources), (*news, *story.sentences[-len(story.sentences) // 3 :]))


def roundup(dice: Dice, words: Lexicon, stories: list[Story]) -> Story:
    """Put several whole stories together, each after a sentence of introduction."""
    sentences: list[str] = []
    for story in stories:
        sentences += (*write_sentences(dice, words, 1), *story.sentences)
    return Story(" ".join(sentences[0].split()[:7]), dice.pick(words.sources), tuple(sentences))


COPYINGS: dict[str, tuple[int, Copying]] = {
    "verbatim": (20, verbatim),
    "edited": (25, edited),
    "lead": (18, other_lead),
    "cut": (15, cut),
    "respaced": (12, respaced),
    "keyboard": (10, arabic_keyboard),
}
"""How a copy is made, by kind, and in how many of 100 copies."""
