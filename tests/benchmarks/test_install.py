"""What an installation brings, counted from the metadata of packages."""

from benchmarks.install import reached, requirements

PACKAGES = [
    {
        "name": "own",
        "requires_dist": ["big[fast]", "small", 'never; python_version < "3"', "more; extra == 'x'"],
    },
    {
        "name": "Big",
        "provides_extra": ["fast"],
        "requires_dist": ["part", "shared", "Speed_Up; extra == 'fast'"],
    },
    {"name": "small", "requires_dist": ["shared>=2"]},
    {"name": "part"},
    {"name": "shared"},
    {"name": "speed.up"},
]


def test_extras_and_markers_decide_what_is_required() -> None:
    """An extra that is asked for counts; one that is not, and another Python's package, do not."""
    required = requirements(PACKAGES)

    assert set(required["own"]) == {"big", "big[fast]", "small"}
    assert reached(required, "own") == {"own", "big", "small", "part", "shared", "speed-up"}


def test_what_comes_through_one_package_alone() -> None:
    """Without it only what others ask for is left."""
    required = requirements(PACKAGES)

    assert reached(required, "own", without="big") == {"own", "small", "shared"}
