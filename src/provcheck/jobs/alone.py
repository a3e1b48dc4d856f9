"""One reader alone, inside a cell: what an archive keeps of a file, what a search wants of it, its plates, its metadata."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from provcheck.config import Settings
from provcheck.domain.fingerprint import Features, Fingerprints
from provcheck.domain.metadata import Thumbnail
from provcheck.domain.photo import Picture
from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.pipeline import NO_FEATURES, bitmap_of, features_of, plates_of
from provcheck.readers.features import ARCHIVED, SUBMITTED
from provcheck.readers.fingerprint import read_fingerprints
from provcheck.readers.metadata import Metadata, read_metadata
from provcheck.readers.pixels import view
from provcheck.readers.thumbnail import read_thumbnail


@dataclass(frozen=True, slots=True)
class Seen:
    """What an archive keeps of one file: enough to find it again, not the file itself."""

    width: int
    height: int
    fingerprints: Found[Fingerprints] | Unreadable
    view: Found[Picture] | Unreadable
    features: Reading[Features]


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for in archives: the whole picture, and by its local features its parts."""

    fingerprints: Reading[Fingerprints]
    features: Reading[Features]
    kept: Reading[Features] = NO_FEATURES  # of a photo in a set, as in Look


@dataclass(frozen=True, slots=True)
class PlatesSeen:
    """What `inspect plates` prints of one file; `ms` is wall time of the search, without decoding."""

    plates: Reading[tuple[PlateRegion, ...]]
    ms: int


@dataclass(frozen=True, slots=True)
class MetadataSeen:
    """What `inspect metadata` prints of one file."""

    metadata: Metadata
    thumbnail: Reading[Thumbnail]


def see(data: bytes, _suffix: str, settings: Settings) -> Seen:
    """Fingerprints and a small view of one file, for an archive or for `inspect fingerprints`."""
    bitmap = bitmap_of(data, settings, most=0)
    if isinstance(bitmap, Unreadable):
        return Seen(0, 0, bitmap, bitmap, bitmap)
    picture = bitmap.value
    prints, features = read_fingerprints(picture.reduced), features_of(picture, ARCHIVED)
    return Seen(picture.width, picture.height, prints, Found(view(picture)), features)


def query(data: bytes, _suffix: str, settings: Settings, *, in_set: bool = False) -> Query:
    """What a search in archives wants of one file."""
    bitmap = bitmap_of(data, settings, most=0)
    if isinstance(bitmap, Unreadable):
        return Query(bitmap, bitmap, bitmap if in_set else NO_FEATURES)
    prints = read_fingerprints(bitmap.value.reduced)
    kept = features_of(bitmap.value, ARCHIVED) if in_set else NO_FEATURES
    return Query(prints, features_of(bitmap.value, SUBMITTED), kept)


def query_in_set(data: bytes, suffix: str, settings: Settings) -> Query:
    """`query`, and what the other photos of its set are searched in."""
    return query(data, suffix, settings, in_set=True)


def see_plates(data: bytes, _suffix: str, settings: Settings) -> PlatesSeen:
    """The plate regions of one file alone."""
    bitmap = bitmap_of(data, settings)
    if isinstance(bitmap, Unreadable):
        return PlatesSeen(bitmap, 0)
    started = perf_counter()
    plates = plates_of(bitmap.value)
    return PlatesSeen(plates, round(1000 * (perf_counter() - started)))


def see_metadata(data: bytes, _suffix: str, settings: Settings) -> MetadataSeen:
    """The metadata of one file alone; of pixels only what holds the thumbnail against the picture."""
    return MetadataSeen(read_metadata(data, trust=settings.trust), read_thumbnail(data))
