"""The fold table: the rule of each row, and the packaged file that holds the rule."""

import itertools
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from dedup.core import fold_table
from dedup.core.fold_table import DROP, LOOK_UP, TABLE, folded, make_table, unpack
from dedup.text.fold import fold

SPECIFIED = {
    "ا": "0622 0623 0625 0671 0672 0673 0675 0773 0774 0870 0882",
    "ی": "0649 064A 0626 0620 063D 063F 0678 06CD 06CE 06D0 06D3 0775 0777 077A 077B 0886 08A8 08A9 08BA",
    "ک": "0643 06AA 06AE 063B 063C 0762 0764 077F 08B4 08C2",
    "ه": "0629 06BE 06C0 06C3 06D5 06FF",
    "و": "0624 0676 0677 06C4 06CB 06CF 0778 0779 08AB 08B1",
    "گ": "06B0 06B4 08B0 08C8",
    "ژ": "0699",
    "پ": "08B7",
    "ن": "06B9 06BA 06BD 0767 0769 08BD",
    "ل": "06B5 06B8 076A 08A6 08C7",
    "م": "0765 0766 08A7",
    "ر": "0691 0697 06EF 075B 076B 076C 0771 08AA 08B2",
    "د": "0688 068B 068D 0690 06EE 0759 075A 08AE",
    "ذ": "068C 068E 068F",
    "ت": "0679 067A 067C 067D 067F 08B8",
    "ب": "066E 067B 0680 0750 0752 0754 0756 08A0 08A1 08B6",
    "ف": "06A1 06A6 0760 0761 08A4",
    "ق": "066F 06A7 06A8 08A5 08BC",
    "ج": "0683 0684 08A2",
    "چ": "0687 06BF 0758 08C1",
    "ح": "0681 0682 0685 0757 076E 076F 0772 077C",
    "س": "069A 069B 075C 076D 0770 077D 077E",
    "ش": "069C 06FA",
    "ص": "069D 08AF",
    "ض": "069E 06FB",
    "ط": "069F 08A3",
    "ع": "06A0 075D 075F 08B3",
    "غ": "06FC 08C3",
    "": "0621 0674 0640 0883 0885 06E5 06E6 08C9 00AC",
    " ": "FDFA FDFB FD40 FD4F FDCF FDFE FDFF FFFE FFFF",
}
"""Every code point of the fold table; of a range, its ends and its exceptions."""


@pytest.mark.parametrize("letter", SPECIFIED)
def test_each_row_folds_to_its_letter(letter: str) -> None:
    """The rule and the packaged table both give the letter of the row, which itself stays."""
    for code in SPECIFIED[letter].split():
        char = chr(int(code, 16))
        assert folded(ord(char)) == letter, code
        assert str(fold(f"x{char}x")) == f"x{letter}x", code
    assert letter in {"", " "} or folded(ord(letter)) == letter


@pytest.mark.parametrize("letter", "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
def test_every_persian_letter_stays(letter: str) -> None:
    """The 32 letters are what everything else folds to."""
    assert folded(ord(letter)) == letter


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("Å", "a"),
        ("ẞ", "ss"),
        ("\u0345", "ι"),
        ("각", "\u1100\u1161\u11a8"),
        ("㉮", "\u1100\u1161"),
        ("\ue000", ""),
        ("\u1100", "\u1100"),
        ("\ud800", " "),
        ("\u0901", "\u0901"),
        ("\U000e0100", ""),
        ("⑴", " 1 "),
    ],
)
def test_the_rule_of_one_code_point(char: str, expected: str) -> None:
    """Decompose, fold case, unify, until nothing changes; a Korean syllable is its jamo."""
    assert folded(ord(char)) == expected


def packaged() -> dict[str, np.ndarray]:
    """Read the packaged table."""
    with np.load(TABLE, allow_pickle=False) as packed:
        return unpack(packed)


def test_packaged_table_is_well_formed() -> None:
    """Units give a result or where to look it up; codes ascend; each has its slice of the expansions."""
    table = packaged()

    assert table["units"].shape == (0x10000,)
    assert table["units"].dtype == table["expansions"].dtype == np.uint16
    assert table["units"][ord("a")] == ord("a")
    assert table["units"][0x200C] == DROP
    assert (table["units"][0xD800:0xE000] == LOOK_UP).all()
    assert (np.diff(table["codes"].astype(np.int64)) > 0).all()
    assert table["starts"].size == table["codes"].size + 1
    assert table["starts"][0] == 0
    assert table["starts"][-1] == table["expansions"].size


def test_packaged_table_is_the_rule_where_unicode_is_stable() -> None:
    """On every character that Unicode 3.2 had assigned, whatever Unicode this Python knows."""
    old = unicodedata.ucd_3_2_0
    codes = [code for code in range(0x20000) if old.category(chr(code)) not in {"Cn", "Cs"}]

    for some in itertools.batched(codes, 64):
        text = str(fold("".join(f"ل{chr(code)}ل" for code in some)))
        assert text == "".join(_between(folded(code)) for code in some), f"{some[0]:x} to {some[-1]:x}"


def _between(result: str) -> str:
    return "ل" + " ".join(f"<{result}>".split()).replace("<", "").replace(">", "") + "ل"


@pytest.mark.skipif(
    unicodedata.unidata_version != str(packaged()["unicode"]), reason="this Python knows another Unicode"
)
def test_packaged_table_is_the_rule() -> None:
    """A table made today, all code points with rules, equals the packaged one bit for bit."""
    made, stored = make_table(), packaged()

    assert sorted(made) == sorted(stored)
    for name, values in made.items():
        assert values.dtype == stored[name].dtype
        assert np.array_equal(values, stored[name]), name


def test_code_points_without_a_row_stay_as_they_are() -> None:
    """Planes left out of the table hold nothing that the rule would change."""
    rest = set(range(0x20000, 0xF0000)) - set(fold_table.PLANES_WITH_RULES)
    assigned = [code for code in rest if unicodedata.category(chr(code)) != "Cn"]

    assert assigned
    assert [code for code in assigned if folded(code) != chr(code)] == []


def test_the_module_writes_the_table_beside_itself(tmp_path: Path) -> None:
    """Run as a script, it makes fold_table.npz in its own folder."""
    script = tmp_path / "fold_table.py"
    script.write_bytes(Path(fold_table.__file__).read_bytes())

    subprocess.run([sys.executable, script], check=True, timeout=60)

    with np.load(tmp_path / "fold_table.npz", allow_pickle=False) as made:
        assert sorted(made) == ["cases", "codes", "expansions", "starts", "unicode", "units"]
