"""Archived pictures as files, in a folder of the desk: found by the digest of their bytes, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provcheck.config import Settings
from provcheck.domain.errors import ConfigError
from provcheck.domain.reading import Found
from provcheck.readers.intake import Submission, take, walk


class Originals:
    """A file is hashed when it is first needed, once; what changed since is not given out. Raises ConfigError without a folder."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        if not folder.is_dir():
            raise ConfigError(f"{folder}: no such folder. --originals names the folder that archived pictures lie in.")
        self._folder = folder
        self._most = settings.max_bytes
        self._rest: Iterator[Submission] = walk((folder,))
        self._known: dict[str, Path] = {}

    def data(self, sha256: str, untrusted_name: str) -> bytes | None:
        """The bytes of this digest; None where no file that can be read has it. Where the archive's name leads is tried first."""
        named = self._folder / untrusted_name
        if named.is_relative_to(self._folder) and ".." not in named.parts:
            data = self._matching(named, sha256)
            if data is not None:
                return data
        while sha256 not in self._known and (submission := next(self._rest, None)):
            taken = take(submission.path, self._most)
            if isinstance(taken, Found):
                self._known[taken.value.sha256] = submission.path
        return self._matching(self._known[sha256], sha256) if sha256 in self._known else None

    def _matching(self, path: Path, sha256: str) -> bytes | None:
        taken = take(path, self._most)
        return taken.value.data if isinstance(taken, Found) and taken.value.sha256 == sha256 else None
