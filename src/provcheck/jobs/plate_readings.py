"""What people read in plate-like regions, laid beside what the machine read there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from provcheck.domain.case import Exhibit
from provcheck.domain.errors import ConfigError
from provcheck.domain.plate import HandReading, PlateRegion, Point, Quad
from provcheck.domain.reading import Found
from provcheck.domain.report import Report
from provcheck.readers.plates.by_hand import read_by_hand

SHOWN = 6  # names in a message


def with_hand_readings(exhibit: Exhibit, readings: tuple[HandReading, ...]) -> Exhibit:
    """The exhibit with the readings of its photo. Raises ConfigError where one names a region that the photo does not have."""
    own = tuple(reading for reading in readings if reading.photo == exhibit.photo.name)
    if not own:
        return exhibit
    regions = exhibit.regions
    said = {_number(reading, regions): reading for reading in own}
    if exhibit.evidence is None:
        return exhibit
    corrected = tuple(
        replace(region, by_hand=read_by_hand(region, said[number].text), read_by=said[number].by) if number in said else region
        for number, region in enumerate(regions, 1)
    )
    return replace(exhibit, evidence=replace(exhibit.evidence, plates=Found(corrected)))


def without_hand_readings(exhibit: Exhibit) -> Exhibit:
    """As the machine saw it: what another row, or this one before, says of the same bytes is not said here."""
    regions = exhibit.regions
    if exhibit.evidence is None or not any(region.by_hand for region in regions):
        return exhibit
    plain = tuple(replace(region, by_hand=None, read_by="") for region in regions)
    return replace(exhibit, evidence=replace(exhibit.evidence, plates=Found(plain)))


def _number(reading: HandReading, regions: tuple[PlateRegion, ...]) -> int:
    """The region's number now: where a place is known, that of the region whose middle lies there."""
    named = f"{reading.photo}:{reading.number}"
    if reading.quad is None:
        if reading.number > len(regions):
            raise ConfigError(f"plate reading {named}: the report numbers {len(regions)} plate-like regions in this photo")
        return reading.number
    here = [number for number, region in enumerate(regions, 1) if _inside(_middle(region.quad), reading.quad)]
    if not here:
        raise ConfigError(
            f"plate reading {named}, {reading.text}: the detector finds no plate-like region there any more; take the reading back"
        )
    return reading.number if reading.number in here else here[0]


def _middle(quad: Quad) -> Point:
    return sum(x for x, _ in quad) // len(quad), sum(y for _, y in quad) // len(quad)


def _inside(point: Point, quad: Quad) -> bool:
    """Whether a point lies in the upright box around a region: a detector of another version places corners a little otherwise."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    return min(xs) <= point[0] <= max(xs) and min(ys) <= point[1] <= max(ys)


def all_named(exhibits: Iterable[Exhibit], readings: tuple[HandReading, ...]) -> None:
    """Raises ConfigError where a reading names a photo that was not examined."""
    names = [exhibit.photo.name for exhibit in exhibits]
    for reading in readings:
        if reading.photo not in names:
            named = ", ".join(sorted(names)[:SHOWN]) + (", …" if len(names) > SHOWN else "")
            raise ConfigError(f"plate reading {reading.photo}: no such photo was examined; the report names them {named}")


def hand_readings(report: Report) -> tuple[HandReading, ...]:
    """The readings by hand that a record holds, for a second run."""
    return tuple(
        HandReading(exhibit.photo.name, number, region.by_hand.text, region.read_by)
        for exhibit in report.case.exhibits
        for number, region in enumerate(exhibit.regions, 1)
        if region.by_hand
    )
