"""What is blanked of the credits of a text."""

import pytest

from dedup.text.without_credits import without_credits


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("به گزارش ایسنا، پل باز شد.", "، پل باز شد."),
        ("به گزارش ایسنا پل باز شد.", "پل باز شد."),
        ("به گزارش خبرنگار مهر، پل باز شد.", "، پل باز شد."),
        ("به گزارش گروه دفاعی خبرگزاری تسنیم، پل باز شد.", "، پل باز شد."),
        ("به گزارش آوای رود به نقل از رویترز، پل باز شد.", "، پل باز شد."),
        ("به نقل از «پیک بامداد» پل باز شد.", "پل باز شد."),
        ("به نقل از روابط عمومی شهرداری، پل باز شد.", "، پل باز شد."),
        ("نقلا عن وكالة رويترز، افتتح الجسر.", "، افتتح الجسر."),
        ("(Reuters) - The bridge opened.", "- The bridge opened."),
        ("According to the Associated Press, the bridge opened.", ", the bridge opened."),
        ("Reuters reports: the bridge opened.", ": the bridge opened."),
        ("据法新社报道，大桥开通。", "，大桥开通。"),
        ("", ""),
    ],
)
def test_a_credit_is_blanked(text: str, left: str) -> None:
    """A known name up to its end, an unknown one if a comma or the like ends it; the length stays."""
    (blanked,) = without_credits([text])

    assert " ".join(blanked.split()) == left
    assert len(blanked) == len(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("به گزارش مهر پل باز شد.", "مهر پل باز شد."),  # nothing ends the name
        ("به گزارش آوای رود پل باز شد، و", "آوای رود پل باز شد، و"),  # five words are no name
        ("به نقل از مهتابی رئیس هیات، پل باز شد.", "مهتابی رئیس هیات، پل باز شد."),  # a person
        ("به گزارش خبرنگار ما پل باز شد.", "ما پل باز شد."),
        ("The strike was called off, Reuters - The bridge", "The strike was called off, The bridge"),
        ("(the strike was called off, AFP) The bridge", "(the strike was called off, AFP) The bridge"),
        ("Reuters moved its office.", "Reuters moved its office."),
    ],
)
def test_what_may_be_news_is_not_blanked(text: str, left: str) -> None:
    """Beside a name or after a cue; the cue alone is blanked."""
    assert " ".join(without_credits([text])[0].split()) == left


def test_credits_beyond_the_opening_stay() -> None:
    """It has 500 characters; each text is blanked for itself."""
    late = "پل باز شد. " * 60 + "به گزارش ایسنا، پل باز شد."

    assert without_credits([late, "(AFP)"]) == [late, "     "]
