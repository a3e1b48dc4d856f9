"""What `inspect` says of one file: the JSON of a reading, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from provcheck.checks.flags import Seen as Flagged
from provcheck.checks.flags import flags_of
from provcheck.domain.codec import Json, encode
from provcheck.domain.credentials import Credentials, Verdict
from provcheck.domain.metadata import Field
from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import say
from provcheck.jobs import today
from provcheck.jobs.alone import MetadataSeen, PlatesSeen, Seen
from provcheck.jobs.exiftool import Compared
from provcheck.readers.exiftool_names import differences
from provcheck.readers.metadata import Metadata
from provcheck.readers.row import guesses, row_of
from provcheck.report import sentence
from provcheck.report.exhibits import facts
from provcheck.report.fact import Fact
from provcheck.report.seals import STANDINGS, seal

Row = dict[str, Any]


def metadata_row(seen: MetadataSeen, name: str) -> tuple[Reading[Any], dict[str, Json]]:
    """Curated fields under the names that all sources share, the raw rest apart; flags point a person at what is odd."""
    metadata = seen.metadata
    readings = (
        "camera",
        "captured",
        "digitized",
        "modified",
        "satellite",
        "position",
        "whereabouts",
        "software",
        "serials",
        "history",
    )
    fields: tuple[Field, ...] = metadata.fields.value if isinstance(metadata.fields, Found) else ()
    row: Row = {
        **{reading: encode(getattr(metadata, reading)) for reading in readings},
        "facts": {sentence(fact.label): sentence(fact.value) for fact in _facts(metadata)},
        "flags": list(flags_of(Flagged(PurePosixPath(name).name, metadata, today(), seen.thumbnail))),
        "credentials": _credentials(metadata.credentials),
        "builds": [encode(build) for build in metadata.structure.value.builds] if isinstance(metadata.structure, Found) else [],
        "fields": row_of(fields),
        "guesses": guesses(fields),
        "raw": _by_name((f"{field.source} {field.name}", field.value) for field in fields if not field.key),
        "damage": [sentence(text) for text in metadata.damage],
    }
    return metadata.fields, row


def compared_row(compared: Compared, name: str) -> tuple[Reading[Any], dict[str, Json]]:
    """The same, and what ExifTool reads differently; null where it gave no answer."""
    reading, row = metadata_row(compared.seen, name)
    ours = row["fields"] if isinstance(row["fields"], dict) else {}
    told = None if compared.tags is None else [encode(one) for one in differences(ours, compared.tags)]
    version = str((compared.tags or {}).get("ExifTool:ExifToolVersion", ""))
    return reading, {**row, "exiftool": {"version": version, "differs": told}}


def _by_name(fields: Iterable[tuple[str, str]]) -> dict[str, Json]:
    """Each name with its value; a name that stands several times with the list of its values."""
    named: dict[str, list[Json]] = {}
    for name, value in fields:
        named.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in named.items()}


def _credentials(reading: Reading[Credentials]) -> Json:
    """The verdict always; the rest of the manifest where there is one."""
    match reading:
        case Found(credentials):
            return encode(credentials)
        case Absent():
            return {"verdict": Verdict.ABSENT.value}
        case Unreadable(reason):
            return {"verdict": Verdict.UNREADABLE.value, "reason": sentence(reason)}


def _facts(metadata: Metadata) -> tuple[Fact, ...]:
    """What a person asks first, each with its source: when, where, with what, changed by what, and who vouches for it."""
    credentials = metadata.credentials
    sealed = (Fact(say("report.seal"), STANDINGS[credentials.value.standing]),) if isinstance(credentials, Found) else ()
    return (*facts(metadata), *sealed, *(seal(credentials.value) if isinstance(credentials, Found) else ()))


def metadata_words(row: Row, raw: bool = False) -> Iterator[str]:
    """The facts, what is odd, and the values under their shared names; the raw rest only where it is asked for."""
    yield from why(row)
    for label, value in row.get("facts", {}).items():
        yield f"{label}: {value}"
    for flag in row.get("flags", ()):
        yield f"flag: {flag}"
    if "credentials" in row:
        yield f"credentials: {row['credentials']['verdict']}"
    for build in row.get("builds", ()):
        yield f"built as {build['service']} is known to build photos; others do too: {build['source']}, {build['year']}"
    for fault in row.get("damage", ()):
        yield f"damage: {fault}"
    if "exiftool" in row:
        yield from _compared(row["exiftool"])
    folded = row.get("raw", {})
    for name, value in {**row.get("fields", {}), **row.get("guesses", {}), **(folded if raw else {})}.items():
        yield f"{name}: {value}"
    if folded and not raw:
        yield f"{len(folded)} raw values more: --raw shows them, and --jsonl"


def _compared(told: dict[str, Any]) -> Iterator[str]:
    if told["differs"] is None:
        yield "ExifTool: no answer"
        return
    yield f"ExifTool {told['version']}: {len(told['differs'])} values differ"
    for one in told["differs"]:
        yield f"ExifTool differs in {one['key']}: {one['ours'] or 'nothing'} here, {one['theirs'] or 'nothing'} there"


def plates_row(seen: PlatesSeen, _name: str) -> tuple[Reading[Any], dict[str, Json]]:
    regions = seen.plates.value if isinstance(seen.plates, Found) else ()
    return seen.plates, {"ms": seen.ms, "plates": [_plate(region) for region in regions]}


def _plate(region: PlateRegion) -> Json:
    """One region for machines: numbers as numbers, which is what scorers of other tools read."""
    text = region.reading.value if isinstance(region.reading, Found) else None
    row: Row = {
        "quad": encode(region.quad),
        "text": text.text if text else "",
        "certain": bool(text and text.certain),
        "score": _number(region.score),
        "country_or_format": text.format if text else "undetermined",
        "kind": text.kind if text else "",
        "region": text.region if text else "",
        "characters": [
            {"char": one.char, "p": _number(one.p), "alternatives": [[char, _number(p)] for char, p in one.alternatives]}
            for one in (text.characters if text else ())
        ],
    }
    return row


def plates_words(row: Row) -> Iterator[str]:
    yield from why(row)
    for number, plate in enumerate(row.get("plates", ()), 1):
        corners = " ".join(f"{x},{y}" for x, y in plate["quad"])
        read = (
            f"{plate['text']} ({plate['country_or_format']}{'' if plate['certain'] else ', not certain'})"
            if plate["text"]
            else "not read"
        )
        yield f"plate-like region {number}: {read}; corners {corners}; score {plate['score']}"


def fingerprints_row(seen: Seen, _name: str) -> tuple[Reading[Any], dict[str, Json]]:
    if not isinstance(seen.fingerprints, Found):
        return seen.fingerprints, {}
    value = seen.fingerprints.value
    return seen.fingerprints, {"phash": value.phash, "dhash": value.dhash, "pdq": value.pdq[0], "pdq_quality": value.quality}


def fingerprints_words(row: Row) -> Iterator[str]:
    yield from why(row)
    for name in ("phash", "dhash", "pdq", "pdq_quality"):
        if name in row:
            yield f"{name}: {row[name]}"


def why(row: Row) -> Iterator[str]:
    if row["reading"] != "found":
        yield f"{row['reading']}{': ' + row['reason'] if row['reason'] else ''}"


def _number(value: Decimal) -> float:
    return float(value)
