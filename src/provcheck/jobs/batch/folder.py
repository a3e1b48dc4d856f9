"""A batch's folder: no other program's file is written over, nothing goes through a link, no other user's plan is followed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from provcheck.domain.errors import ProvcheckError

LEDGER: Final = "ledger.sqlite"
FOLDERS: Final = ("reports", "pages", "runners")
RESULTS: Final = ("results.jsonl", "results.csv", "summary.html")


class LedgerError(ProvcheckError):
    """A ledger, or its folder, that cannot be opened, read or written."""


def apart(source: Path, folder: Path) -> None:
    """Raises LedgerError where a batch's folder lies in the folder of photos: the next run would examine its results."""
    if source.is_dir() and folder.resolve().is_relative_to(source.resolve()):
        raise LedgerError(f"{folder}: lies in {source}, whose files are all examined. Choose an --out beside it.")


def not_a_trap(folder: Path) -> None:
    """Raises LedgerError where a link would lead what is written elsewhere, or files of these names are not a batch's."""
    for name in (LEDGER, *FOLDERS):
        if (folder / name).is_symlink():
            raise LedgerError(
                f"{folder / name}: is a link; a batch is not written through one. Remove it, or choose another --out."
            )
    for name in (*FOLDERS, *RESULTS):
        # a batch makes its ledger first: asked in this order, another runner's beginning is no stranger's file
        if os.path.lexists(folder / name) and not (folder / LEDGER).exists():
            raise LedgerError(f"{folder / name}: is there already, and no batch wrote it. Choose another --out.")


def own(folder: Path) -> None:
    """A plan names the files and servers to read: one that another user wrote is not followed. Windows is not asked."""
    if os.name == "posix" and (owner := (folder / LEDGER).stat().st_uid) not in (os.geteuid(), 0):
        raise LedgerError(
            f"{folder / LEDGER}: belongs to another user (number {owner}), and its plan names files to read."
            " Go on with arguments of your own: provcheck batch run MANIFEST --out …"
        )
