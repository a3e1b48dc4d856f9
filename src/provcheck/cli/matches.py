"""What `archive search` says of one photo: the JSON of what an archive holds of it, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from provcheck.checks.missed import MISSED, SAMPLE
from provcheck.cli.counted import counted
from provcheck.cli.rows import Row, why
from provcheck.domain.archive import Match, Overlay, PartSearch, Relation, Search, Shared
from provcheck.domain.codec import Json, encode
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.report import sentence

RELATIONS = {"same": "match", "part": "shares a part", "scene": "same scene, another moment"}
SOURCES = {
    "view": "held against the archive's small view:",
    "file": "held against the archived file:",
    "no-file": "no file that can be read in that folder has its SHA-256; held against the archive's small view:",
}


def search_row(
    whole: Reading[Search], parts: Reading[PartSearch], overlays: tuple[Overlay, ...] = ()
) -> tuple[Reading[Any], dict[str, Json]]:
    """Absent where no archive holds a photo; found without matches where it was searched in vain. An archived photo has one row,
    with `laid` in it where it was laid over the photo."""
    rows: dict[tuple[str, str], dict[str, Json]] = {}
    searched: dict[str, Json] = {"radius": None, "parts": 0, "missed_percent": {**dict(MISSED), "sample": SAMPLE}}
    if isinstance(whole, Found):
        searched["archives"] = [encode(archive) for archive in whole.value.archives]
        searched["radius"] = whole.value.radius
        rows = {(match.archive, match.sha256): _match(match) for match in whole.value.matches}
    if isinstance(parts, Found):
        searched["archives"] = [encode(archive) for archive in parts.value.archives]
        searched["parts"] = parts.value.photos
        for one in parts.value.shared:
            key = (one.archive, one.sha256)
            rows[key] = {**_shared(one), **rows.get(key, {}), **_geometry(one)}
    for overlay in overlays:
        rows[overlay.archive, overlay.sha256]["laid"] = _laid(overlay)
    reading = whole if isinstance(whole, Found) else parts if isinstance(parts, Found) else whole
    if not isinstance(reading, Found):
        return reading, {"matches": []}
    return reading, {"matches": list(rows.values()), "searched": searched}


def _match(match: Match) -> dict[str, Json]:
    return {
        "archive": match.archive,
        "archived": match.name,
        "sha256": match.sha256,
        "verdict": Relation.SAME.value,
        "mirrored": match.turn.mirrored,
        "rotation": match.turn.rotation,
        "distance": match.distance,
        "inliers": None,
        "quad_in_query": None,
        "quad_in_archived": None,
        "uses": [encode(use) for use in match.uses],
    }


def _shared(shared: Shared) -> dict[str, Json]:
    return {
        "archive": shared.archive,
        "archived": shared.name,
        "sha256": shared.sha256,
        "verdict": shared.verdict.value,
        "mirrored": shared.mirrored,
        "rotation": shared.rotation,
        "distance": None,
        "uses": [encode(use) for use in shared.uses],
    }


def _geometry(shared: Shared) -> dict[str, Json]:
    """What only local features tell."""
    quads: dict[str, Json] = {"quad_in_query": encode(shared.quad_in_query), "quad_in_archived": encode(shared.quad_in_archived)}
    return {"inliers": shared.agreeing, **quads}


def _laid(overlay: Overlay) -> dict[str, Json]:
    """How the archived picture lies over the photo, without the pictures themselves."""
    match overlay.laid:
        case Found(laid):
            said: dict[str, Json] = {"reading": "found", "comparison": encode(laid.comparison), "reason": None}
        case Absent():
            said = {"reading": "absent", "comparison": None, "reason": None}
        case Unreadable(reason):
            said = {"reading": "unreadable", "comparison": None, "reason": sentence(reason)}
    return {"source": overlay.source.value, **said}


def search_words(row: Row) -> Iterator[str]:
    if row["reading"] == "absent":
        yield "the archive is empty: nothing was searched"
        return
    yield from why(row)
    for match in row["matches"]:
        turned = ", mirrored" if match["mirrored"] else ""
        turned += f", turned by {counted(match['rotation'], 'degree')}" if match["rotation"] else ""
        distance = "" if match["distance"] is None else f", {match['distance']} of 256 bits differ"
        inliers = "" if match["inliers"] is None else f", {match['inliers']} patterns agree"
        yield f"{RELATIONS[match['verdict']]}: {match['archived']} in {match['archive']}{distance}{inliers}{turned}"
        yield f"  sha256: {match['sha256']}"
        for use in match["uses"]:
            credit = f", credit {use['credit']}" if use["credit"] else ""
            yield f"  used: {use['published'] or 'no date'}, {use['publisher'] or 'no publisher'}, {use['url'] or 'no URL'}{credit}"
        if "laid" in match:
            yield from _laid_words(match["laid"])
    if "searched" in row and not row["matches"]:
        for archive in row["searched"]["archives"]:
            held = counted(archive["photos"], "photo")
            yield f"no match in {archive['name']}: {held}, newest entry {archive['latest'] or 'undated'}"
        missed = ", ".join(f"{kind} {percent} %" for kind, percent in MISSED)
        yield f"  edited copies of {SAMPLE} photos that were missed when this was measured: {missed}"


def _laid_words(laid: Row) -> Iterator[str]:
    if laid["reason"]:
        yield f"  not laid over it: {laid['reason']}"
        return
    yield f"  {SOURCES[laid['source']]}"
    if laid["comparison"] is None:
        yield "  the two share too little to be laid over one another"
        return
    changes = laid["comparison"]["changes"]
    yield f"  {laid['comparison']['compared']} % of the photo compared, regions that differ beyond recompression: {len(changes)}"
    for change in changes:
        yield f"  differs: corners {' '.join(f'{x},{y}' for x, y in change['box'])}, by {change['strength']} of 255"
