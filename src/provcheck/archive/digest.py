"""A digest of a set of records that does not depend on their order and follows every addition and removal in constant time.

LtHash (Bellare and Micciancio 1997; parameters of Lewi, Kim, Maykov and Weis 2019): each record is stretched to 1,024 numbers
of 16 bits, and the set is their sum.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
import numpy.typing as npt

LANES: Final = 1024  # with 16 bits each: about 200 bits of security against two sets with one sum


class SetDigest:
    """The running sum. `state` is what an archive stores beside its records."""

    def __init__(self, state: bytes = b"") -> None:
        self._sum: npt.NDArray[np.uint16] = np.zeros(LANES, dtype="<u2")
        if state:
            self._sum += np.frombuffer(state, dtype="<u2")

    def add(self, *record: str | int | bytes) -> None:
        self._sum += _stretched(record)

    def remove(self, *record: str | int | bytes) -> None:
        self._sum -= _stretched(record)

    def join(self, state: bytes) -> None:
        """Adds another set's sum: what two writers counted apart."""
        self._sum += np.frombuffer(state, dtype="<u2")

    @property
    def state(self) -> bytes:
        return self._sum.astype("<u2").tobytes()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.state).hexdigest()


def _stretched(record: tuple[str | int | bytes, ...]) -> npt.NDArray[np.uint16]:
    stretch = hashlib.shake_128()
    for field in record:
        data = field if isinstance(field, bytes) else str(field).encode("utf-8", "surrogatepass")
        stretch.update(len(data).to_bytes(8, "little") + data)  # lengths keep ("a", "bc") apart from ("ab", "c")
    return np.frombuffer(stretch.digest(2 * LANES), dtype="<u2")
