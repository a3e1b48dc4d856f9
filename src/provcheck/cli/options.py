"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from provcheck.config import Settings

F = TypeVar("F", bound=Callable[..., object])

LANGUAGES = ("en", "de", "uk", "ru", "kk", "fr")
FILE = click.Path(path_type=Path)


class ArchiveName(click.ParamType["str | Path"]):
    """A file, or the address of a server: postgresql://host/database#archive."""

    name = "ARCHIVE"

    def convert(self, value: object, _param: click.Parameter | None, _ctx: click.Context | None) -> str | Path:
        from provcheck.archive.opening import is_server

        name = str(value)
        return name if is_server(name) else Path(name)


ARCHIVE = ArchiveName()
ARCHIVE_ARGUMENT = click.argument("where", type=ARCHIVE, metavar="ARCHIVE")
archives = click.option(
    "--archive",
    "archives",
    multiple=True,
    type=ARCHIVE,
    help="Photos seen before: a file or postgresql://…; may be given several times.",
)

originals = click.option(
    "--originals",
    type=FILE,
    metavar="DIR",
    help="A folder with archived pictures as files: a copy is held against the file, where it is there, not the small view.",
)


def photos(command: F) -> F:
    """PHOTO_OR_FOLDER..., at least one. A path that does not exist gets its row like any file that cannot be read."""
    return click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PHOTO_OR_FOLDER...")(command)


def limits(command: F) -> F:
    """--config and --workers."""
    command = click.option("--workers", type=click.IntRange(1, 256), help="Photos examined at once. Default: one a core.")(command)
    return click.option("--config", type=FILE, metavar="TOML", help="A settings file with limits. None is read unless named.")(
        command
    )


def language(command: F) -> F:
    """--lang. The names stand here, because the catalogues cost too much to import for --help; a test compares the two."""
    text = f"Language of what is written for people: {', '.join(LANGUAGES)}. Default: en."
    return click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], metavar="LANG", help=text)(command)


def page_language(command: F) -> F:
    """--lang of a page whose results have a language already."""
    text = f"Language of the page: {', '.join(LANGUAGES)}. Default: that of the run, in which the results stay."
    return click.option("--lang", type=click.Choice(LANGUAGES), metavar="LANG", help=text)(command)


def trust_list(command: F) -> F:
    """--trust-list."""
    text = "Accepted signers of Content Credentials: the official C2PA list or one of your own (PEM). None is built in."
    return click.option("--trust-list", "trust_list", type=FILE, metavar="PEM", help=text)(command)


def settings_of(config: Path | None, trust: Path | None = None) -> Settings:
    from dataclasses import replace

    from provcheck.config import Settings, read_settings

    settings = read_settings(config) if config else Settings()
    if trust is None:
        return settings
    from provcheck.readers.trust import read_trust_list

    return replace(settings, trust=read_trust_list(trust))
