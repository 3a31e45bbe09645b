"""TF-IDF overlap of pairs and clusters, and the terms that go with it."""

import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import log, sqrt
from time import thread_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import core
from dedup.report.rank import Ranking, lexicon
from dedup.report.rank.batches import batches
from dedup.report.rank.stop_words import NO_WORDS
from dedup.text.fold import fold
from tests.ranked_rows import rank_rows


def ranked(
    texts: Mapping[str, str],
    *,
    pairs: Sequence[tuple[str, str]] = (),
    clusters: Sequence[Sequence[str]] = (),
    background: Sequence[str] = (),
    workers: int = 1,
) -> Ranking:
    """Rank texts by id, the background given as texts too."""
    rows = {name: row for row, name in enumerate(texts)}
    return rank_rows(
        [*texts.values(), *background],
        pairs=[tuple(rows[name] for name in pair) for pair in pairs],
        clusters=[[rows[name] for name in cluster] for cluster in clusters],
        background=range(len(texts), len(texts) + len(background)),
        workers=workers,
    )


def compared(first: str, second: str, background: Sequence[str] = ()) -> Ranking:
    """Rank one pair that is also a cluster, `first` its representative."""
    texts = {"a": first, "b": second}
    return ranked(texts, pairs=[("a", "b")], clusters=[("a", "b")], background=background)


def clustered(texts: Mapping[str, str], background: Sequence[str] = ()) -> Ranking:
    """Rank one cluster, the first text its representative."""
    return ranked(texts, pairs=[], clusters=[tuple(texts)], background=background)


def plain_cosine(first: str, second: str, background: Sequence[str]) -> float:
    """Return the cosine the slow, obvious way."""
    documents = [set(text.split()) for text in background]

    def vector(text: str) -> dict[str, float]:
        split = text.split()
        return {
            word: (1 + log(split.count(word)))
            * (1 + log((1 + len(documents)) / (1 + sum(word in document for document in documents))))
            for word in split
        }

    one, two = vector(first), vector(second)
    length = sqrt(sum(value**2 for value in one.values()) * sum(value**2 for value in two.values()))
    return sum(value * two.get(word, 0) for word, value in one.items()) / length if length else 0.0


# -- numbers ------------------------------------------------------------------------------------------------


def test_cosine_of_a_toy_archive() -> None:
    """With document frequencies red 2, fox 1, dog 0 of 3, the cosine is what pen and paper give."""
    red, fox, dog = 1 + log(4 / 3), 1 + log(4 / 2), 1 + log(4 / 1)

    similarity = compared("red fox", "red dog", ["red cat", "red owl", "fox owl"]).similarity

    assert similarity.tolist() == [round(red**2 / (sqrt(red**2 + fox**2) * sqrt(red**2 + dog**2)), 6)]


def test_repeats_count_by_their_logarithm() -> None:
    """A word that occurs three times weighs 1 + ln 3; all words here have the same document frequency."""
    thrice = 1 + log(3)

    similarity = compared("red red red fox", "red fox", ["owl"]).similarity

    assert similarity.tolist() == [round((thrice + 1) / (sqrt(thrice**2 + 1) * sqrt(2)), 6)]


def test_without_a_background_the_texts_give_the_frequencies() -> None:
    """Of two texts both have red, one fox, one dog."""
    red, fox = 1 + log(3 / 3), 1 + log(3 / 2)

    assert compared("red fox", "red dog").similarity.tolist() == [round(red**2 / (red**2 + fox**2), 6)]


def test_a_text_of_the_background_counts_as_often_as_it_stands_there() -> None:
    """Two copies of a text in the sample are two documents."""
    once = compared("red fox", "red dog", ["red cat", "owl"]).similarity
    twice = compared("red fox", "red dog", ["red cat", "red cat", "owl"]).similarity

    red, other = 1 + log(4 / 3), 1 + log(4)
    assert twice.tolist() == [round(red**2 / (red**2 + other**2), 6)]
    assert once != twice


def test_equal_texts_have_overlap_one() -> None:
    """Not 0.9999999 and not 1.0000001."""
    text = str(fold("دیدار وزیران در تهران برگزار شد و این خبر را ایرنا گزارش کرد"))

    assert compared(text, text).similarity.tolist() == [1.0]


def test_texts_without_a_common_word_have_overlap_zero() -> None:
    """Nothing shared, nothing counted."""
    assert compared("red fox", "blue dog").similarity.tolist() == [0.0]


def test_stop_words_count() -> None:
    """They are not shown, but still distinguish texts a little."""
    assert compared("the fox", "the dog").similarity[0] > 0


def test_the_shape_is_that_of_the_pairs() -> None:
    """float64, one value a pair, in the order given."""
    texts = {"a": "red fox", "b": "red fox", "c": "blue dog"}

    similarity = ranked(
        texts, pairs=[("a", "c"), ("b", "a"), ("c", "b")], clusters=[], background=[]
    ).similarity

    assert similarity.dtype == np.float64
    assert similarity.tolist() == [0.0, 1.0, 0.0]


def test_many_pairs_are_worked_through_in_parts() -> None:
    """The seams between two batches do not show, nor does the number of threads."""
    texts = [f"red {at % 3} {'blue' if at < 400 else 'green'}" for at in range(700)]
    pairs = [(at, at + 1) for at in range(699)]

    whole = rank_rows(texts, pairs=pairs, background=[0, 1, 500], workers=3).similarity

    alone = [rank_rows(texts, pairs=[pair], background=[0, 1, 500]) for pair in pairs[::50]]
    assert [each.similarity[0] for each in alone] == whole[::50].tolist()


SENTENCES = st.lists(st.sampled_from("red fox blue dog owl cat 12".split()), max_size=12).map(" ".join)  # noqa: SIM905


@settings(max_examples=60, deadline=None)
@given(SENTENCES, SENTENCES, st.lists(SENTENCES, min_size=1, max_size=4))
def test_the_slow_obvious_version_agrees(first: str, second: str, background: list[str]) -> None:
    """Sparse matrices and plain dictionaries give the same cosine."""
    expected = plain_cosine(first, second, background)

    assert compared(first, second, background).similarity[0] == pytest.approx(expected, abs=1e-6)


# -- clusters -----------------------------------------------------------------------------------------------


def test_the_nearer_member_overlaps_more() -> None:
    """Three words of four shared come before one of four, after the representative's 1."""
    (overlap,) = clustered(
        {"r": "one two three four", "far": "one five six seven", "near": "one two three eight"}
    ).overlap

    assert overlap[0] == 1.0
    assert 1.0 > overlap[2] > overlap[1] > 0.0


def test_overlap_in_a_cluster_is_that_of_the_pair() -> None:
    """One number, whichever way it is asked for."""
    ranking = compared("red fox", "red dog")

    assert ranking.overlap[0][1] == ranking.similarity[0]


def test_clusters_stay_apart() -> None:
    """Each cluster has its own overlap and terms."""
    texts = {"a": "red fox", "b": "red fox", "c": "blue dog", "d": "blue owl", "e": "blue dog"}

    ranking = ranked(texts, pairs=[], clusters=[("a", "b"), ("c", "d", "e")], background=[])

    assert ranking.overlap[0] == (1.0, 1.0)
    assert ranking.shared_terms == (("fox", "red"), ("blue",))
    assert ranking.own_terms == (((), ()), ((), ("owl",), ()))


# -- terms --------------------------------------------------------------------------------------------------


def test_a_name_the_archive_does_not_hold_weighs_most() -> None:
    """Of three own words the one with document frequency 0 comes first, then 1, then 2."""
    background = ["story minister", "story budget", "minister story"]

    own = compared("story", "story minister budget zarif", background).own_terms

    assert own == (((), ("zarif", "budget", "minister")),)


def test_shared_terms_stand_in_every_document() -> None:
    """A word that one member lacks is not shared."""
    ranking = clustered({"r": "red fox owl", "m": "red fox dog", "n": "red owl fox"})

    assert ranking.shared_terms == (("fox", "red"),)


def test_shared_terms_come_weightiest_first() -> None:
    """The rarer word comes before the commoner one, against the alphabet."""
    shared = compared("apple zebra", "apple zebra", ["apple", "apple", "owl"]).shared_terms

    assert shared == (("zebra", "apple"),)


def test_shared_terms_weigh_what_they_weigh_in_all() -> None:
    """Zebra occurs once in the representative, but twice in each of two members."""
    shared = clustered({"r": "apple zebra", "m": "apple zebra zebra", "n": "apple zebra zebra"}).shared_terms

    assert shared == (("zebra", "apple"),)


def test_the_representative_has_what_every_member_lacks() -> None:
    """One member has owl, so only fox is the representative's own."""
    ranking = clustered({"r": "red fox owl", "m": "red owl", "n": "red dog"})

    assert ranking.own_terms == ((("fox",), (), ("dog",)),)


def test_a_cluster_of_one_has_only_terms_of_its_own() -> None:
    """No member lacks anything; the only document has every term."""
    ranking = clustered({"r": "red fox"})

    assert ranking.shared_terms == (("fox", "red"),)
    assert ranking.own_terms == ((("fox", "red"),),)


def test_equal_weights_stand_by_the_alphabet_six_at_most() -> None:
    """Eight words of one weight give the first six."""
    own = compared("red", "red hh gg ff ee dd cc bb aa").own_terms

    assert own == (((), ("aa", "bb", "cc", "dd", "ee", "ff")),)


def test_stop_words_are_not_shown() -> None:
    """Neither English nor Persian ones, in shared or own terms."""
    english = compared("the fox was here", "the fox and the dog")
    persian = compared("این روباه در باغ است", "این روباه از کوه است")

    assert (english.shared_terms, english.own_terms) == ((("fox",),), (((), ("dog",)),))
    assert (persian.shared_terms, persian.own_terms) == ((("روباه",),), ((("باغ",), ("کوه",)),))


def test_an_ordinal_is_shown() -> None:
    """شب دوم and شب چهارم: the word that differs is named, though hazm would stop it."""
    own = compared("این برنامه شب دوم است", "این برنامه شب چهارم است").own_terms

    assert own == ((("دوم",), ("چهارم",)),)


def test_a_number_is_shown_and_a_single_letter_is_not() -> None:
    """7 distinguishes two reports, a stray x does not."""
    assert compared("score", "score 7 x").own_terms == (((), ("7",)),)


def test_a_word_of_a_fifth_of_the_archive_is_not_shown() -> None:
    """In 50 documents a word of 11 is common, one of 10 is not; a number always shows."""
    background = [
        " ".join(
            ["text", *["common"] * (at < 11), *["rare"] * (at < 10), *["1400"] * (at < 40)],
        )
        for at in range(50)
    ]

    assert compared("fox", "fox common rare 1400", background).own_terms == (((), ("rare", "1400")),)


def test_a_cluster_too_large_for_one_batch_is_put_together() -> None:
    """Of 700 members one, in the last part, has owl and another lacks fox; all have red."""
    texts = {
        0: "red fox owl cat",
        **dict.fromkeys(range(1, 701), "red fox dog"),
        300: "red",
        650: "red fox owl",
    }
    clusters = [tuple(texts)]

    ranking = rank_rows([*texts.values()], clusters=clusters, background=[1], workers=2)

    assert ranking.shared_terms == (("red",),)
    assert ranking.own_terms[0][:2] == (("cat",), ("dog",))
    assert [len(ranking.own_terms[0]), len(ranking.overlap[0])] == [701, 701]
    assert ranking.own_terms[0][650] == ()
    assert ranking.overlap[0][0] == 1.0
    assert ranking.overlap[0][650] > ranking.overlap[0][649] > ranking.overlap[0][300]


def test_a_small_archive_has_no_common_words() -> None:
    """Of 49 documents a share means little yet."""
    assert compared("fox", "fox common", ["common"] * 49).own_terms == (((), ("common",)),)


def test_a_bare_auxiliary_is_not_shown() -> None:
    """Neither نخواهد alone nor نخواهد شد is informative; کشته, a part of verbs too, is."""
    own = compared("وزیر در تهران", "وزیر در تهران نخواهد").own_terms
    joined = compared("وزیر در تهران", "کشته در تهران نخواهد شد").own_terms

    assert (own[0][1], joined[0][1]) == ((), ("کشته",))


def test_a_verb_of_several_parts_is_one_readable_term() -> None:
    """It is shown with blanks, and its parts are not shown beside it."""
    own = compared("وزیر در تهران", "وزیر در تهران نخواهد رفت نخواهد").own_terms

    assert own == (((), ("نخواهد رفت",)),)


@pytest.mark.parametrize(
    ("first", "second"),
    [("آتشبس در غزه", "آتش بس در غزه"), ("این آتش بس", "این آتشبس"), ("cease fire now", "ceasefire now")],
)
def test_a_lost_blank_is_no_term_of_its_own(first: str, second: str) -> None:
    """آتشبس and آتش بس do not distinguish texts."""
    assert compared(str(fold(first)), str(fold(second))).own_terms == (((), ()),)


def test_a_name_inside_another_word_is_still_a_difference() -> None:
    """رضا is in رضایت by accident, and is shown."""
    assert compared("وزیر در تهران رضایت", "وزیر در تهران رضا").own_terms[0][1] == ("رضا",)


def test_a_verb_is_no_difference_when_the_other_text_passed_for_another_language() -> None:
    """A headline without function words is cut at blanks; the words of its joined verb are in both."""
    headline, story = "وزیر نوشته بود", "وزیر نوشته بود و این در تهران است"

    assert compared(headline, story).own_terms == (((), ("تهران",)),)
    assert compared(story, headline).own_terms == ((("تهران",), ()),)


def test_an_endless_word_is_not_shown() -> None:
    """Of words of 40 and 41 letters the shorter can be read."""
    assert compared("fox", f"fox {'a' * 40} {'b' * 41}").own_terms == (((), ("a" * 40,)),)


# -- tokenisers and imports ---------------------------------------------------------------------------------


def test_documents_are_counted_by_whose_words_chose_their_terms() -> None:
    """Two Persian texts in a cluster; an English one, and a Persian one that is only compared."""
    texts = {"a": "این خبر است", "b": "این خبر در راه است", "c": "the news", "d": "این است"}

    ranking = ranked(
        texts, pairs=[("a", "b"), ("b", "d")], clusters=[("a", "b", "c")], background=["از این در"]
    )

    assert ranking.tokenisers == {"hazm": 2, "unicode": 2}


def test_without_hazm_persian_is_ranked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers are there, and the tokeniser that gave them is named."""
    monkeypatch.setitem(sys.modules, "hazm", None)

    ranking = compared("این روباه در باغ است", "این روباه در کوه است")

    assert ranking.tokenisers == {"unicode": 2}
    assert 0 < ranking.similarity[0] < 1
    assert ranking.own_terms == ((("باغ",), ("کوه",)),)


@pytest.mark.once
def test_libraries_are_loaded_when_they_have_work() -> None:
    """Pairs and English clusters load scikit-learn alone, a Persian cluster hazm too, nothing neither."""
    rankings: list[tuple[list[str], list[tuple[int, int]]]] = [
        ([], []),
        (["red fox", "این روباه است"], []),
        (["red fox", "red dog"], [(0, 1)]),
        (["این روباه است", "red fox"], [(0, 1)]),
    ]
    code = "import sys; from tests.ranked_rows import rank_rows\n"
    for texts, clusters in rankings:
        pairs, rows = list(combinations(range(len(texts)), 2)), range(len(texts))
        code += (
            f"rank_rows({texts!r}, pairs={pairs!r}, clusters={clusters!r}, background={rows!r}); "
            "print(*sorted({'hazm', 'sklearn'} & set(sys.modules)))\n"
        )

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], check=True, capture_output=True, text=True
    )

    assert done.stdout.splitlines() == ["", "sklearn", "sklearn", "hazm sklearn"]


WORDS = st.lists(st.text("abcde", min_size=1, max_size=3), max_size=20).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_rarity_is_that_of_scikit_learn(background: list[str]) -> None:
    """1 + ln((1 + n) / (1 + df)), also of a word that no text has, 24 bits behind the point."""
    hashes, bounds = core.distinct_words(background)

    weighed = lexicon.learn([(hashes, bounds)], NO_WORDS)

    words, frequency = np.unique(hashes, return_counts=True)
    expected = [1 + log((1 + len(background)) / (1 + times)) for times in [*frequency.tolist(), 0]]
    ours = [*weighed.rarity[np.searchsorted(weighed.hashes, words)].tolist(), weighed.unknown]
    assert ours == [round(rarity * 2**24) for rarity in expected]


def test_few_texts_are_held_at_a_time() -> None:
    """Of 3,000 texts in pairs and clusters no batch reads more than 800 before it is done with them."""
    texts = {at: f"story {at % 7} number {at}" for at in range(3000)}
    asked = [
        batch.places
        for batch in batches(
            [(at, at + 1) for at in range(2999)],
            [tuple(range(900)), (1000, 1001)],
            letters=lambda key: len(texts[key]),
        )
    ]

    assert max(map(len, asked)) <= 800
    assert {key for places in asked for key in places} == set(texts)


# -- edges --------------------------------------------------------------------------------------------------


def test_nothing_to_rank_gives_nothing() -> None:
    """No pairs and no clusters: empty results of the right kinds."""
    ranking = ranked({"a": "red fox"}, pairs=[], clusters=[], background=["owl"])

    assert ranking.similarity.shape == (0,)
    assert (ranking.overlap, ranking.shared_terms, ranking.own_terms) == ((), (), ())
    assert ranking.tokenisers == {}


def test_empty_texts_overlap_nothing() -> None:
    """Two texts without letters have no vectors: 0, and no terms."""
    ranking = compared("", "")

    assert ranking.similarity.tolist() == [0.0]
    assert ranking.overlap == ((0.0, 0.0),)
    assert (ranking.shared_terms, ranking.own_terms) == (((),), (((), ()),))


def test_an_empty_text_beside_a_full_one_overlaps_nothing() -> None:
    """One empty member does not spoil the others."""
    ranking = clustered({"r": "red fox", "empty": "", "m": "red fox"})

    assert ranking.overlap == ((1.0, 0.0, 1.0),)
    assert ranking.own_terms == (((), (), ()),)


def test_chinese_overlaps_by_pairs_of_letters() -> None:
    """北京市 and 北京人 share one pair of two; own terms are whole words."""
    shared, own = 1 + log(3 / 3), 1 + log(3 / 2)

    ranking = compared("北京市", "北京人")

    assert ranking.similarity.tolist() == [round(shared**2 / (shared**2 + own**2), 6)]
    assert ranking.shared_terms == (("北京",),)
    assert ranking.own_terms == ((("北京市",), ("北京人",)),)


def test_thai_overlaps_by_pairs_of_letters() -> None:
    """Two Thai texts without a blank are not two endless words."""
    assert 0 < compared("กขคง", "กขคจ").similarity[0] < 1


def test_the_order_of_the_input_does_not_matter() -> None:
    """Shuffled texts and background give the same numbers and terms."""
    stories = ["این خبر در تهران", "این خبر در شیراز است", "red fox 12", "red dog 13", "北京市", ""]
    texts = {f"d{at}": f"{story} {at % 3}" for at, story in enumerate(stories * 3)}
    pairs, cluster = list(combinations(texts, 2)), tuple(texts)
    background = [f"{story} در" for story in stories]
    straight = ranked(texts, pairs=pairs, clusters=[cluster], background=background)

    shuffled = list(texts.items())
    random.Random(1).shuffle(shuffled)
    other = ranked(dict(shuffled), pairs=pairs, clusters=[cluster], background=background[::-1])

    assert other.similarity.tobytes() == straight.similarity.tobytes()
    for name in ("overlap", "shared_terms", "own_terms", "tokenisers"):
        assert getattr(other, name) == getattr(straight, name)


@pytest.mark.once
@pytest.mark.parametrize("repeated", ["ا", "در ب", "中", "ab ", "1"])
def test_the_work_grows_with_a_hostile_text(repeated: str) -> None:
    """Ten times the letters, of one endless word or of many, make ten times the work, not a hundred."""
    compared("این fox", "این dog")  # imports what the language needs
    work = []
    for letters in (50_000, 500_000):
        text = repeated * (letters // len(repeated))
        started = thread_time()
        ranking = compared(f"{text} fox", f"{text} dog")
        work.append(thread_time() - started)

        assert ranking.own_terms == ((("fox",), ("dog",)),)

    assert work[1] < 40 * work[0]
