"""What `provcheck verify CASE` does: every file of a case against its log and its lists, and on request a second run."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.jobs.case.folder import Folder

MISMATCH = 4


def verify_case(path: Path, rerun: tuple[str | Path, ...] | None, as_json: bool, settings: Settings, workers: int | None) -> int:
    """The exit code. `rerun` holds the archives to search again, and is None where no second run is asked."""
    from provcheck.domain.text import say
    from provcheck.jobs.case.check import check
    from provcheck.jobs.case.folder import Folder
    from provcheck.report import sentence
    from provcheck.report.untrusted import shown

    checked = check(path)
    faults = [(fault.file, fault.what) for fault in checked.faults]
    notes: list[str] = []
    folder = Folder(path, checked.entries)
    if not faults:
        notes.append(f"{checked.files} files are as the log of {len(checked.entries)} events says; its head is {folder.head}.")
    if rerun is not None and not faults:
        more, told = _again(folder, rerun, settings, workers)
        faults += more
        notes += told
    limit = sentence(say("record.limit"))
    if as_json:
        rows = [{"file": file, "what": what} for file, what in faults]
        click.echo(json.dumps({"fits": not faults, "head": folder.head, "faults": rows, "notes": notes, "limit": limit}, indent=1))
    else:
        for line in (*(f"{shown(file)}: {shown(what, 400)}" for file, what in faults), *notes, limit):
            click.echo(line)
    return MISMATCH if faults else 0


def _again(
    folder: Folder, archives: tuple[str | Path, ...], settings: Settings, workers: int | None
) -> tuple[list[tuple[str, str]], list[str]]:
    from provcheck.archive import open_archive
    from provcheck.jobs.case.again import run_case_again
    from provcheck.jobs.case.contents import contents, record_path
    from provcheck.report import sentence
    from provcheck.report.difference import compared_runs

    with ExitStack() as stack:
        opened = [stack.enter_context(open_archive(path)) for path in archives]
        recorded, now = run_case_again(folder, opened, settings, workers)
    faults, notes = compared_runs(recorded, now)
    name = f"data/{record_path(contents(folder.events).reports[-1].number)}"
    return [(name, sentence(fault)) for fault in faults], [*map(sentence, notes)]
