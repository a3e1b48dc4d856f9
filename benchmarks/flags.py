"""How often do the metadata flags stand on photos that nobody is known to have touched, and how often where they should?

    python benchmarks/flags.py --shared ../shared

Untouched, as far as they say: photos of the reuse and plate sets that name a camera and no editing program. Many of them went
through a website, so a rate is an upper bound. Photos of one camera model are one case: an album repeats its camera's faults.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provcheck.checks.flags import FLAGS, Seen, flags_of
from provcheck.checks.flags.seen import found
from provcheck.domain.method import MethodCard
from provcheck.readers.metadata import read_metadata
from provcheck.readers.thumbnail import read_thumbnail

AS_OF = date(2026, 11, 25)
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".avif", ".tif", ".tiff")
SETS = ("reuse", "plates")
# What "consistency" words as one part against another; sizes and tables it gives with their own rates
CONTRADICTIONS = (
    "time.gps_vs_local",
    "time.offset_vs_place",
    "time.future",
    "time.before_model",
    "place.null_island",
    "device.make_vs_makernote",
    "image.thumbnail_differs",
)
GENERATED = ("ai.digital_source_type", "ai.generator_parameters", "ai.software")
SERIES = re.compile(r"__|_|\d")  # what parts a series' name from its photos' numbers
# Files of the metadata set that a generator wrote, by their sources' own account
GENERATORS = ("sd-parsers__tests__resources__parsers__", "__fixtures__ocsp.jpg")


@dataclass(frozen=True, slots=True)
class Looked:
    name: str
    digest: str
    camera: str
    flags: frozenset[str]
    seen: Seen

    @property
    def built(self) -> frozenset[str]:
        """Services whose builds the file fits."""
        structure = found(self.seen.stated.structure)
        return frozenset(build.service for build in structure.builds) if structure else frozenset()

    @property
    def untouched(self) -> bool:
        return bool(self.camera) and not self.flags & {"edit.software", "edit.history"}


def _both(one: str, other: str) -> Callable[[Seen], bool]:
    return lambda seen: found(getattr(seen.stated, one)) is not None and found(getattr(seen.stated, other)) is not None


def _has(one: str) -> Callable[[Seen], bool]:
    return lambda seen: found(getattr(seen.stated, one)) is not None


def _zoned(seen: Seen) -> bool:
    captured, place = found(seen.stated.captured), found(seen.stated.whereabouts)
    return captured is not None and place is not None and captured.offset_minutes is not None


def _sized(seen: Seen) -> bool:
    structure = found(seen.stated.structure)
    return structure is not None and bool(structure.stated_width and structure.width)


def _noted(seen: Seen) -> bool:
    structure = found(seen.stated.structure)
    return structure is not None and structure.maker_note


def _coded(seen: Seen) -> bool:
    structure = found(seen.stated.structure)
    return structure is not None and structure.quality is not None


COULD: dict[str, Callable[[Seen], bool]] = {  # whether a photo states what the rule compares; every photo where not named
    "time.modify_before_original": _both("modified", "captured"),
    "time.digitized_before_original": _both("digitized", "captured"),
    "time.gps_vs_local": _both("satellite", "captured"),
    "time.offset_vs_place": _zoned,
    "time.future": _has("captured"),
    "time.before_model": _both("camera", "captured"),
    "place.null_island": _has("position"),
    "place.sun_below_horizon": _both("position", "captured"),
    "image.thumbnail_differs": lambda seen: found(seen.thumbnail) is not None,
    "image.size_vs_exif": _sized,
    "image.quant_tables_not_camera": _coded,
    "device.make_vs_makernote": _noted,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    data = arguments.parse_args().shared / "data"
    photos = [look(path) for part in SETS for path in pictures(data / part)]
    untouched = [photo for photo in photos if photo.untouched]
    print(f"{len(photos)} photos, of which {len(untouched)} name a camera and no editor, of {len(cameras(untouched))} models.\n")
    print("| flag | could stand | stands | models | models with it | at most, % |\n|---|---|---|---|---|---|")
    for row in rates(untouched):
        print(row)
    print()
    for line in builds(photos, untouched):
        print(line)
    print()
    for line in cards(data, photos, untouched):
        print(line)


def pictures(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in PICTURES and path.is_file())


def look(path: Path) -> Looked:
    data = path.read_bytes()
    metadata = read_metadata(data, second_opinion=False)
    seen = Seen(path.name, metadata, AS_OF, read_thumbnail(data))
    camera = found(metadata.camera)
    named = f"{camera.make} {camera.model}".strip() if camera else ""
    return Looked(path.name, hashlib.sha256(data).hexdigest(), named, frozenset(flags_of(seen)), seen)


def cameras(photos: list[Looked]) -> set[str]:
    return {photo.camera for photo in photos}


def rates(photos: list[Looked]) -> Iterator[str]:
    for flag, _ in FLAGS:
        if flag.startswith(("platform.", "edit.")):  # what these name is no fault: a name, a program, a step
            continue
        able = [photo for photo in photos if COULD.get(flag, lambda _: True)(photo.seen)]
        raised = [photo for photo in able if flag in photo.flags]
        most = _most(len(cameras(raised)), len(cameras(able)))
        yield f"| {flag} | {len(able)} | {len(raised)} | {len(cameras(able))} | {len(cameras(raised))} | {most} |"


def _most(alarms: int, cases: int) -> str:
    """Upper 95 % bound in percent."""
    return f"{100 * MethodCard('', '', '', 1, 1, cases, alarms).false_alarm_rate_at_most():.1f}" if cases else "not measured"


def builds(photos: list[Looked], untouched: list[Looked]) -> Iterator[str]:
    """How many JPEGs that nobody is known to have sent through a service are built as one is known to build them."""
    bare = [photo for photo in photos if photo.flags & {"platform.no_exif", "platform.no_exif_progressive"}]
    yield "| builds | JPEGs without EXIF, XMP, IPTC | fit | with Facebook's string | series |\n|---|---|---|---|---|"
    services = sorted({service for photo in bare for service in photo.built})
    for service in (None, *services):
        fit = [photo for photo in bare if photo.built and (service is None or service in photo.built)]
        marked = sum("platform.facebook_instructions" in photo.flags for photo in fit)
        series = len({SERIES.split(photo.name)[0] for photo in fit})
        yield f"| {service or 'any'} | {len(bare)} | {len(fit)} | {marked} | {series} |"
    yield f"Photos that name a camera and no editor: {sum(bool(photo.built) for photo in untouched)} of {len(untouched)} fit."


def cards(data: Path, photos: list[Looked], untouched: list[Looked]) -> Iterator[str]:
    by_camera: dict[str, set[str]] = defaultdict(set)
    for photo in untouched:
        by_camera[photo.camera] |= photo.flags
    alarms = sum(bool(flags & set(CONTRADICTIONS)) for flags in by_camera.values())
    rules = data / "metadata_rules"
    owed: dict[str, list[bool]] = defaultdict(list)
    for name, row in json.loads((rules / "expected.json").read_text("utf-8")).items():
        if wanted := set(row["expect"]) & set(CONTRADICTIONS):
            owed[row["base"]].append(bool(wanted & look(rules / name).flags))
    hits = sum(all(row) for row in owed.values())
    yield f"consistency: {hits} of {len(owed)} photos with every planted contradiction found; {alarms} of {len(by_camera)} models."
    made = [look(path) for path in pictures(data / "metadata") if any(part in path.name for part in GENERATORS)]
    marked = sum(bool(photo.flags & set(GENERATED)) for photo in made)
    wrong = sum(bool(photo.flags & set(GENERATED)) for photo in photos)
    yield f"generated: {marked} of {len(made)} files of generators marked; {wrong} of {len(photos)} photos."
    digest = hashlib.sha256("".join(sorted(photo.digest for photo in photos)).encode()).hexdigest()
    yield f"SHA-256 of the photos' digests in order: {digest}"


if __name__ == "__main__":
    main()
