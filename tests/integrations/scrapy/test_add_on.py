"""The add-on."""

import pytest

pytest.importorskip("scrapy")


def test_an_add_on_without_an_index_is_off() -> None:
    """And adds nothing; with one it adds the pipeline, unless the project has it already."""
    from scrapy.exceptions import NotConfigured
    from scrapy.settings import Settings

    from dedup.integrations.scrapy import DedupAddon, DedupPipeline

    with pytest.raises(NotConfigured):
        DedupAddon().update_settings(Settings())
    added = Settings({"DEDUP_INDEX": "x", "DEDUP_PRIORITY": 7})
    theirs = Settings({"DEDUP_INDEX": "x", "ITEM_PIPELINES": {DedupPipeline: 3}})
    for settings in (added, theirs):
        DedupAddon().update_settings(settings)

    assert dict(added["ITEM_PIPELINES"]) == {"dedup.integrations.scrapy.DedupPipeline": 7}
    assert list(theirs["ITEM_PIPELINES"].values()) == [3]
