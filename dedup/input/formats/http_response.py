"""Parse an HTTP response from an archive, and unpack its page.

Source: RFC 9112 (HTTP/1.1), sections 6 and 7.
"""

import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from dedup.input.compression import DamageError, packing_of
from dedup.model.errors import ReadingError
from dedup.model.extras import optional

_HEAD_BYTES = 256 * 1024
_PACKED_TIMES = 2
_CHUNK = 256 * 1024
_TAG = re.compile(rb"\s*<")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1024})?\r?\n")


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A response.

    Attributes:
        status: Status code; 0 if there is none.
        kind: Media type in lower case, such as `text/html`; empty if none was given.
        charset: The declared encoding; empty if there is none.
        body: The body as sent.
        packings: Content codings of the body, in the order in which they were applied.
        chunked: Whether the body is in chunks.
    """

    status: int
    kind: str
    charset: str
    body: bytes
    packings: tuple[str, ...]
    chunked: bool

    def unpacked(self, *, max_bytes: int) -> bytes:
        """Return the unpacked body; archives often store it unpacked although the headers say otherwise.

        Raises:
            ReadingError: Its coding is not supported, it is damaged, or has more than `max_bytes`.
        """
        if len(self.packings) > _PACKED_TIMES:
            raise ReadingError(f"it is packed {len(self.packings)} times over, which is not read")
        body = _joined(self.body) if self.chunked else self.body
        for packing in reversed(self.packings):
            body = _inflated(body, packing, max_bytes=max_bytes)
        if len(body) > max_bytes:
            raise ReadingError(f"it is larger than {max_bytes} bytes")
        return body


def parse_headers(head: bytes) -> dict[str, str]:
    """Parse header lines (`Name: value`) by lower-case name; the first of equal names counts."""
    fields: dict[str, str] = {}
    for line in head.splitlines():
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def media_type(fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the media type and the charset of headers; empty if there is none."""
    value = fields.get("content-type", "")
    charset = _CHARSET.search(value)
    return value.partition(";")[0].strip().lower(), charset[1] if charset else ""


def parse_response(data: bytes) -> HttpResponse:
    """Parse a response; without headers, all of it is the body."""
    blank = _BLANK_LINE.search(data, 0, _HEAD_BYTES)
    head, body = (data[: blank.start()], data[blank.end() :]) if blank else (b"", data)
    status = re.match(rb"HTTP/[\d.]+ +(\d{3})\b", head)
    fields = parse_headers(head)
    kind, charset = media_type(fields)
    packings = [name.strip() for name in fields.get("content-encoding", "").lower().split(",")]
    return HttpResponse(
        int(status[1]) if status else 0,
        kind,
        charset,
        body,
        tuple(name for name in packings if name not in {"", "identity"}),
        "chunked" in fields.get("transfer-encoding", "").lower(),
    )


def _joined(body: bytes) -> bytes:
    """Join chunks; a body that is not in chunks is returned unchanged."""
    parts: list[bytes] = []
    start = 0
    while size := _SIZE.match(body, start):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        start = size.end() + length
        start += len(b"\r\n")
    return b"".join(parts) if parts else body


def _inflated(body: bytes, packing: str, *, max_bytes: int) -> bytes:
    if packing == "br":
        return _without_brotli(body, max_bytes=max_bytes)
    if packing == "zstd":
        return _without_zstandard(body, max_bytes=max_bytes)
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise ReadingError(f"it is packed as {packing[:20]!r}, which is not read")
    is_gzip = body.startswith(b"\x1f\x8b")
    if packing != "deflate" and not is_gzip:
        return body
    for bits in (47,) if is_gzip else (15, -15):
        with suppress(zlib.error):
            return zlib.decompressobj(bits).decompress(body, max_bytes + 1)
    if packing == "deflate":
        return body
    raise ReadingError("its packed data is damaged")


def _without_brotli(body: bytes, *, max_bytes: int) -> bytes:
    brotli = optional("brotli", what="a page that is packed as Brotli", library="brotli", extra="warc")
    unpacker = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    data = body
    try:
        while size <= max_bytes and not unpacker.is_finished():
            parts.append(unpacker.process(data, output_buffer_limit=_CHUNK))
            size += len(parts[-1])
            data = b""
            if not parts[-1] and unpacker.can_accept_more_data():
                break
    except brotli.error:
        if _TAG.match(body):  # archives often store a page unpacked although the headers say otherwise
            return body
        raise ReadingError("its packed data is damaged") from None
    return b"".join(parts)


def _without_zstandard(body: bytes, *, max_bytes: int) -> bytes:
    packing = packing_of("zst")
    if packing is None or not body.startswith(packing.magic):
        return body
    parts: list[bytes] = []
    size = 0
    try:
        for part in packing.unpack(BytesIO(body), _CHUNK):
            parts.append(part)
            size += len(part)
            if size > max_bytes:
                break
    except DamageError:
        raise ReadingError("its packed data is damaged") from None
    return b"".join(parts)
