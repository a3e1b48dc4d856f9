"""What goes into an archive, and what came of adding it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from provcheck.domain.archive import Use
from provcheck.domain.fingerprint import Features, Fingerprints
from provcheck.domain.photo import Picture

HASH_ALONE: Final = "pdq:"  # begins the identity of what came as a hash without its picture
UNSAID: Final = Use()  # nothing is known of where it was used
NO_PRINTS: Final = Fingerprints("", "", ("0" * 64,) * 8, 0)  # of a photo too flat for a fingerprint that has features all the same:
# half of a real PDQ's bits are set, so that no search comes near this one

PhotoRow = tuple[str, str, int, int, str, str, bytes, int]  # sha256, name, width, height, phash, dhash, pdq, quality
UseRow = tuple[str, str, str, str, str]  # url, publisher, published as ISO or "", credit, licence
ViewRow = tuple[str, int, int, bytes]  # media type, width, height, file


@dataclass(frozen=True, slots=True)
class Entry:
    """One photo to keep: its identity, its fingerprints and one use. The caller decoded it, in a cell; `name` is untrusted."""

    sha256: str
    name: str
    width: int
    height: int
    fingerprints: Fingerprints
    use: Use = UNSAID
    view: Picture | None = None  # a thumbnail for the report, where the source's licence lets it be kept
    features: Features | None = None  # of budget ARCHIVED; without them only whole copies of the photo are found


@dataclass(frozen=True, slots=True)
class Added:
    """What one batch changed. `known` entries were in the archive already, by their bytes."""

    photos: int = 0
    uses: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Hashes:
    """One photo's line in a hash list. `sha256` is "pdq:…" for a photo that came as a hash alone; phash and dhash are "" then."""

    sha256: str
    name: str
    phash: str
    dhash: str
    pdq: str
    quality: int


@dataclass(frozen=True, slots=True)
class Record:
    """All that an archive keeps of one photo, as rows: what is added, and what one archive hands another."""

    photo: PhotoRow
    uses: tuple[UseRow, ...] = ()
    view: ViewRow | None = None
    features: bytes | None = None  # as kept.pack writes them; opaque to every store

    @property
    def sha256(self) -> str:
        return self.photo[0]
