"""Where an archive on a server lies: postgresql://[user[:password]@]host[:port]/database[#archive]."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from provcheck.domain.errors import ArchiveError

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII)  # so that it is an identifier whatever quotes it
DEFAULT: Final = "provcheck"


@dataclass(frozen=True, slots=True)
class Address:
    """`conninfo` is what libpq connects with: it may hold a password, and is never printed. `shown` is without user and password,
    `kept` without the password alone.

    `schema` holds the archive's tables, `name` is what reports call it.
    """

    conninfo: str = field(repr=False)
    shown: str
    kept: str
    schema: str
    name: str


def address_of(url: str) -> Address:
    """Raises ArchiveError, which does not repeat the address: it may hold a password."""
    conninfo, _, archive = url.partition("#")
    if archive and not NAME.fullmatch(archive):
        raise ArchiveError(
            "An archive on a server is named behind # by up to 41 small letters, digits and _, a letter first: "
            "postgresql://host/db#wires"
        )
    try:
        if not conninfo.startswith(("postgresql://", "postgres://")):
            raise ValueError
        parts = urlsplit(conninfo)
        where = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        raise ArchiveError(
            "An archive's address cannot be read. Write it as postgresql://host:port/database, with @ : / percent-encoded "
            "in user and password."
        ) from None
    database = unquote(parts.path.lstrip("/"))
    shown = f"postgresql://{where}/{database}" + (f"#{archive}" if archive else "")
    return Address(conninfo, shown, _kept(parts, archive), archive or DEFAULT, archive or database or DEFAULT)


def _kept(parts: SplitResult, archive: str) -> str:
    """The address as a batch's plan keeps it: a later run finds the password where libpq looks (PGPASSWORD, ~/.pgpass)."""
    user, found, host = parts.netloc.rpartition("@")
    netloc = f"{user.partition(':')[0]}@{host}" if found else host
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if "password" not in name.lower()])
    address = urlunsplit(("", netloc, parts.path, query, archive)).removeprefix("//")
    return f"postgresql://{address}"
