"""Tables of the documentation say what the program has."""

import ast
import json
import re
import tomllib
from dataclasses import asdict, replace
from itertools import chain
from typing import Any

import dedup
from dedup.cli.examples import every_command
from dedup.cli.main import parser
from dedup.comparison.evidence import evidence
from dedup.comparison.measure_pairs import measure_pairs
from dedup.input import PRESETS
from dedup.input.formats import FORMATS
from dedup.model.recipe import JOINING_BOUNDS
from dedup.model.verdict_weights import JOIN_MEASURES, KIND_MEASURES
from dedup.output.to_csv import COLUMNS, PAIR_COLUMNS
from dedup.output.to_json import to_json
from dedup.story_index.header import check_recipe
from dedup.story_index.sqlite.file_format import FORMAT
from tests.shell import ROOT

VERDICTS, SETTINGS = "docs/explanation/verdicts.md", "docs/reference/settings.md"
INPUTS = "docs/reference/inputs.md"
FIELDS = "docs/reference/fields.md"


def table(page: str, heading: str) -> list[list[str]]:
    """Read the cells of the table of a page whose first column has this heading."""
    _, after = (ROOT / page).read_text(encoding="utf-8").split(f"\n| {heading} |", maxsplit=1)
    rows = after.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]


def test_the_table_of_measures_has_those_of_each_model() -> None:
    """There is a cross in the column of each model that weighs a measure."""
    rows = table(VERDICTS, "measure")
    story = dedup.Document("a", "The river rose by two metres overnight and flooded the old town.")
    pair = measure_pairs([story], [story], dedup.Recipe())

    assert {row[0] for row in rows} == evidence(pair.alignments, pair.contexts, pair.overlaps).keys()
    assert {row[0] for row in rows if row[2] == "x"} == set(JOIN_MEASURES)
    assert {row[0] for row in rows if row[3] == "x"} == set(KIND_MEASURES)


def test_the_table_of_joining_has_its_bounds() -> None:
    """The probability from which a pair joins, by the name of the choice."""
    assert {row[0]: float(row[1]) for row in table(VERDICTS, "choice")} == JOINING_BOUNDS


def test_the_table_of_settings_has_every_field_and_default_of_a_recipe() -> None:
    """In the order of the fields."""
    listed = [(row[0], ast.literal_eval(row[2])) for row in table(SETTINGS, "setting")]

    assert listed == list(asdict(dedup.Recipe()).items())


def test_the_options_in_the_table_of_settings_exist() -> None:
    """In the help of `dedup report`."""
    offered = dict(every_command(parser()))["dedup report"].format_help()
    options = [row[1] for row in table(SETTINGS, "setting") if row[1]]

    assert [option for option in options if not re.search(rf"{option}\b", offered)] == []


def test_tables_of_verdicts_say_what_joins() -> None:
    """In the README, in the explanation and in the architecture."""
    joins = {str(verdict): verdict.joins for verdict in dedup.Verdict}

    for page in ("README.md", "ARCHITECTURE.md", VERDICTS):
        assert {row[0]: row[2] == "yes" for row in table(page, "verdict")} == joins


def test_settings_that_are_said_to_matter_only_to_reports_open_an_index_of_others() -> None:
    """Each of them, with another value than the index was built with."""
    others: dict[str, Any] = {
        "boilerplate": 0,
        "neighbours": 0,
        "representative": "longest",
        "sources": ("agency",),
        "rank": False,
        "rank_sample": 1,
    }
    named = (ROOT / SETTINGS).read_text(encoding="utf-8").split("may differ: ")[1].split("\n\n")[0]

    assert set(re.findall(r"`(\w+)`", named)) == others.keys()
    check_recipe(dedup.Recipe(), replace(dedup.Recipe(), **others))


def test_the_format_of_an_index_is_documented() -> None:
    """The number that a file has."""
    assert f"have a format, now {FORMAT} in files" in (ROOT / SETTINGS).read_text(encoding="utf-8")


def keys(page: str, heading: str) -> set[str]:
    """Read the names in the first column of a table; a row may have several."""
    return {name for row in table(page, heading) for name in re.findall(r"\w+", row[0])}


def test_the_fields_of_the_json_are_explained() -> None:
    """Those of the report, of a cluster, a member, a pair and a source, and no others."""
    stories = [
        {
            "id": name,
            "source": name,
            "text": "Heavy snow closed the roads of three provinces overnight, they said.",
        }
        for name in ("agency", "paper")
    ]
    report = json.loads(to_json(dedup.find_duplicates(stories[1:], reference=stories[:1])))
    (cluster,) = report["clusters"]

    assert keys(FIELDS, "key") == report.keys()
    assert keys(FIELDS, "key of a cluster") == cluster.keys()
    assert keys(FIELDS, "key of a member") == cluster["members"][1].keys()
    assert keys(FIELDS, "key of a pair") == report["pairs"][0].keys()
    assert keys(FIELDS, "key of a source") == report["sources"][0].keys()


def test_the_columns_of_the_tables_are_explained() -> None:
    """Of members and of pairs; `reference` is there in members too, where there is one."""
    assert keys(FIELDS, "column of a member") == set(COLUMNS)
    assert keys(FIELDS, "column of a pair") == set(PAIR_COLUMNS)


def test_every_dependency_is_listed_with_its_licence() -> None:
    """Those of the package and of its extras, but for what only contributors install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {
        name: each
        for name, each in project["optional-dependencies"].items()
        if name not in {"bench", "docs", "fuzz", "test"}
    }
    wanted = {
        re.split(r"[^\w.-]", requirement)[0]
        for requirement in chain(project["dependencies"], *extras.values())
        if not requirement.startswith("newsdedup")
    }

    rows = (
        table("docs/reference/dependencies.md", "package"),
        table("docs/reference/dependencies.md", "extra"),
    )
    named = {row[0] for row in rows[0]} | {name for row in rows[1] for name in re.findall(r"[\w.-]+", row[1])}

    assert wanted == named


def test_the_table_of_inputs_is_that_of_the_formats() -> None:
    """Suffixes, what a document is, the extra to install and the limits, in the order of the program."""
    listed = [
        [
            ", ".join(f"`.{suffix}`" for suffix in each.suffixes),
            each.what,
            f"`newsdedup[{each.extra}]`" if each.extra else "",
            each.limits,
        ]
        for each in FORMATS
    ]

    assert table(INPUTS, "files") == [[cell.strip("`") for cell in row] for row in listed]


def test_the_table_of_presets_has_every_preset() -> None:
    """In the order of the program."""
    assert [row[0] for row in table(INPUTS, "preset")] == list(PRESETS)
