"""Parse the address of an index on a server, and format it without its password.

The client library quotes what it cannot parse in its messages, so an address that it may parse differently
from what was meant (a password with `@`, `/` or `:`) is refused here, without quoting it.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from dedup.model.errors import SettingError

SCHEMA = "dedup"
"""Default schema."""
_LONGEST = 63
"""Most bytes of a name in PostgreSQL."""
_NO_NAME = re.compile("[\0\ud800-\udfff]|^\\$user$")
"""Names that a schema cannot have; in a search path `$user` means the current user even if quoted."""


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed address.

    Attributes:
        settings: Connection settings for the client library, including the password.
        schema: The schema of the tables: `?schema=NAME` in the address.
        shown: The address without passwords, for messages.
    """

    settings: dict[str, str]
    schema: str
    shown: str

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"


def read_address(address: str) -> Address:
    """Parse `postgresql://user:password@host:port/database?schema=name&more=settings`.

    Raises:
        SettingError: It cannot be parsed; the message does not quote it.
    """
    base, _, query = address.partition("?")
    person, at, rest = base.partition("://")[2].rpartition("@")
    if "@" in person + query or "/" in person or (at and person.count(":") > 1):
        raise _unreadable()
    pairs = parse_qsl(query, keep_blank_values=True)
    schema = next((value for name, value in reversed(pairs) if name == "schema"), SCHEMA)
    if not 0 < len(schema.encode("utf-8", "surrogatepass")) <= _LONGEST or _NO_NAME.search(schema):
        raise SettingError("schema", schema, f"expected a name of 1 to {_LONGEST} UTF-8 bytes, not $user")
    others = "&".join(part for part in query.split("&") if unquote(part.partition("=")[0]) != "schema")
    try:
        settings = conninfo_to_dict(f"{base}?{others}" if others else base)
    except (psycopg.Error, UnicodeError):
        raise _unreadable() from None
    given = {name: str(value) for name, value in settings.items() if value is not None}
    if any(port and not port.isdecimal() for port in given.get("port", "").split(",")):
        raise _unreadable()
    host = rest.partition("/")[0] if given.get("host") else ""
    return Address(given, schema, _shown(given, schema=schema, authority=host))


def _unreadable() -> SettingError:
    return SettingError(
        "index",
        "postgresql://...",
        "postgresql://user@host:port/database, where @ : / ? and % in a name or a password are written "
        "%40 %3A %2F %3F %25; a password is safer in ~/.pgpass or PGPASSWORD",
    )


def _shown(settings: dict[str, str], *, schema: str, authority: str) -> str:
    """Format the address without passwords."""
    if not authority and settings.get("host"):
        authority = quote(settings["host"], safe=",") + (f":{settings['port']}" if "port" in settings else "")
    user = f"{quote(settings['user'], safe='')}@" if "user" in settings else ""
    query = "" if schema == SCHEMA else f"?schema={quote(schema, safe='')}"
    return f"postgresql://{user}{authority}/{quote(settings.get('dbname', ''), safe='')}{query}"
