"""Content -> a piece of text that a page can carry: JSON, deflated, in base64.

Base64 holds no markup, so nothing that a document says can end the element it is carried in, and text
costs a third of itself. The page unpacks a piece when it is looked at (`store.js`).
"""

import base64
import json
import zlib

type Json = str | int | float | bool | list[Json] | dict[str, Json] | None

LEVEL = 6
"""Of deflate: the library's own balance of size and time."""


def packed(content: Json) -> str:
    """Pack `content`; equal content gives equal text. Half a surrogate pair is escaped, as JSON allows."""
    written = json.dumps(
        content, ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")
    )
    return base64.b64encode(zlib.compress(written.encode("utf-8", "backslashreplace"), LEVEL)).decode("ascii")
