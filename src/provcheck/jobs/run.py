"""What a run ran on: libraries, platform, and what contains a photo here. For doctor and for the JSON's `run` part."""

from __future__ import annotations

import platform
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

from provcheck.domain.report import Run
from provcheck.jobs.cell import FORKS
from provcheck.jobs.walls import standing

LIBRARIES = ("pillow", "exifread", "ImageHash", "opencv-python-headless", "numpy", "pi-heif", "defusedxml", "click", "jinja2")
OPTIONAL = ("c2pa-python", "cryptography", "timezonefinder", "timezonefinder-data")  # what the extras bring


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The desk's own calendar day: what a report is dated with unless --as-of says otherwise."""
    return datetime.now().astimezone().date()


def libraries() -> tuple[tuple[str, str], ...]:
    """Name and version of every library that a photo passes through; "missing" where one is not installed."""
    return tuple((name, _version(name)) for name in (*LIBRARIES, *OPTIONAL))


def containment() -> str:
    """What limits a photo's process on this system."""
    return ", ".join(("a process for each photo" if FORKS else "child process", "time limit", *standing()))


def describe(started: datetime, took: timedelta) -> Run:
    """`started` is aware."""
    return Run(
        started=started.isoformat(timespec="seconds"),
        seconds=f"{took.total_seconds():.1f}",
        platform=f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}",
        libraries=libraries(),
        containment=containment(),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
