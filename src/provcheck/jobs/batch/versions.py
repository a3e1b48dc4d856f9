"""Which version of each method is this? A digest of its code, its tables and models, and of the libraries under it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from provcheck.domain import VERSION
from provcheck.jobs.run import libraries
from provcheck.pipeline import digest

PLATES = "readers/plates"
JUDGING = ("exits", "plate_readings", "batch/results", "batch/kinship")
NUMBER = "domain/__init__.py"  # holds VERSION alone: a release that changes no reader looks at no photo again


@dataclass(frozen=True, slots=True)
class Versions:
    """What decides what is seen (`readers`, and of the plates `plates`), found in archives, and said of it."""

    readers: str
    plates: str
    search: str
    judging: str


def versions() -> Versions:
    """Of this installation. Whatever the readers share is counted to `readers`, whose change renews everything below."""
    below = libraries()
    return Versions(
        readers=digest((below, _code("domain", "pipeline.py", "jobs/alone.py", "jobs/examine.py", "readers"))),
        plates=digest((below, _code(PLATES))),
        search=digest((below, _code("archive", "jobs/kin.py"))),
        judging=digest((VERSION, _code("checks", "report", "methods.toml", *(f"jobs/{name}.py" for name in JUDGING)))),
    )


def _code(*parts: str) -> str:
    """SHA-256 over the names and bytes of all files of these parts of the package."""
    found = hashlib.sha256()
    for part in parts:
        for name, file in _files(files("provcheck").joinpath(*part.split("/")), part):
            if part == PLATES or not (name.startswith(PLATES + "/") or name == NUMBER):
                found.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _files(place: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if place.is_file():
        yield name, place
    elif place.name != "__pycache__":
        for entry in sorted(place.iterdir(), key=lambda entry: entry.name):
            yield from _files(entry, f"{name}/{entry.name}")
