"""Is a case whole? Every file is hashed again, and each that is damaged, missing or foreign is named.

Three witnesses know each file: its bytes, the log, and the bag's manifest. The one that disagrees with the other two is the
damaged one, so that a changed byte of a list is not put down to the file that the list is about.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from provcheck.domain.dossier import Entry
from provcheck.jobs.case import bag
from provcheck.jobs.case.contents import RECORD, REPORTS
from provcheck.jobs.case.folder import LOCK, log_bytes
from provcheck.jobs.case.log import Broken, read, written
from provcheck.report import sentence
from provcheck.report.fit import fit

CHUNK = 1 << 20
MOST_LIST = 50_000_000  # bytes of a manifest


@dataclass(frozen=True, slots=True)
class Fault:
    """`file` is relative to the case's folder."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`files` were found as they should be."""

    files: int
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def check(path: Path) -> Checked:
    """Raises ConfigError where the folder holds no log at all."""
    log = log_bytes(path)
    entries, broken = read(log)
    recorded = bag.kept(entries)
    there = {name: _digest(path / name) for name in _files(path)}
    data = {name.removeprefix(f"{bag.DATA}/"): digest for name, digest in there.items() if name.startswith(f"{bag.DATA}/")}
    faults = [*_log(broken), *_payload(recorded, data, bool(broken)), *_lists(path, entries, log, data, bool(broken))]
    faults += [Fault(name, "it is no file of the case") for name in sorted(there) if _foreign(name, recorded, bool(broken))]
    faults += _records(path, recorded, data)
    damaged = {fault.file for fault in faults}
    return Checked(len([name for name in there if name not in damaged and name != LOCK]), entries, tuple(_once(faults)))


def _once(faults: list[Fault]) -> Iterator[Fault]:
    """The first fault of each file; of the log every line."""
    seen: set[Fault] = set()
    named: set[str] = set()
    for fault in faults:
        if fault not in seen and (fault.file not in named or fault.file.endswith(bag.LOG)):
            yield fault
        seen.add(fault)
        named.add(fault.file)


def _files(path: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(path, followlinks=False):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(folder) / name).relative_to(path).as_posix()


def _digest(file: Path) -> str:
    """ "" where it is a link or cannot be read."""
    if file.is_symlink() or not file.is_file():
        return ""
    total = sha256()
    try:
        with file.open("rb") as data:
            while part := data.read(CHUNK):
                total.update(part)
    except OSError:
        return ""
    return total.hexdigest()


def _log(broken: tuple[Broken, ...]) -> Iterator[Fault]:
    for one in broken:
        yield Fault(f"{bag.DATA}/{bag.LOG}", f"line {one.line}: {one.what}")


def _payload(recorded: dict[str, str], data: dict[str, str], log_broken: bool) -> Iterator[Fault]:
    """Files against the log. A digest in a broken line is not believed: `_lists` hears the manifest there."""
    if log_broken:
        return
    for name, digest in sorted(recorded.items()):
        if name not in data:
            yield Fault(f"{bag.DATA}/{name}", "it is missing")
        elif data[name] != digest:
            yield Fault(f"{bag.DATA}/{name}", _changed(digest, data[name]))


def _changed(stated: str, found: str) -> str:
    return f"it was changed: the log states SHA-256 {stated}, the file has {found}" if found else "it is a link, or cannot be read"


def _lists(path: Path, entries: tuple[Entry, ...], log: bytes, data: dict[str, str], log_broken: bool) -> Iterator[Fault]:
    """The declaration and the two lists. They follow from the log, so each is compared with what it should be."""
    declared = _small(path / bag.DECLARATION_NAME)
    if declared != bag.DECLARATION:
        yield Fault(bag.DECLARATION_NAME, "it is missing" if declared is None else "it was changed")
    listing, tags = _small(path / bag.MANIFEST_NAME), _small(path / bag.TAGS_NAME)
    if log_broken:
        yield from _by_manifest(listing, tags, data)
        return
    wanted = bag.manifest(bag.kept(entries), log)
    if listing and tags == bag.tags(listing) and listing != wanted and not _older(listing, entries):
        yield Fault(f"{bag.DATA}/{bag.LOG}", "it is not the log that the manifest lists: lines of it were lost")
        return
    if listing != wanted:
        yield Fault(bag.MANIFEST_NAME, _list_fault(listing, wanted))
    if tags != bag.tags(wanted):
        yield Fault(bag.TAGS_NAME, _list_fault(tags, bag.tags(wanted)))


def _older(listing: bytes, entries: tuple[Entry, ...]) -> bool:
    """Whether a manifest is of an earlier state of this very log: then a command was broken off, and nothing is lost."""
    so_far = sha256()
    known = set()
    for one in entries:
        so_far.update(written([one]))
        known.add(f"{so_far.hexdigest()}  {bag.DATA}/{bag.LOG}".encode())
    return any(line in known for line in listing.split(b"\n"))


def _list_fault(found: bytes | None, wanted: bytes) -> str:
    if found is None:
        return "it is missing"
    lines = zip(found.split(b"\n"), wanted.split(b"\n"), strict=False)
    line = next((number for number, (one, other) in enumerate(lines, 1) if one != other), wanted.count(b"\n") + 1)
    return f"it was changed, first in line {line}, or is older than the log"


def _by_manifest(listing: bytes | None, tags: bytes | None, data: dict[str, str]) -> Iterator[Fault]:
    """With a broken log the manifest bears witness, as far as the other list bears witness to it."""
    if listing is None or tags is None or tags != bag.tags(listing):
        yield Fault(bag.MANIFEST_NAME, "it does not match the list of the other files, and the log is broken, too")
        return
    for line in listing.decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        inside = name.removeprefix(f"{bag.DATA}/")
        if inside != bag.LOG and data.get(inside) != digest:
            yield Fault(
                name, _changed(digest, data[inside]).replace("the log", "the manifest") if inside in data else "it is missing"
            )


def _foreign(name: str, recorded: dict[str, str], log_broken: bool) -> bool:
    ours = {bag.DECLARATION_NAME, bag.MANIFEST_NAME, bag.TAGS_NAME, f"{bag.DATA}/{bag.LOG}", LOCK}
    return not log_broken and name not in ours and name.removeprefix(f"{bag.DATA}/") not in recorded


def _records(path: Path, recorded: dict[str, str], data: dict[str, str]) -> Iterator[Fault]:
    """Each report of the case against its own digests, too. One that another version wrote is as the log says, and not read."""
    for name, digest in sorted(recorded.items()):
        if name.startswith(f"{REPORTS}/") and name.endswith(f"/{RECORD}") and data.get(name) == digest:
            fitted = fit((path / bag.DATA / name).read_bytes())
            if fitted.report is not None:
                yield from (Fault(f"{bag.DATA}/{name}", sentence(fault)) for fault in fitted.faults)


def _small(file: Path) -> bytes | None:
    try:
        if file.is_symlink() or file.stat().st_size > MOST_LIST:
            return None
        return file.read_bytes()
    except OSError:
        return None
