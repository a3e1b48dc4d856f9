"""Everything the readers saw in one photo, each a Reading. A new reader adds one field here."""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.domain.clock import Clock
from provcheck.domain.credentials import Credentials
from provcheck.domain.fingerprint import Fingerprints
from provcheck.domain.metadata import Camera, Field, Serials, Software, Step, Thumbnail
from provcheck.domain.photo import Picture
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Reading
from provcheck.domain.structure import Structure
from provcheck.domain.text import Text


@dataclass(frozen=True, slots=True)
class Pixels:
    """The decoded upright picture (of an animation, its first frame)."""

    width: int
    height: int
    preview: bool = False  # a RAW file's embedded preview stands in for the picture
    searched_width: int = 0  # a large picture is searched for plates reduced to this; 0 where it was searched in full


@dataclass(frozen=True, slots=True)
class Evidence:
    """One photo's readings. `damage` lists faults of the file that did not stop the reading."""

    pixels: Reading[Pixels]
    camera: Reading[Camera]
    captured: Reading[Clock]
    digitized: Reading[Clock]
    modified: Reading[Clock]
    satellite: Reading[Clock]
    position: Reading[Position]
    whereabouts: Reading[Whereabouts]
    software: Reading[tuple[Software, ...]]
    fields: Reading[tuple[Field, ...]]
    structure: Reading[Structure]
    history: Reading[tuple[Step, ...]]
    serials: Reading[Serials]
    credentials: Reading[Credentials]
    thumbnail: Reading[Thumbnail]
    fingerprints: Reading[Fingerprints]
    plates: Reading[tuple[PlateRegion, ...]]
    view: Reading[Picture]
    damage: tuple[Text, ...] = ()
