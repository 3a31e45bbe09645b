"""Pack content for the page: JSON, deflated, in base64.

Base64 contains no markup, so no document text can end the element around it, and deflated text takes a third
of its size. The page unpacks a piece when it is needed (`store.js`).
"""

import base64
import json
import zlib

type Json = str | int | float | bool | list[Json] | dict[str, Json] | None

LEVEL = 6
"""Compression level of deflate, its default."""


def packed(content: Json) -> str:
    """Pack `content`; equal content gives equal text. Lone surrogates are escaped."""
    written = json.dumps(
        content, ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")
    )
    return base64.b64encode(zlib.compress(written.encode("utf-8", "backslashreplace"), LEVEL)).decode("ascii")
