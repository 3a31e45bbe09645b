"""Recipe: settings are checked once, at the door."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from dedup.model.errors import SettingError
from dedup.model.recipe import JOINING_BOUNDS, Recipe

COUNTS = ("letters", "min_letters", "permutations", "rows", "winnow", "rank_sample")
SHARES = ("threshold", "containment", "partial")


def test_defaults_are_valid_and_equal() -> None:
    """Two recipes without arguments are the same recipe."""
    assert Recipe() == Recipe()
    assert hash(Recipe()) == hash(Recipe())


def test_every_setting_has_a_default_and_its_line_in_the_docstring() -> None:
    """Nobody has to read the code to know what a setting means."""
    described = [
        line.split(":")[0].strip() for line in str(Recipe.__doc__).split("Attributes:")[1].splitlines()
    ]

    assert [each.name for each in fields(Recipe) if each.name not in described] == []


def test_one_other_setting_is_another_recipe() -> None:
    """Any field counts in the comparison."""
    assert replace(Recipe(), seed=2) != Recipe()
    assert replace(Recipe(), rank=False) != Recipe()


@pytest.mark.parametrize("name", [each.name for each in fields(Recipe)])
def test_a_recipe_is_frozen(name: str) -> None:
    """No setting changes after the check."""
    with pytest.raises(FrozenInstanceError):
        setattr(Recipe(), name, 1)


def test_a_recipe_holds_nothing_but_its_settings() -> None:
    """It is slotted, and gives plain values for the report; by default it has no weights of its own."""
    given = Recipe().as_json()

    assert not hasattr(Recipe(), "__dict__")
    assert given.pop("weights") is None
    assert all(type(value) in {int, float, bool, str, tuple} for value in given.values())


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_a_count_below_one_is_refused(name: str, value: float) -> None:
    """The error names the setting, the value and what is allowed; NaN is no number of anything."""
    with pytest.raises(SettingError) as caught:
        Recipe(**{name: value})

    assert str(caught.value) == f"{name}={value!r} is not usable: expected 1 or more"


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_of_one_is_allowed(name: str) -> None:
    """One is the least; a signature of one value takes bands of one row."""
    assert getattr(Recipe(**{"rows": 1, name: 1}), name) == 1


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize("value", [-0.001, 1.001, 70, float("nan"), float("inf"), float("-inf")])
def test_a_share_outside_zero_to_one_is_refused(name: str, value: float) -> None:
    """A percentage is a likely slip: 70 for 0.7."""
    with pytest.raises(SettingError) as caught:
        Recipe(**{name: value})

    assert str(caught.value) == f"{name}={value!r} is not usable: expected 0 to 1"


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize("value", [0, 0.0, 0.5, 1, 1.0])
def test_a_share_from_zero_to_one_is_allowed(name: str, value: float) -> None:
    """Both ends belong."""
    assert getattr(Recipe(**{name: value}), name) == value


@pytest.mark.parametrize("name", ["keep_changed", "rank"])
@pytest.mark.parametrize("value", [1, "yes", None])
def test_a_switch_is_on_or_off(name: str, value: object) -> None:
    """What merely counts as true is a slip."""
    with pytest.raises(SettingError) as caught:
        Recipe(**{name: value})  # type: ignore[arg-type]

    assert str(caught.value) == f"{name}={value!r} is not usable: expected true or false"


@pytest.mark.parametrize("seed", [0, 2**32 - 1])
def test_every_seed_of_32_bits_is_allowed(seed: int) -> None:
    """Both ends belong."""
    assert Recipe(seed=seed).seed == seed


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_beyond_32_bits_is_refused(seed: int) -> None:
    """The generator takes no other."""
    with pytest.raises(SettingError, match=f"seed={seed} is not usable: expected 0 to 4294967295"):
        Recipe(seed=seed)


def test_a_band_has_no_more_rows_than_the_signature_has_values() -> None:
    """Or there would be no band at all."""
    assert Recipe(rows=128).rows == 128
    with pytest.raises(SettingError, match="rows=129 is not usable: expected 1 to 128"):
        Recipe(rows=129)
    with pytest.raises(SettingError, match="rows=4 is not usable: expected 1 to 3"):
        Recipe(permutations=3)


def test_a_bucket_holds_a_pair() -> None:
    """A cap of two still pairs two documents; one would pair none."""
    assert Recipe(bucket_cap=2).bucket_cap == 2
    with pytest.raises(SettingError, match="bucket_cap=1 is not usable: expected 2 or more"):
        Recipe(bucket_cap=1)


def test_counts_are_whole() -> None:
    """Half a letter is refused at the door, not in the middle of a run."""
    with pytest.raises(SettingError, match=r"letters=2.5 is not usable: expected a whole number"):
        Recipe(letters=2.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("joining", ["strict", "normal", "loose"])
def test_how_sure_a_copy_must_be_is_one_choice_of_three(joining: str) -> None:
    """Each has its name."""
    assert Recipe(joining=joining).joining == joining


def test_another_choice_of_joining_is_refused() -> None:
    """The error names the three."""
    with pytest.raises(
        SettingError, match="joining='sure' is not usable: expected one of loose, normal, strict"
    ):
        Recipe(joining="sure")


def test_stricter_joining_asks_for_more() -> None:
    """All three are probabilities."""
    loose, normal, strict = (JOINING_BOUNDS[name] for name in ("loose", "normal", "strict"))

    assert 0 < loose < normal < strict < 1


def test_lifted_passages_are_words_or_none() -> None:
    """No passage is listed for itself at 0; half a word is no length."""
    assert Recipe(lifted=0).lifted == 0
    with pytest.raises(SettingError, match="lifted=-1 is not usable: expected 0 or more"):
        Recipe(lifted=-1)
    with pytest.raises(SettingError, match=r"lifted=2.5 is not usable: expected a whole number"):
        Recipe(lifted=2.5)  # type: ignore[arg-type]
