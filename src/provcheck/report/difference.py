"""Where do two reports differ first? The path of the value and what stands there, as the record writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from provcheck.domain.codec import Json, encode
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.record import digest
from provcheck.report.searches import archives

# What went in before what came out: another version, model or claim explains all that follows.
ORDER = ("custody", "case", "as_of", "title", "claims", "methods", "exhibits", "photo", "evidence")


@dataclass(frozen=True, slots=True)
class Difference:
    """`path` as in case.exhibits[0].photo.sha256; the values as JSON, untrusted."""

    path: str
    untrusted_recorded: str
    untrusted_now: str


def first_difference(recorded: Report, now: Report) -> Difference | None:
    """None where their canonical JSON, and so their digest, is the same."""
    return _first("", encode(recorded), encode(now))


def _first(path: str, one: Json, other: Json) -> Difference | None:
    """The first value that differs; of lists of two lengths the first item that does, else the lists themselves."""
    if one == other and type(one) is type(other):
        return None
    if isinstance(one, dict) and isinstance(other, dict) and one.get("reading") == other.get("reading"):
        pairs = [(f"{path}.{key}".lstrip("."), one.get(key), other.get(key)) for key in sorted({*one, *other}, key=_place)]
    elif isinstance(one, list) and isinstance(other, list):
        pairs = [(f"{path}[{at}]", left, right) for at, (left, right) in enumerate(zip(one, other, strict=False))]
    else:
        return Difference(path, json.dumps(one), json.dumps(other))
    found = next((found for pair in pairs if (found := _first(*pair))), None)
    return found or Difference(path, _size(one), _size(other))


def _place(key: str) -> tuple[int, str]:
    return (ORDER.index(key) if key in ORDER else len(ORDER), key)


def _size(value: Json) -> str:
    return f"{len(value)} items" if isinstance(value, list) else json.dumps(value)


def compared_runs(recorded: Report, now: Report) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Faults and notes of a second run: the first part that differs, or that nothing does."""
    found = first_difference(recorded, now)
    if found is None:
        return (), (say("record.rerun.same", digest=digest(now)),)
    fault = say("record.rerun.differs", path=found.path, recorded=found.untrusted_recorded, now=found.untrusted_now)
    searched = {one.name for one in archives(now)}
    lacking = tuple(say("record.archive", name=one.name) for one in archives(recorded) if one.name not in searched)
    return (fault,), ((say("record.rerun.archives", names=lacking),) if lacking else ())
