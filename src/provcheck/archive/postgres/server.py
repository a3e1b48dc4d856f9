"""A connection to the server, its errors in plain words, and transactions that are tried again where writers collide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from provcheck.archive.postgres.address import Address
from provcheck.domain.errors import ArchiveError

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")
PATIENCE_S: Final = 10  # for a connection
OLDEST: Final = 14  # the first version that counts bits
TRIES: Final = 5  # of a transaction that another one's commit got in the way of; each try finds that commit done
SESSION: Final = (
    # candidates by bands, never a walk over all; one plan for every query; nothing compiled for a search of milliseconds
    "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; SET jit = off; SET client_min_messages = error"
)


def connect(address: Address, *, writable: bool) -> psycopg.Connection:
    """An open connection in autocommit mode. Raises ArchiveError, without the address's user and password."""
    try:
        import psycopg
    except ImportError:
        raise ArchiveError(
            f"{address.shown}: needs provcheck's extra postgres: in its source folder, pip install '.[postgres]'"
        ) from None
    with told(address):
        try:
            connection = psycopg.connect(
                address.conninfo, autocommit=True, connect_timeout=PATIENCE_S, application_name="provcheck", prepare_threshold=1
            )
        except psycopg.ProgrammingError:  # libpq repeats the address in what it says of one that it cannot parse
            raise ArchiveError(
                f"{address.shown}: is no address that PostgreSQL understands. Write it as postgresql://host:port/database"
            ) from None
        if connection.info.server_version < OLDEST * 10_000:
            connection.close()
            raise ArchiveError(f"{address.shown}: the server is older than PostgreSQL {OLDEST}. Upgrade it.")
        connection.execute(SESSION)
        connection.execute("SELECT set_config('search_path', %s, false)", (address.schema,))
        if not writable:
            connection.execute("SET default_transaction_read_only = on")
    return connection


@contextmanager
def told(address: Address) -> Iterator[None]:
    """The server's errors as ArchiveErrors; they name the host and the database, never the password."""
    import psycopg

    try:
        yield
    except psycopg.errors.InsufficientPrivilege as fault:
        raise ArchiveError(f"{address.shown}: {_first_line(fault)}. Ask the database's owner for the right to it.") from fault
    except psycopg.errors.ReadOnlySqlTransaction as fault:
        raise ArchiveError(f"{address.shown}: was opened to be read, or the server is a read-only copy.") from fault
    except psycopg.OperationalError as fault:
        raise ArchiveError(f"{address.shown}: {_first_line(fault)}. Check that the server runs and lets you in.") from fault
    except (psycopg.Error, ValueError) as fault:  # a value that no row can hold, as a file from elsewhere may have
        raise ArchiveError(f"{address.shown}: {_first_line(fault)}.") from fault


def retried(connection: psycopg.Connection, work: Callable[[], T]) -> T:
    """One transaction, all of it or nothing. `work` may run several times."""
    import psycopg

    for left in reversed(range(TRIES)):
        try:
            with connection.transaction():
                return work()
        except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected):
            if not left:
                raise
    raise AssertionError  # the loop returns or raises


def _first_line(fault: Exception) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0].rstrip(".")
