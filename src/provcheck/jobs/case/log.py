"""The log of a case: a line an event, each bound to the one before it. A changed, lost or moved line is seen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from provcheck.domain.codec import decode, encode
from provcheck.domain.dossier import Entry, Event

START = "0" * 64  # what the first entry is bound to
MOST_LINES = 100_000  # a case with as many events is no case


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that does not fit, from 1, and what is wrong with it."""

    line: int
    what: str


def entry(event: Event, previous: str) -> Entry:
    """The event bound to what was done before it."""
    return Entry(event, previous, _digest(event, previous))


def _digest(event: Event, previous: str) -> str:
    body = json.dumps([previous, encode(event)], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(body.encode("ascii")).hexdigest()


def _fits(line: bytes) -> bool:
    """Whether a line that this version cannot read matches its own digest all the same."""
    try:
        one = json.loads(line.decode("ascii"))
        body = json.dumps([one["previous"], one["event"]], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return bool(sha256(body.encode("ascii")).hexdigest() == one["digest"])
    except (ValueError, RecursionError, LookupError, TypeError):
        return False


def written(entries: Iterable[Entry]) -> bytes:
    """The log as it stands in its file."""
    return b"".join(json.dumps(encode(one), ensure_ascii=True).encode("ascii") + b"\n" for one in entries)


def read(data: bytes) -> tuple[tuple[Entry, ...], tuple[Broken, ...]]:
    """The entries up to the first broken line, and every line that does not fit."""
    lines = data.split(b"\n")
    if len(lines) > MOST_LINES:
        return (), (Broken(MOST_LINES, "too many lines"),)
    entries: list[Entry] = []
    broken: list[Broken] = []
    if lines[-1]:
        broken.append(Broken(len(lines), "the last line has no end"))
    previous = START
    for number, line in enumerate(lines[:-1], 1):
        fault, one = _line(line, number, previous)
        if fault:
            broken.append(Broken(number, fault))
        if one is None:
            break
        previous = one.digest
        entries.append(one)
    if not entries and not broken:
        broken.append(Broken(1, "it holds no entry"))
    return tuple(entries), tuple(broken)


def _line(line: bytes, number: int, previous: str) -> tuple[str, Entry | None]:
    """What is wrong with a line, and its entry unless it cannot be read."""
    try:
        one = decode(Entry, json.loads(line.decode("ascii")))
    except (ValueError, RecursionError):
        return ("a newer provcheck wrote it; install that one" if _fits(line) else "it is no entry"), None
    if written([one]) != line + b"\n":
        return "it is not written as provcheck writes it", one
    if one.digest != _digest(one.event, one.previous):
        return "it does not match its own digest", replace(one, digest=_digest(one.event, one.previous))
    if one.previous != previous:
        return "it is not bound to the line before it", one
    return ("", one) if one.event.number == number else ("its number is not that of its line", one)
