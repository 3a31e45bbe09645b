"""What an address says, and how it is written down without its password.

Messages of the client library quote what they could not read, so an address that it may read otherwise
than its author meant (a password with `@`, `/` or `:` in it) is refused here, without quoting it.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from dedup.model.errors import SettingError

SCHEMA = "dedup"
"""The schema where the address names none."""
_LONGEST = 63
"""Bytes of a name in PostgreSQL."""
_NO_NAME = re.compile("[\0\ud800-\udfff]|^\\$user$")
"""What no schema is called; in a search path `$user` is whoever asks, however it is quoted."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that was read.

    Attributes:
        settings: What the client library is given, the password among it.
        schema: The schema that holds the tables: `?schema=NAME` in the address.
        shown: The address without passwords, for messages.
    """

    settings: dict[str, str]
    schema: str
    shown: str

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"


def read_address(address: str) -> Address:
    """Read `postgresql://user:password@host:port/database?schema=name&more=settings`.

    Raises:
        SettingError: It cannot be read; the message does not quote it.
    """
    base, _, query = address.partition("?")
    person, at, rest = base.partition("://")[2].rpartition("@")
    if "@" in person + query or "/" in person or (at and person.count(":") > 1):
        raise _unreadable()
    pairs = parse_qsl(query, keep_blank_values=True)
    schema = next((value for name, value in reversed(pairs) if name == "schema"), SCHEMA)
    if not 0 < len(schema.encode("utf-8", "surrogatepass")) <= _LONGEST or _NO_NAME.search(schema):
        raise SettingError("schema", schema, f"a name of 1 to {_LONGEST} bytes in UTF-8, and not $user")
    others = "&".join(part for part in query.split("&") if unquote(part.partition("=")[0]) != "schema")
    try:
        settings = conninfo_to_dict(f"{base}?{others}" if others else base)
    except (psycopg.Error, UnicodeError):
        raise _unreadable() from None
    found = {name: str(value) for name, value in settings.items() if value is not None}
    if any(port and not port.isdecimal() for port in found.get("port", "").split(",")):
        raise _unreadable()
    host = rest.partition("/")[0] if found.get("host") else ""
    return Address(found, schema, _shown(found, schema=schema, authority=host))


def _unreadable() -> SettingError:
    return SettingError(
        "index",
        "postgresql://...",
        "postgresql://user@host:port/database, where @ : / ? and % in a name or a password are written "
        "%40 %3A %2F %3F %25; a password is safer in ~/.pgpass or PGPASSWORD",
    )


def _shown(settings: dict[str, str], *, schema: str, authority: str) -> str:
    """Write the address without anything secret."""
    if not authority and settings.get("host"):
        authority = quote(settings["host"], safe=",") + (f":{settings['port']}" if "port" in settings else "")
    user = f"{quote(settings['user'], safe='')}@" if "user" in settings else ""
    query = "" if schema == SCHEMA else f"?schema={quote(schema, safe='')}"
    return f"postgresql://{user}{authority}/{quote(settings.get('dbname', ''), safe='')}{query}"
