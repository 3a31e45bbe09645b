"""The command's contract: what it prints where, and the exit code."""

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dedup import Recipe
from dedup.cli.arguments.shared_arguments import BOUNDS
from dedup.cli.main import main
from tests import made_up_news
from tests.fork_server import run_forked

ROOT = Path(__file__).parents[2]
STORY = (
    "The ministry of energy said on Monday that the two new power stations in the south will go into "
    "operation before the summer and feed 900 megawatts into the national grid, a spokesman told reporters."
)
OTHER = (
    "Heavy snow closed the mountain roads of three provinces overnight, the traffic police reported; "
    "travellers were asked to stay at home until the ploughs have reached the passes."
)
SHORT = "just five words of text"
PROGRAM = [sys.executable, "-m", "dedup"]
SPENT = re.compile(r"dedup: ([\d,]+) documents? in \d+\.\d s(, at most [\d,]+ MB of memory)?\n\Z")
"""The last line on standard error: what a run took, which no two runs share."""


def run(*arguments: str, cwd: Path = ROOT, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run the command as a shell would; output as text, but for what the run took."""
    done = run_all(*arguments, cwd=cwd, stdin=stdin)
    if "--quiet" not in arguments:
        done.stderr = SPENT.sub("", done.stderr)
    return done


def run_all(*arguments: str, cwd: Path = ROOT, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run the command as a shell would; all its output as text."""
    environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    done = run_forked(arguments, folder=cwd, stdin=stdin, environment=environment)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def jsonl(*records: object) -> bytes:
    """Write records as JSON lines; strings go in as they are."""
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    return "\n".join(lines).encode("utf-8") + b"\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A story, its copy, and another, as JSON lines."""
    path = tmp_path / "archive.jsonl"
    path.write_bytes(
        jsonl({"id": "a", "text": STORY}, {"id": "b", "text": STORY.upper()}, {"id": "c", "text": OTHER})
    )
    return path


def test_the_summary_goes_to_standard_output(archive: Path) -> None:
    """Two identical stories, word for word what is printed."""
    done = run("report", str(archive), "--no-rank")

    assert (done.returncode, done.stderr) == (0, "")
    shown, _, last = done.stdout.partition("\nJ: Jaccard, ")
    assert "TF-IDF" not in last
    assert shown == (
        "3 documents \u00b7 1 cluster of 2 documents \u00b7 1 can be spared (33 %)\n"
        "1 identical\n"
        "\n"
        "Cluster 1 \u00b7 2 documents \u00b7 cohesion 100 %\n"
        "  \u25cf represents: first by id among equals\n"
        "    a  The ministry of energy said on Monday that the two new power stations in\u2026\n"
        "  \u25cb identical       J 100 %  C 100 %\n"
        "    b  THE MINISTRY OF ENERGY SAID ON MONDAY THAT THE TWO NEW POWER STATIONS IN\u2026\n"
    )


def test_an_archive_without_copies_says_so(tmp_path: Path) -> None:
    """Nothing found is a result."""
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "two.txt").write_text(OTHER, encoding="utf-8")

    done = run("report", str(tmp_path))

    assert (done.returncode, done.stdout) == (0, "2 documents \u00b7 no copies found\n")


def test_standard_input_is_an_archive(archive: Path) -> None:
    """`-` reads JSON lines."""
    done = run("report", "-", "--no-rank", "--json", "-", stdin=archive.read_bytes())

    assert json.loads(done.stdout)["counts"]["identical"] == 1


def test_all_results_in_files(archive: Path, tmp_path: Path) -> None:
    """JSON, CSV and HTML are written beside the summary, and agree."""
    names = {kind: tmp_path / f"out.{kind}" for kind in ("json", "csv", "html")}

    done = run("report", str(archive), "--no-rank", *(f"--{kind}={path}" for kind, path in names.items()))

    assert done.stdout.startswith("3 documents")
    assert [member["id"] for member in json.loads(names["json"].read_bytes())["clusters"][0]["members"]] == [
        "a",
        "b",
    ]
    rows = list(csv.DictReader(io.StringIO(names["csv"].read_text(encoding="utf-8-sig"))))
    assert [row["id"] for row in rows] == ["a", "b"]
    assert "identical" in names["html"].read_text(encoding="utf-8")


def test_results_on_standard_output_replace_the_summary(archive: Path) -> None:
    """`--csv -` prints the table and nothing else."""
    done = run("report", str(archive), "--no-rank", "--csv", "-")

    assert len(done.stdout.splitlines()) == 3


def test_the_page_opens_in_the_language_asked_for(archive: Path, tmp_path: Path) -> None:
    """Whatever the archive is in."""
    page = tmp_path / "out.html"

    done = run("report", str(archive), "--no-rank", "--html", str(page), "--language", "fa")

    assert done.returncode == 0
    assert page.read_bytes().startswith(b'<!DOCTYPE html>\n<html lang="fa" dir="rtl">')


def test_a_language_without_a_page_is_refused(archive: Path) -> None:
    """Nothing else speaks it."""
    done = run("report", str(archive), "--language", "fa")

    assert (done.returncode, done.stdout) == (2, "")
    assert "add --html FILE" in done.stderr


def test_verbose_says_what_was_read_and_compared(archive: Path) -> None:
    """On standard error, a subject a line, before what the run took; the summary is the same."""
    done = run("report", str(archive), "--no-rank", "--verbose")

    assert done.stdout == run("report", str(archive), "--no-rank").stdout
    said = dict(line.split(": ", 1) for line in done.stderr.splitlines())
    assert list(said) == [
        *("inputs", "encodings", "kernel", "candidates", "buckets", "boilerplate", "seconds"),
    ]
    assert said["inputs"] == f"1 file, {archive.stat().st_size:,} bytes: 1 jsonl"
    assert said["encodings"] == "3 utf-8"
    assert said["seconds"].startswith("read 0.")


def test_quiet_and_verbose_are_refused_together(archive: Path) -> None:
    """One of them is a mistake."""
    assert run("report", str(archive), "-q", "-v").returncode == 2


def test_two_results_cannot_share_standard_output(archive: Path) -> None:
    """Refused before the work begins."""
    done = run("report", str(archive), "--csv", "-", "--json", "-")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "dedup: output='-' is not usable: only one of --json and --csv can use standard output\n"
    )


def test_a_result_in_a_missing_folder_is_refused(archive: Path, tmp_path: Path) -> None:
    """Before the work, not after an hour of it."""
    done = run("report", str(archive), "--json", str(tmp_path / "no" / "out.json"))

    assert (done.returncode, done.stdout) == (2, "")
    assert "create it first" in done.stderr


def test_a_result_that_is_a_folder_is_refused(archive: Path, tmp_path: Path) -> None:
    """What cannot be written is said in one line, before the work."""
    done = run("report", str(archive), "--no-rank", "--json", str(tmp_path))

    assert done.returncode == 2
    assert done.stderr == f"dedup: output='{tmp_path}' is not usable: expected a file, got a folder\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "dedup: the following arguments are required: COMMAND; see dedup --help"),
        (("report",), "dedup report: the following arguments are required: INPUT; see dedup report --help"),
        (("reprot", "seeds"), "dedup: unknown command reprot; did you mean report? See dedup --help"),
        (("seeds",), "dedup: unknown command seeds; did you mean dedup report seeds? See dedup --help"),
        (
            ("report", "seeds", "--treshold=1"),
            "dedup report: unknown option --treshold; did you mean --threshold? See dedup report --help",
        ),
        (
            ("report", "seeds", "--joining", "stric"),
            (
                "dedup report: --joining is one of strict, normal, loose, not stric; did you mean strict?"
                " See dedup report --help"
            ),
        ),
        (("compare", "a", "b", "c"), "dedup compare: unexpected argument c; see dedup compare --help"),
        (
            ("report", "seeds", "--output", "x"),
            (
                "dedup report: unknown option --output; --html FILE, --json FILE or --csv FILE write results"
                "; see dedup report --help"
            ),
        ),
        (
            ("report", "seeds", "--threshold", "70%"),
            "dedup report: --threshold expects a number such as 0.5, got 70%; see dedup report --help",
        ),
        (
            ("report", "seeds", "--min-letters", "many"),
            "dedup report: --min-letters expects a whole number, got many; see dedup report --help",
        ),
        (
            ("report", "seeds", "--fail-above", "20"),
            (
                "dedup report: argument --fail-above: expected a share such as 20% or 0.2, got 20; "
                "see dedup report --help"
            ),
        ),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments: tuple[str, ...], line: str) -> None:
    """It names the nearest right word. Options are not abbreviated, so that new ones break no script."""
    done = run(*arguments)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{line}\n")


def test_a_pipe_gets_no_invisible_isolates() -> None:
    """`grep` finds what it is shown."""
    done = run("report", "seeds", "--no-rank")

    assert "001_fa5d6c0f982a0054.txt  «امیرعبداللهیان" in done.stdout
    assert not set(done.stdout + done.stderr) & set("\u2068\u2069")


def test_a_long_summary_ends_with_its_totals(tmp_path: Path) -> None:
    """Then a legend, and what to do next that was not asked for yet."""
    folder = tmp_path / "stories"
    folder.mkdir()
    for number in range(24):
        (folder / f"{number:02}.txt").write_text(made_up_news.story(number // 2), encoding="utf-8")

    lines = run("report", str(folder), "--keep", str(tmp_path / "kept.jsonl")).stdout.splitlines()

    assert "\u2026 and 2 more clusters; see --html" in lines
    total = lines.index(lines[0], 1)
    assert lines[total + 1] == "12 identical"
    assert lines[total + 2].startswith("J: Jaccard")
    assert "Next: --html report.html writes a page with the evidence; dedup compare" in " ".join(
        lines[total:]
    )
    assert lines[-1].startswith("kept 12 of 24")


@pytest.mark.parametrize(("bound", "code"), [("33%", 1), ("0.34", 0)])
def test_too_many_copies_fail_if_that_is_asked_for(bound: str, code: int, archive: Path) -> None:
    """One of three stories can be spared."""
    done = run("report", str(archive), "--no-rank", "--fail-above", bound)

    assert done.returncode == code
    assert done.stderr == (
        "dedup: 1 of 3 documents can be spared (33.3%), --fail-above allows 33.0%\n" if code else ""
    )


def test_a_time_zone_that_is_none_says_what_one_is() -> None:
    """And nothing is read."""
    done = run("report", "seeds", "--timezone", "Tehran")

    assert (done.returncode, done.stderr) == (
        2,
        (
            "dedup: timezone='Tehran' is not usable: "
            "expected a zone such as Asia/Tehran, or an offset such as +03:30\n"
        ),
    )


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ((), "utc"),
        (("--timezone", "Asia/Tehran"), "tehran"),
        (("--timezone=-05:00",), "utc"),
        (("--date-order", "month"), "month"),
    ],
)
def test_dates_are_read_as_the_options_say(options: tuple[str, ...], first: str, tmp_path: Path) -> None:
    """10:00 in Tehran is 06:30 in UTC; 02/11/2024 is in February, if the month is first."""
    story = "Heavy snow closed the mountain roads of three provinces overnight, the police said on Monday."
    dates = {"utc": "2024-10-08T09:00:00Z", "tehran": "2024-10-08 10:00", "month": "02/11/2024"}
    archive = tmp_path / "news.jsonl"
    lines = [json.dumps({"id": name, "text": story, "date": date}) for name, date in dates.items()]
    archive.write_text("\n".join(lines), encoding="utf-8")

    done = run("report", str(archive), "--no-rank", "--json", "-", "-q", *options)

    assert json.loads(done.stdout)["clusters"][0]["representative"] == first


def test_a_setting_out_of_range_says_what_is_allowed() -> None:
    """Jaccard ends at 1."""
    done = run("report", "seeds", "--threshold", "7")

    assert (done.returncode, done.stderr) == (2, "dedup: threshold=7.0 is not usable: expected 0 to 1\n")


def test_workers_below_1_are_refused() -> None:
    """Nobody would do the work."""
    done = run("report", "seeds", "--workers", "0")

    assert (done.returncode, done.stderr) == (2, "dedup: workers=0 is not usable: expected 1 or more\n")


def test_the_bounds_shown_in_the_help_are_the_recipe_s() -> None:
    """The help names the defaults without importing them."""
    for name, text in BOUNDS.items():
        value = getattr(Recipe(), name)
        default = f"{value:g}" if isinstance(value, float) else value
        assert re.search(rf"\(default: {default}[;)]", text)


@pytest.mark.parametrize(
    ("option", "value", "read"), [("joining", "loose", "loose"), ("lifted", "0", 0), ("partial", "0.3", 0.3)]
)
def test_a_bound_is_an_option(option: str, value: str, read: object) -> None:
    """The report says what it was made with."""
    done = run("report", "seeds", "--no-rank", f"--{option}", value, "--json", "-")

    assert json.loads(done.stdout)["recipe"][option] == read


def test_how_sure_a_copy_must_be_is_one_of_three(capsys: pytest.CaptureFixture[str]) -> None:
    """No other word, and no number, is a choice."""
    with pytest.raises(SystemExit) as left:
        main(["report", "seeds", "--joining", "0.7"])

    assert left.value.code == 2
    assert "strict" in capsys.readouterr().err


def test_settings_come_from_a_file_and_options_before_it(tmp_path: Path) -> None:
    """What neither names has its default."""
    (tmp_path / "recipe.json").write_text('{"partial": 0.3, "lifted": 12}', encoding="utf-8")
    given = str(tmp_path / "recipe.json")

    done = run("report", "seeds", "--no-rank", "--recipe", given, "--lifted", "14", "--json", "-")

    found = Recipe.from_json(json.loads(done.stdout)["recipe"])
    assert found == Recipe(partial=0.3, lifted=14, rank=False)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "recipe.json: cannot be read: No such file or directory"),
        (b"\xff\xfe", "recipe.json: not a recipe: "),
        (b"{", "recipe.json: not a recipe: "),
        (b"[]", "recipe.json: not a recipe: recipe=[] is not usable: expected settings by their names"),
        (b'{"partail": 1}', "recipe.json: not a recipe: recipe='partail' is not usable: expected the name "),
        (b'{"partial": 7}', "recipe.json: not a recipe: partial=7 is not usable: expected 0 to 1"),
        (b'{"joining": []}', "recipe.json: not a recipe: "),
        (b'{"weights": {}}', "recipe.json: not a recipe: weights={} is not usable: expected scores named "),
    ],
)
def test_a_file_that_is_no_recipe_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    """With what is wrong with it; nothing is judged by other settings than those asked for."""
    if content is not None:
        (tmp_path / "recipe.json").write_bytes(content)
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")

    done = run("report", "a.txt", "--recipe", "recipe.json", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"dedup: {said}")


def test_bounds_reach_the_recipe() -> None:
    """`--containment 0.8` parts the letter stories."""
    done = run("report", "seeds", "--no-rank", "--containment", "0.8", "--json", "-")

    found = json.loads(done.stdout)
    assert (found["recipe"]["containment"], found["clusters"]) == (0.8, [])


def test_changed_copies_are_dropped_on_request() -> None:
    """The recipe says so; without the option they are kept."""
    asked, left = (
        json.loads(run("report", "seeds", "--no-rank", "--json", "-", *option).stdout)
        for option in (["--drop-changed"], [])
    )

    assert (asked["recipe"]["keep_changed"], left["recipe"]["keep_changed"]) == (False, True)


def test_a_missing_path_is_exit_code_2(tmp_path: Path) -> None:
    """Nothing was readable."""
    done = run("report", "gone", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0].startswith("gone: ")
    assert done.stderr.splitlines()[-1] == "dedup: nothing readable in gone"


def test_an_empty_folder_is_exit_code_2(tmp_path: Path) -> None:
    """It is no archive without copies."""
    done = run("report", str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"dedup: nothing readable in {tmp_path}\n")


def test_a_missing_path_beside_a_good_one_is_named(archive: Path) -> None:
    """The run goes on, the summary counts the problem."""
    done = run("report", "gone", str(archive), "--no-rank", cwd=archive.parent)

    assert done.returncode == 0
    assert done.stderr.startswith("gone: ")
    assert "1 problem: 1 unreadable" in done.stdout


def test_every_bad_line_is_named_with_its_number(tmp_path: Path) -> None:
    """Broken JSON, no text, a number for a text, five words, nothing, an id given twice, a strange date.

    Of two documents with one id the first in the order of their texts keeps it, wherever it stands.
    """
    path = tmp_path / "bad.jsonl"
    path.write_bytes(
        jsonl(
            {"id": "good", "text": STORY},
            '{"id": "broken", "text": ',
            {"id": "empty-handed"},
            {"id": "number", "text": 7},
            {"id": "short", "text": SHORT},
            {"id": "nothing", "text": ""},
            {"id": "good", "text": OTHER},
            {"id": "dated", "text": STORY + " More follows.", "published": "some day"},
        )
    )

    done = run("report", "bad.jsonl", "--no-rank", "--json", "-", cwd=tmp_path)

    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert [(problem["line"], problem["kind"]) for problem in found["problems"]] == [
        (1, "duplicate_id"),
        (2, "unreadable"),
        (3, "unreadable"),
        (4, "unreadable"),
        (5, "too_short"),
        (6, "too_short"),
        (8, "undated"),
    ]
    assert found["counts"]["documents"] == 5
    assert [line.split(":")[1] for line in done.stderr.splitlines()] == [
        str(problem["line"]) for problem in found["problems"]
    ]


def test_strict_turns_problems_into_exit_code_1(tmp_path: Path) -> None:
    """Done all the same: the summary is printed."""
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "short.txt").write_text(SHORT, encoding="utf-8")

    done = run("report", str(tmp_path), "--strict")

    assert done.returncode == 1
    assert done.stdout == "2 documents \u00b7 no copies found\n1 problem: 1 too short\n"
    assert done.stderr == "short.txt: 'short.txt': 19 letters, too short to compare (40 are needed)\n"


def test_strict_without_problems_is_0(archive: Path) -> None:
    """Copies are no problem."""
    assert run("report", str(archive), "--strict", "--no-rank").returncode == 0


def test_what_a_run_took_is_said_last(archive: Path) -> None:
    """Documents, seconds, and the most memory where the system tells it; on standard error."""
    archive.write_bytes(archive.read_bytes() + b"{broken\n")

    done = run_all("report", str(archive), "--no-rank")

    found = SPENT.search(done.stderr)
    assert found
    assert found[1] == "3"
    assert done.stderr.startswith("archive.jsonl:4: ")


def test_quiet_leaves_standard_error_empty(tmp_path: Path) -> None:
    """The count is still in the summary."""
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "short.txt").write_text(SHORT, encoding="utf-8")

    done = run("report", str(tmp_path), "--quiet")

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 problem" in done.stdout


def test_a_flood_of_problems_is_summed_up(tmp_path: Path) -> None:
    """Twenty lines, then a count."""
    (tmp_path / "bad.jsonl").write_bytes(jsonl({"text": STORY}, *["{"] * 30))

    done = run("report", "bad.jsonl", "--no-rank", cwd=tmp_path)

    lines = done.stderr.splitlines()
    assert len(lines) == 21
    assert "10 more problems" in lines[-1]


def test_a_document_larger_than_max_bytes_is_named(tmp_path: Path) -> None:
    """The next line is read."""
    (tmp_path / "big.jsonl").write_bytes(jsonl({"text": "x" * 5000}, {"id": "b", "text": STORY}))

    done = run("report", "big.jsonl", "--max-bytes", "1000", cwd=tmp_path)

    assert done.stdout.startswith("1 document ")
    assert done.stderr.startswith("big.jsonl:1: ")


def test_order_and_workers_leave_no_trace(tmp_path: Path) -> None:
    """Byte-identical JSON, ranking included."""
    records = [{"id": f"{n:03}", "text": STORY.replace("900", str(n)) + OTHER * (n % 3)} for n in range(100)]
    outputs = set()
    for number, (order, workers) in enumerate(((1, "1"), (-1, "2"))):
        path = tmp_path / str(number) / "archive.jsonl"
        path.parent.mkdir()
        path.write_bytes(jsonl(*records[::order]))
        done = run("report", "archive.jsonl", "--json", "-", "--workers", workers, cwd=path.parent)
        assert done.returncode == 0
        outputs.add(done.stdout)

    assert len(outputs) == 1


def test_a_closed_pipe_is_no_error(archive: Path) -> None:
    """As under `dedup report ... | head -0`."""
    read_end, write_end = os.pipe()
    os.close(read_end)

    done = subprocess.run(
        [*PROGRAM, "report", str(archive), "--no-rank"],
        cwd=ROOT,
        stdout=write_end,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write_end)

    assert (done.returncode, done.stderr) == (0, b"")


def test_a_packed_archive_is_read(tmp_path: Path, archive: Path) -> None:
    """.jsonl.gz means the archive inside."""
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(archive.read_bytes()))

    done = run("report", str(tmp_path / "packed.jsonl.gz"), "--no-rank")

    assert done.stdout.startswith("3 documents")


def test_compare_explains_a_pair(tmp_path: Path) -> None:
    """Word for word what is printed for two stories with a sentence in common."""
    shared = "the bridge over the river will stay closed until the end of the month"
    (tmp_path / "a.txt").write_text(f"Mayor says {shared} 12 days later than planned", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"Drivers complain that {shared}", encoding="utf-8")

    done = run("compare", "a.txt", "b.txt", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[1:3] == ["  left   a.txt", "  right  b.txt"]
    assert lines[lines.index("Shared: 1 passage") + 1] == f"  - {shared}"
    assert "  words: Mayor says days later than planned" in done.stdout
    assert "  numbers: 12\n" in done.stdout


def test_compare_of_a_short_story_says_why_not(tmp_path: Path) -> None:
    """A verdict on five words would be worth nothing."""
    (tmp_path / "a.txt").write_text(SHORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")

    done = run("compare", "a.txt", "b.txt", cwd=tmp_path)

    assert done.stdout.startswith("not compared\n")
    assert "  the left document has 19 letters, too short to compare (40 are needed)\n" in done.stdout


def test_compare_reads_standard_input(tmp_path: Path) -> None:
    """`-` serves as the second story."""
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")

    done = run("compare", "a.txt", "-", cwd=tmp_path, stdin=STORY.encode("utf-8"))

    assert done.stdout.startswith("identical: ")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gone.txt", None, "no such file; if it is the id of a story, name its archive with --archive"),
        ("bytes.txt", bytes(range(256)) * 20, "binary"),
        ("two.jsonl", jsonl({"text": STORY}, {"text": OTHER}), "expected one story, found several"),
    ],
)
def test_compare_refuses_what_is_not_one_story(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    """Exit code 2 and one line."""
    if content is not None:
        (tmp_path / name).write_bytes(content)

    done = run("compare", name, name, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"dedup: {name}: ")
    assert reason in done.stderr


def test_the_version_is_printed() -> None:
    """The same as the package's."""
    assert run("--version").stdout == "dedup 0.1.0\n"


def test_ctrl_c_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback; the code a shell expects."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dedup.cli.report_command.find", interrupted)

    assert main(["report", "seeds"]) == 130
    assert capsys.readouterr().err == "dedup: interrupted\n"


def test_a_full_disk_is_said_in_one_line() -> None:
    """No traceback, exit code 2."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "report", "seeds", "--no-rank"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (done.returncode, done.stderr) == (2, b"dedup: -: cannot be written: No space left on device\n")


def test_a_closed_standard_output_is_said_in_one_line() -> None:
    """As under `>&-` of a shell."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m dedup report seeds --no-rank >&-"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.startswith(b"dedup: standard output is closed")


def test_a_closed_standard_error_is_nobody_s_loss(tmp_path: Path) -> None:
    """Problems are not printed among the results instead."""
    (tmp_path / "bad.jsonl").write_bytes(jsonl({"text": STORY}, "{"))

    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m dedup report bad.jsonl --no-rank 2>&-"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "1 document \u00b7 no copies found",
        "1 problem: 1 unreadable",
    ]


@pytest.mark.parametrize("other", ["archive.jsonl", "./archive.jsonl"])
def test_a_result_never_overwrites_an_input(archive: Path, other: str) -> None:
    """However the input is spelt."""
    before = archive.read_bytes()

    done = run("report", "archive.jsonl", "--json", other, cwd=archive.parent)

    assert (done.returncode, archive.read_bytes()) == (2, before)
    assert "expected a file that is not an input or another output" in done.stderr


def test_a_file_given_twice_is_read_once(archive: Path) -> None:
    """It is no copy of itself."""
    done = run("report", str(archive), "archive.jsonl", "--no-rank", cwd=archive.parent)

    assert done.stdout.startswith("3 documents")
    assert done.stderr == "archive.jsonl: it was given before; read once\n"


def test_compare_of_a_damaged_file_uses_what_was_read(tmp_path: Path) -> None:
    """And says that something is missing."""
    packed = gzip.compress((STORY * 20).encode("utf-8"))
    (tmp_path / "cut.txt.gz").write_bytes(packed[:-9])
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")

    done = run("compare", "cut.txt.gz", "b.txt", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr.startswith("cut.txt.gz: ")


def test_the_longest_can_represent(tmp_path: Path) -> None:
    """`--representative longest` reaches the recipe."""
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")

    done = run("report", "a.txt", "--representative", "longest", "--json", "-", cwd=tmp_path)

    assert json.loads(done.stdout)["recipe"]["representative"] == "longest"


def test_the_doctor_tells_what_runs() -> None:
    """On standard output, for a bug report."""
    done = run("doctor")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("dedup ")
    assert "\nkernel " in done.stdout


def test_tune_holds_the_settings_against_labelled_pairs(tmp_path: Path) -> None:
    """Figures for each label at the given bounds, then advice."""
    pairs = [
        {"a_text": STORY, "b_text": f"{STORY} !", "label": "near-duplicate"},
        {"left": STORY, "right": "word " * 30, "label": "unrelated"},
    ]
    lines = "".join(f"{json.dumps(pair)}\n" for pair in pairs)
    (tmp_path / "pairs.jsonl").write_text(lines, encoding="utf-8")

    done = run("tune", "pairs.jsonl", "--partial", "0.2", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stdout.startswith(
        "2 labelled pairs, judged with --joining normal --partial 0.2\n"
        "  near-duplicate  precision 1.000  recall 1.000  F1 1.000\n"
    )
    assert done.stdout.endswith(
        "advice: keep the settings; no others do better on pairs they were not chosen on\n"
    )


def test_tune_writes_settings_that_other_commands_take(tmp_path: Path) -> None:
    """Where nothing does better they are those it was given."""
    known = {"a_text": STORY, "b_text": f"{STORY} !", "label": "near-duplicate"}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(known), encoding="utf-8")
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")

    tuned = run("tune", "pairs.jsonl", "--joining", "strict", "--write", "recipe.json", cwd=tmp_path)
    done = run("report", "a.txt", "--recipe", "recipe.json", "--json", "-", cwd=tmp_path)

    written = (tmp_path / "recipe.json").read_text(encoding="utf-8")
    assert tuned.returncode == 0
    assert Recipe.from_json(json.loads(written)) == Recipe(joining="strict")
    assert written.endswith("}\n")
    assert json.loads(done.stdout)["recipe"] == json.loads(written)


def test_tune_learns_the_boilerplate_of_the_archive(tmp_path: Path) -> None:
    """What four stories end with is no copy once the archive says so; one that is not there is named."""
    notice = "every week the readers of this paper find the open letters of the editors on page nine"
    own = ("seven boats left harbour", "rain fell on terraces", "a choir sang at noon", "two wells ran dry")
    stories = [f"{name} while old clerks of {name} counted {name} twice. {notice}" for name in own]
    for number, story in enumerate(stories):
        (tmp_path / f"{number}.txt").write_text(story, encoding="utf-8")
    pairs = [{"a_text": notice, "b_text": stories[0], "label": "unrelated"}]
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pairs[0]), encoding="utf-8")
    inputs = [f"--archive={number}.txt" for number in range(4)]

    alone = run("tune", "pairs.jsonl", cwd=tmp_path)
    known = run("tune", "pairs.jsonl", *inputs, cwd=tmp_path)
    missing = run("tune", "pairs.jsonl", "--archive=nowhere", cwd=tmp_path)

    assert alone.returncode == known.returncode == 0
    assert alone.stdout != known.stdout
    assert missing.returncode == 2
    assert "nothing readable in nowhere" in missing.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "dedup: pairs.jsonl: cannot be read: No such file or directory\n"),
        ("", "dedup: there are no labelled pairs to tune on\n"),
        ('{"left": "a"}\n', "dedup: pairs.jsonl line 1: no two texts; "),
    ],
)
def test_tune_names_what_it_cannot_use(tmp_path: Path, content: str | None, said: str) -> None:
    """The file, and the line."""
    if content is not None:
        (tmp_path / "pairs.jsonl").write_text(content, encoding="utf-8")

    done = run("tune", "pairs.jsonl", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)


def test_two_stories_of_an_archive_are_compared_by_their_ids(archive: Path) -> None:
    """As a report names them."""
    done = run("compare", "a", "b", "--archive", str(archive))

    assert done.returncode == 0
    assert done.stdout.startswith("identical: the folded texts are equal")
    assert "  left   a\n  right  b\n" in done.stdout


def test_an_id_that_the_archive_does_not_have_is_named(archive: Path) -> None:
    """Nothing is compared."""
    done = run("compare", "a", "z", "--archive", str(archive))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "dedup: no story of the archive has the id 'z'; use the ids that a report shows\n"


def test_the_ids_nearest_to_a_wrong_one_are_proposed(tmp_path: Path) -> None:
    """Those that end like it first, as where the name of the file was left out."""
    path = tmp_path / "in.jsonl"
    stories = ({"id": f"wire:{number}", "text": made_up_news.story(number)} for number in (187, 188, 95))
    path.write_text("".join(f"{json.dumps(each)}\n" for each in stories), encoding="utf-8")

    left_out, mistyped = (
        run("compare", name, "wire:95", "--archive", str(path)) for name in ("187", "wire:178")
    )

    assert left_out.stderr == "dedup: no story of the archive has the id '187'; did you mean 'wire:187'?\n"
    assert "'wire:178'; did you mean 'wire:188' or 'wire:187'?" in mistyped.stderr


def test_an_archive_is_compared_without_its_boilerplate(tmp_path: Path) -> None:
    """As the report does: the notice that all stories end with is no overlap."""
    notice = made_up_news.story(99, words=60)
    lines = [{"id": str(n), "source": "x", "text": f"{made_up_news.story(n)}\n{notice}"} for n in range(24)]
    (tmp_path / "news.jsonl").write_bytes(jsonl(*lines))
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(lines[number]["text"], encoding="utf-8")

    alone = run("compare", "0.txt", "1.txt", cwd=tmp_path)
    inside = run("compare", "0", "1", "--archive", "news.jsonl", cwd=tmp_path)

    assert alone.stdout.startswith("partial: ")
    assert inside.stdout.startswith("not copies of each other")


def test_a_comparison_is_written_as_a_page(archive: Path, tmp_path: Path) -> None:
    """Beside the explanation, or in its place; never over what was read."""
    page = tmp_path / "pair.html"

    done = run("compare", "a", "b", "--archive", str(archive), "--html", str(page))
    printed = run("compare", "a", "b", "--archive", str(archive), "--html", "-")
    refused = run("compare", "a", "b", "--archive", str(archive), "--html", str(archive))

    assert done.stdout.startswith("identical: ")
    assert printed.stdout == page.read_text(encoding="utf-8")
    assert "<title>a \u2013 b</title>" in printed.stdout
    assert STORY in printed.stdout
    assert refused.returncode == 2
