"""The progress bar: on stderr, only on a terminal, only when a run is long."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from provcheck.domain.case import Exhibit

LONG = 8  # photos; fewer are done before a bar is read


@contextmanager
def progress(paths: tuple[Path, ...], *, quiet: bool, verbose: bool) -> Iterator[Callable[[Exhibit], None]]:
    """What to call with each exhibit as it is done."""
    if verbose:
        yield _name
    elif quiet or not sys.stderr.isatty() or (total := sum(_files(path) for path in paths)) < LONG:
        yield lambda _: None
    else:
        with click.progressbar(length=total, label="Examining", file=sys.stderr, show_pos=True) as bar:
            yield lambda _: bar.update(1)


def _name(exhibit: Exhibit) -> None:
    from provcheck.report.untrusted import shown

    click.echo(f"{exhibit.number:5}  {exhibit.outcome.value:9} {shown(exhibit.photo.name)}", err=True)


def _files(path: Path) -> int:
    if not path.is_dir() or path.is_symlink():
        return 1
    return sum(len(files) for _, _, files in os.walk(path))
