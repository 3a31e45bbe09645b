"""Field names used by common tools and corpora."""

from collections.abc import Mapping

from dedup.input.fields import Fields
from dedup.model.errors import SettingError

PRESETS: Mapping[str, Fields] = {
    # NewsArticle.get_serializable_dict(), also of its extracts of Common Crawl's news; older releases: `text`
    "news-please": Fields(
        text=("maintext", "text"), source=("source_domain",), published=("date_publish",), url=("url",)
    ),
    # trafilatura.xml.build_json_output(): the address is called `source`
    "trafilatura": Fields(
        text=("text", "raw_text"),
        source=("source-hostname", "hostname", "sitename"),
        published=("date",),
        url=("source", "url"),
    ),
    # Common Crawl, as its best known extracts name things: all dates but those of cc-news are of the crawl
    "cc-news": Fields(source=("domain",), published=("date",)),
    "c4": Fields(published=("timestamp",)),
    "fineweb": Fields(published=("date",)),
    "oscar": Fields(
        id=("warc_headers.warc-record-id",),
        text=("content",),
        published=("warc_headers.warc-date",),
        url=("warc_headers.warc-target-uri",),
    ),
    "ccnet": Fields(
        id=("digest",), text=("raw_content",), source=("source_domain",), published=("date_download",)
    ),
    # items of a JSON Feed 1.1
    "json-feed": Fields(
        text=("content_text",),
        html=("content_html",),
        source=("authors.0.name",),
        published=("date_published",),
    ),
    # entries of feedparser, written as JSON
    "feedparser": Fields(
        text=(),
        html=("content.0.value", "summary"),
        source=("source.title",),
        published=("published", "updated"),
        url=("link",),
    ),
    # news items of IPTC, versions 1 and 2
    "ninjs": Fields(
        id=("uri", "guid"),
        text=("body_text",),
        html=("body_xhtml", "body_html", "bodies.main.value", "bodies.0.value"),
        title=("headline", "headlines.main.value", "headlines.0.value"),
        source=("copyrightholder", "copyrightHolder", "source", "infosources.0.name", "infoSources.0.name"),
        published=("versioncreated", "versionCreated", "firstcreated", "firstCreated"),
        version=("version", "versioncreated", "versionCreated"),
    ),
    "mediacloud": Fields(
        id=("id", "stories_id"),
        text=("text", "story_text"),
        source=("media_name",),
        published=("publish_date",),
    ),
    # article lists of its DOC 2.0 API, whose only text is the title
    "gdelt": Fields(
        id=("url",), text=("title",), title=("title",), source=("domain",), published=("seendate", "date")
    ),
    "eventregistry": Fields(
        id=("uri",),
        text=("body",),
        source=("source.title", "source.uri"),
        published=("dateTimePub", "dateTime"),
    ),
    "newscatcher": Fields(
        id=("id", "_id"),
        text=("content", "summary"),
        source=("name_source", "domain_url", "clean_url"),
        published=("published_date",),
        url=("link",),
    ),
    "miniflux": Fields(text=(), html=("content",), source=("feed.title",), published=("published_at",)),
    # responses of its Google Reader API, and its export of favourites
    "freshrss": Fields(
        text=(),
        html=("content.content", "summary.content"),
        source=("origin.title",),
        url=("canonical.0.href", "alternate.0.href"),
    ),
}
"""Fields by the name of the tool or corpus."""


def preset(name: str) -> Fields:
    """Return the fields of a preset.

    Raises:
        SettingError: There is none of that name.
    """
    if name not in PRESETS:
        raise SettingError("preset", name, f"expected one of {', '.join(PRESETS)}")
    return PRESETS[name]
