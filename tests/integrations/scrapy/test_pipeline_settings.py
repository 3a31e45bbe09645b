"""Settings of the pipeline."""

import re
from pathlib import Path

import pytest

from tests.made_up_news import story

pytest.importorskip("scrapy")


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({}, "NotConfigured", "DEDUP_INDEX is not set"),
        ({"DEDUP_MODE": "split"}, "SettingError", "DEDUP_MODE='split' is not usable: expected tag or drop"),
        (
            {"DEDUP_KEEP": "never"},
            "SettingError",
            "DEDUP_KEEP='never' is not usable: expected written or scraped",
        ),
        ({"DEDUP_ON_ERROR": "x"}, "SettingError", "DEDUP_ON_ERROR='x' is not usable: expected stop or pass"),
        (
            {"DEDUP_WINDOW": "30x"},
            "SettingError",
            "DEDUP_WINDOW='30x' is not usable: expected a time such as 30d",
        ),
        (
            {"DEDUP_VERSIONS": "newest"},
            "SettingError",
            "DEDUP_VERSIONS='newest' is not usable: expected follow, longest or first",
        ),
        (
            {"DEDUP_MODES": "drop"},
            "SettingError",
            "DEDUP_MODES='drop' is not usable: no such setting; expected DEDUP_MODE",
        ),
        (
            {"DEDUP_FIELDS": {"txt": "body"}},
            "SettingError",
            "DEDUP_FIELDS['txt']='body' is not usable: no such setting; expected text",
        ),
        ({"DEDUP_INDEX": "/nowhere/news.dedup"}, "IndexFileError", "the folder '/nowhere' does not exist"),
    ],
    ids=str,
)
def test_a_wrong_setting_ends_the_crawl_before_it_starts(
    settings: dict[str, object], error: str, message: str, tmp_path: Path
) -> None:
    """Without an index the pipeline is off; whatever else is wrong is an error, not a warning."""
    from scrapy.utils.test import get_crawler

    from dedup.integrations.scrapy import DedupPipeline

    index = {"DEDUP_INDEX": str(tmp_path / "news.dedup")} if settings else {}
    with pytest.raises(Exception, match=re.escape(message)) as raised:
        DedupPipeline.from_crawler(get_crawler(settings_dict={**index, **settings}))

    assert raised.type.__name__ == error


def test_settings_choose_what_passes(tmp_path: Path) -> None:
    """Versions, sources, and how long to wait for others; lists as Scrapy spells them."""
    from scrapy.settings import BaseSettings

    from dedup.integrations.scrapy.pipeline_settings import PipelineSettings

    given = {
        "DEDUP_INDEX": str(tmp_path / "news.dedup"),
        "DEDUP_VERSIONS": "first",
        "DEDUP_CROSS_SOURCE": "True",
        "DEDUP_SOURCES": "wire,paper",
        "DEDUP_TIMEOUT": "2.5",
    }
    settings = PipelineSettings.read(BaseSettings(given))
    with settings.opened() as prefilter:
        answers = [
            prefilter.check_and_add({"id": f"{source} {number}", "text": story(1), "source": source})
            for number, source in enumerate(("blog", "blog", "paper", "wire"))
        ]

    assert settings.timeout == 2.5
    assert [answer.stored for answer in answers] == [True, True, True, True]
    assert [str(answer.relation) for answer in answers] == ["new", "new", "copy", "copy"]
