"""What a batch leaves: a report a photo, and lines and a table of all. Whole or not at all, and always the same bytes."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from provcheck.domain.case import Exhibit
from provcheck.domain.codec import Json
from provcheck.domain.report import Report
from provcheck.jobs.batch.folder import LedgerError
from provcheck.jobs.batch.ledger import Ledger
from provcheck.jobs.batch.manifest import Row
from provcheck.jobs.batch.records import cases, records
from provcheck.jobs.exits import exit_code
from provcheck.report import answer_rows, sentence
from provcheck.report.rows import TEXTS
from provcheck.report.untrusted import shown

SCHEMA_VERSION: Final = "1.1.0"  # of the lines; additive within 1.x
A_FOLDER: Final = 1000  # reports; file systems and people are slow with more
COLUMNS: Final = (
    *("number", "photo_id", "case_id", "file", "sha256", "outcome", "reason", "format", "width", "height"),
    *("supports", "contradicts", "neutral", "cannot_say", "failed", "report"),
)
FORMULA: Final = tuple("=+-@\t\r\n|%")  # what a spreadsheet may take for a formula or a command at the start of a cell
MOST_OF_A_CELL: Final = 30_000  # characters; spreadsheets cut at 32,767
PART: Final = ".part"
DENIED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
OUR_PARTS: Final = re.compile(r".+\.([0-9a-f]{32}|export)\.part")  # other programs have files of this suffix too


def report_path(number: int) -> Path:
    """Where a photo's report lies in the batch's folder."""
    return Path("reports") / f"{number // A_FOLDER:04}" / f"{number:07}.json"


def write_whole(path: Path, parts: Iterable[str], runner: str) -> None:
    """Through a file of this runner's own, synced before it takes the name. Raises LedgerError that says how to go on."""
    beside = path.with_name(f"{path.name}.{runner}{PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)  # of an export that was killed
        with beside.open("x", encoding="utf-8", newline="") as file:  # never through a link that lies there
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
    except OSError as fault:
        remedy = (
            "Close it where it is open, or give a folder where you may write."
            if fault.errno in DENIED
            else "Mend it and go on with: provcheck batch resume"
        )
        raise LedgerError(f"{path}: {fault.strerror}. What is done is kept. {remedy}") from fault
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """So that the name outlives a power cut too; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove what killed runners left half written. Only when no other runner is alive."""
    for place in (f"*{PART}", f"reports/*/*{PART}", f"pages/*{PART}"):
        for left in folder.glob(place):
            if OUR_PARTS.fullmatch(left.name):
                left.unlink(missing_ok=True)


def line_of(row: Row, exhibit: Exhibit, report: Report, lang: str = "en") -> str:
    """A photo's line of results: the answers in words, and what the manifest carried."""
    answers = answer_rows(report, exhibit, lang)
    leanings = Counter(str(answer["leaning"]) for answer in answers if "leaning" in answer)
    record: dict[str, Json] = {
        "schema_version": SCHEMA_VERSION,
        "event": "photo",
        "number": row.number,
        "photo_id": row.photo_id,
        "case_id": row.case_id,
        "file": row.name,
        "sha256": exhibit.photo.sha256,
        "outcome": exhibit.outcome.value,
        "reason": sentence(exhibit.reason, lang) if exhibit.reason else None,
        "picture": exhibit.picture,
        "format": exhibit.photo.format,
        "width": exhibit.photo.width,
        "height": exhibit.photo.height,
        "supports": leanings["supports"],
        "contradicts": leanings["contradicts"],
        "neutral": leanings["neutral"],
        "cannot_say": sum("cannot_say" in answer for answer in answers),
        "failed": sum(bool(answer.get("failed")) for answer in answers),
        "exit_code": exit_code(report),
        "report": report_path(row.number).as_posix(),
        "answers": list(answers),
        "extra": dict(row.extra),
    }
    return json.dumps(record)


def export(ledger: Ledger, runner: str = "export") -> tuple[Path, Path]:
    """results.jsonl and results.csv of all that is done, in the manifest's order."""
    lines, table = ledger.folder / "results.jsonl", ledger.folder / "results.csv"
    write_whole(lines, (f"{line}\n" for line in _with_summary(ledger)), runner)
    write_whole(table, _table(ledger), runner)
    return lines, table


def _with_summary(ledger: Ledger) -> Iterator[str]:
    outcomes: Counter[str] = Counter()
    codes: set[int] = set()
    for record in records(ledger):
        outcomes[record["outcome"]] += 1
        codes.add(record["exit_code"])
        yield json.dumps(record)  # anew: whatever a ledger's line holds, it is one line
    for case in cases(ledger):
        answers = [{key: value for key, value in answer.items() if key != TEXTS} for answer in case["answers"]]
        yield json.dumps({**case, "answers": answers})
    summary = {
        "files": outcomes.total(),
        **{outcome: outcomes[outcome] for outcome in ("examined", "partial", "refused")},
        "open": ledger.standing().total - outcomes.total(),
        "exit_code": max(codes, default=0),
    }
    yield json.dumps({"schema_version": SCHEMA_VERSION, "summary": summary})


def _table(ledger: Ledger) -> Iterator[str]:
    """CSV with the manifest's own columns at the end; no cell is a formula."""
    extras = sorted({key for record in records(ledger) for key in record["extra"]})
    yield _csv_line([*COLUMNS, *(cell(f"manifest_{key}") for key in extras)])
    for record in records(ledger):
        yield _csv_line([cell(record[name]) for name in COLUMNS] + [cell(record["extra"].get(key, "")) for key in extras])


def _csv_line(cells: list[str]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerow(cells)
    return file.getvalue()


def cell(value: object) -> str:
    """A value that a spreadsheet shows and does not run, on one line: an apostrophe goes before what would be a formula."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = shown(str(value), MOST_OF_A_CELL)
    return "'" + text if text.lstrip().startswith(FORMULA) else text
