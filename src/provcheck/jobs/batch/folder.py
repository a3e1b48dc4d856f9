"""A batch's folder: no other program's file is written over, nothing goes through a link, no other user's plan is followed."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from contextlib import suppress
from itertools import chain
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
    links = chain(_links(folder, (LEDGER, *FOLDERS)), *(_links(folder / name) for name in FOLDERS))
    if path := next(links, None):
        raise LedgerError(f"{path}: is a link; a batch is not written through one. Remove it, or choose another --out.")
    for name in (*FOLDERS, *RESULTS):
        # a batch makes its ledger first: asked in this order, another runner's beginning is no stranger's file
        if os.path.lexists(folder / name) and not (folder / LEDGER).exists():
            raise LedgerError(f"{folder / name}: is there already, and no batch wrote it. Choose another --out.")


def _links(folder: Path, names: Container[str] | None = None) -> Iterator[Path]:
    """Links and junctions in a folder, of these names or all; none where there is no such folder."""
    with suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if (names is None or one.name in names) and (one.is_symlink() or getattr(one, "is_junction", bool)()):
                yield Path(one.path)


def own(folder: Path) -> None:
    """A plan names the files and servers to read: one that another user wrote is not followed. Windows is not asked."""
    if os.name == "posix" and (owner := (folder / LEDGER).stat().st_uid) not in (os.geteuid(), 0):
        raise LedgerError(
            f"{folder / LEDGER}: belongs to another user (number {owner}), and its plan names files to read."
            " Go on with arguments of your own: provcheck batch run MANIFEST --out …"
        )
