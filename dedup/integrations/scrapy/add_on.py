"""The Scrapy add-on, which adds the pipeline to a project."""

from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from dedup.integrations.scrapy.item_pipeline import DedupPipeline

PRIORITY = 250
_PIPELINE = "dedup.integrations.scrapy.DedupPipeline"


class DedupAddon:
    """Adds the pipeline to a project that does not have it yet."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the pipeline.

        Raises:
            NotConfigured: DEDUP_INDEX is not set.
        """
        if not settings.get("DEDUP_INDEX"):
            raise NotConfigured("DEDUP_INDEX is not set; expected an index file or address")
        # changed in place: a value set here would have a lower priority than the project's
        pipelines = settings["ITEM_PIPELINES"]
        if _PIPELINE not in pipelines and DedupPipeline not in pipelines:
            pipelines[_PIPELINE] = settings.getint("DEDUP_PRIORITY", PRIORITY)
