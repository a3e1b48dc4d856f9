"""A time that a file states, with its zone and where that zone came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum


class ZoneSource(StrEnum):
    """Where the zone of a clock came from."""

    STATED = "stated"  # OffsetTime, OffsetTimeOriginal, OffsetTimeDigitized, or an offset in XMP
    GPS = "gps"  # satellite time is UTC by definition
    NONE = "none"


DAY = 24 * 60  # minutes: no zone is so far from UTC, and no time can be reckoned in one that is


@dataclass(frozen=True, slots=True)
class Clock:
    """`naive` is the wall-clock time as written; `offset_minutes` is its distance from UTC, None when the file states none."""

    naive: datetime
    tag: str  # where it stood: "EXIF DateTimeOriginal"
    offset_minutes: int | None = None
    zone_source: ZoneSource = ZoneSource.NONE

    def __post_init__(self) -> None:
        if self.offset_minutes is not None and abs(self.offset_minutes) >= DAY:
            raise ValueError(f"{self.tag}: a zone is less than a day from UTC, not {self.offset_minutes} minutes")

    def aware(self) -> datetime | None:
        """The moment, or None where no zone is known."""
        if self.offset_minutes is None:
            return None
        return self.naive.replace(tzinfo=timezone(timedelta(minutes=self.offset_minutes)))
