"""Scrapy add-on and item pipeline that check an index before an item is stored.

    ADDONS = {"dedup.integrations.scrapy.DedupAddon": 500}
    DEDUP_INDEX = "news.dedup"

A story counts as seen only once its item is safe: it has passed all pipelines, and the feeds have written it.
Until then it is on hold; if another pipeline drops the item or fails, or the process is killed, it counts as
never offered. Settings:

    DEDUP_INDEX        the index file, or postgresql://user@host/database; without it the pipeline is off
    DEDUP_MODE         `tag` (the default) adds a field, `drop` drops copies
    DEDUP_FIELDS       names of fields in items, {"text": "body"}; by default those of a document
    DEDUP_TAG_FIELD    the field for the tag, `dedup`; items that cannot have it stay untagged
    DEDUP_SKIP_FIELD   items in which this field is true are ignored, `dedup_skip`
    DEDUP_KEEP         `written` (the default) keeps a story once every feed has its item: a local file when
                       it is flushed to the disk, other storages when the crawl ends and all were sent;
                       `scraped` once its item has passed all pipelines
    DEDUP_ON_ERROR     what happens if the index cannot be used: `stop` (the default) stops the crawl, `pass`
                       lets items through unchecked
    DEDUP_RETRY        seconds for which an index that cannot be reached is tried again, 60
    DEDUP_WAIT         seconds for which a copy waits while its match is only on hold, 10; after that the copy
                       is passed on
    DEDUP_VERSIONS     `follow` (the default) lets through copies that are a tenth longer, and changed stories
                       under a known id or URL; `longest` only the longer copies; `first` neither
    DEDUP_CROSS_SOURCE whether only stories of different sources are compared, False
    DEDUP_SOURCES      preferred sources: a copy passes if the stored story is of a source that comes later in
                       this list, or is not in it
    DEDUP_TIMEOUT      seconds to wait for another process that uses the index, 30
    DEDUP_WINDOW       seconds, or a time such as `30d`, after which a story that was not offered again is
                       forgotten
    DEDUP_CAPACITY     maximum number of stories; those not offered for the longest time are forgotten
    DEDUP_PRIORITY     priority of the pipeline if the add-on adds it, 250

The names of its stats begin with `dedup/`. It works with Scrapy 2.14 and newer, on any reactor.
"""

from dedup.integrations.scrapy.add_on import DedupAddon
from dedup.integrations.scrapy.item_pipeline import DedupPipeline, DuplicateStory

__all__ = ["DedupAddon", "DedupPipeline", "DuplicateStory"]
