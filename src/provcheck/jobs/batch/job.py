"""What is asked of one photo, and what comes back: values that cross to another machine as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace

from provcheck.domain.archive import PartSearch, Search
from provcheck.domain.case import Exhibit
from provcheck.domain.fingerprint import Features
from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Absent, Reading
from provcheck.domain.text import Text

NO_FEATURES = Absent()


@dataclass(frozen=True, slots=True)
class Job:
    """A file to look at. Of bytes that are the `known` ones there is an exhibit: at most `plates`, `search` and `kin` are due."""

    path: str
    name: str
    walked: bool
    trouble: Text | None = None
    known: str = ""  # SHA-256, or empty
    plates: bool = False
    search: bool = False
    kin: bool = False  # what the photo is searched by in its case, and its case in it


@dataclass(frozen=True, slots=True)
class Brought:
    """The exhibit, or None where the bytes are the known ones; then what was due of them. `did` names the work, for the log."""

    sha256: str
    exhibit: Exhibit | None
    plates: Reading[tuple[PlateRegion, ...]] | None = None
    reuse: Reading[Search] | None = None
    parts: Reading[PartSearch] | None = None
    did: tuple[str, ...] = ()
    features: Reading[Features] = NO_FEATURES
    kept: Reading[Features] = NO_FEATURES

    def upon(self, known: Exhibit | None) -> Exhibit:
        """The whole exhibit: what was brought, laid over what was known. Raises ValueError where neither is there."""
        if self.exhibit is not None:
            return self.exhibit
        if known is None:
            raise ValueError("nothing was brought of a photo of which nothing is known")
        if self.plates is not None and known.evidence is not None:
            known = replace(known, evidence=replace(known.evidence, plates=self.plates))
        if self.reuse is not None and self.parts is not None:
            known = replace(known, reuse=self.reuse, parts=self.parts)
        return known
