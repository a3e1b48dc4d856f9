"""Which hashes lie within 31 bits of a picture in one of its eight orientations? Exact, by bands, in SQL.

Cut into sixteen bands of sixteen bits, two hashes within 31 bits differ by at most one bit in some band, so it suffices to look
up each band's value and its sixteen neighbours, and to count the bits of what lies there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from provcheck.archive.postgres.rows import bits
from provcheck.archive.postgres.tables import BANDS, band

if TYPE_CHECKING:
    import psycopg

WIDEST: Final = 2 * BANDS - 1  # beyond, every hash is measured
FLIPS: Final = (0, *(1 << at for at in range(16)))  # a band itself, and its neighbours


def near(connection: psycopg.Connection, hashes: Sequence[str], radius: int) -> list[tuple[bytes, str, int, int]]:
    """Key and name of every photo within `radius`, with its distance and which of `hashes` (hex) it is nearest to."""
    raw = [bytes.fromhex(one) for one in hashes]
    distance = f"least({', '.join(f'bit_count(pdq # %(hash_{at})s::bit(256))' for at in range(len(raw)))})"
    values: dict[str, Any] = {f"hash_{at}": bits(one) for at, one in enumerate(raw)} | {"radius": radius}
    found = f"SELECT id, name, pdq::text FROM photo WHERE {distance} <= %(radius)s"
    if radius <= WIDEST:
        found += f" AND ({' OR '.join(f'{band(at)} = ANY(%(band_{at})s::integer[])' for at in range(BANDS))})"
        values |= {f"band_{at}": _keys(raw, at) for at in range(BANDS)}
    return [(key, name, *_nearest(int(pdq, 2), raw)) for key, name, pdq in connection.execute(found, values)]


def _keys(raw: Sequence[bytes], at: int) -> list[int]:
    values = {int.from_bytes(one[2 * at : 2 * at + 2], "big") for one in raw}
    return sorted({value ^ flip for value in values for flip in FLIPS})


def _nearest(pdq: int, raw: Sequence[bytes]) -> tuple[int, int]:
    return min(((pdq ^ int.from_bytes(one, "big")).bit_count(), order) for order, one in enumerate(raw))
