"""An archive on a PostgreSQL server: where one file, or one machine, is outgrown."""

from provcheck.archive.postgres.address import address_of
from provcheck.archive.postgres.store import ServerArchive, create_on_server, open_on_server

__all__ = ["ServerArchive", "address_of", "create_on_server", "open_on_server"]
