"""Does a second run over a case give its last report again, byte for byte?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provcheck.archive import Archive
from provcheck.config import Settings
from provcheck.domain.dossier import Action
from provcheck.domain.errors import ConfigError
from provcheck.domain.report import Report
from provcheck.jobs.case.folder import Folder
from provcheck.jobs.case.revise import Terms, last_record, revised


def run_case_again(
    folder: Folder, archives: Sequence[Archive], settings: Settings, workers: int | None = None
) -> tuple[Report, Report]:
    """The last report as recorded, and as the case gives it now, from what had been done before it was made."""
    recorded = last_record(folder)
    if recorded is None:
        raise ConfigError(f"{folder.path}: no report was made of this case yet")
    at = max(number for number, event in enumerate(folder.events) if event.action is Action.REPORTED)
    before = replace(folder, entries=folder.entries[:at])
    reason = recorded.revision.reason if recorded.revision else ""
    return recorded, revised(before, Terms(archives, recorded.case.as_of, reason, settings, workers))
