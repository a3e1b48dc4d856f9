"""Was this picture published before? One search over several archives."""

from __future__ import annotations

from collections.abc import Sequence

from provcheck.archive.verbs import RADIUS, Archive
from provcheck.domain.archive import PartSearch, Relation, Search
from provcheck.domain.fingerprint import Features, Fingerprints
from provcheck.domain.reading import Absent, Found, Reading


def search_archives(archives: Sequence[Archive], fingerprints: Reading[Fingerprints]) -> Reading[Search]:
    """Absent where there is no photo to compare with: that is not the same as a search without a match."""
    if not isinstance(fingerprints, Found):
        return fingerprints
    searched = tuple(archive.info() for archive in archives)
    if not any(one.photos for one in searched):
        return Absent()
    matches = [match for archive in archives for match in archive.search(fingerprints.value)]
    return Found(Search(searched, RADIUS, tuple(sorted(matches, key=lambda match: (match.distance, match.name, match.archive)))))


def search_parts(
    archives: Sequence[Archive], features: Reading[Features], fingerprints: Reading[Fingerprints]
) -> Reading[PartSearch]:
    """Parts, crops, collages and screenshots of archived photos, and other pictures of their scenes. Absent as above."""
    if not isinstance(features, Found):
        return features
    photos = sum(archive.searchable_parts for archive in archives)
    if not photos:
        return Absent()
    prints = fingerprints.value if isinstance(fingerprints, Found) else None
    found = [one for archive in archives for one in archive.search_parts(features.value, prints)]
    ordered = sorted(found, key=lambda one: (one.verdict is Relation.SCENE, -one.agreeing, one.name, one.archive))
    return Found(PartSearch(tuple(archive.info() for archive in archives), photos, tuple(ordered)))
