"""The bag around a case (BagIt, RFC 8493): lists of digests that any archive's tools, or sha256sum, can check."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from provcheck.domain.dossier import Entry

DECLARATION_NAME = "bagit.txt"
MANIFEST_NAME = "manifest-sha256.txt"
TAGS_NAME = "tagmanifest-sha256.txt"
DATA = "data"
LOG = "log.jsonl"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def kept(entries: Iterable[Entry]) -> dict[str, str]:
    """Path in `data` and digest of every file that the log names."""
    return {file.path: file.sha256 for entry in entries for file in entry.event.files}


def manifest(files: dict[str, str], log: bytes) -> bytes:
    """The list of the payload: what the log names, and the log itself."""
    listed = {**files, LOG: sha256(log).hexdigest()}
    return "".join(f"{digest}  {DATA}/{path}\n" for path, digest in sorted(listed.items())).encode("utf-8")


def tags(listing: bytes) -> bytes:
    """The list of the other files of the bag."""
    rows = {DECLARATION_NAME: DECLARATION, MANIFEST_NAME: listing}
    return "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(rows.items())).encode("utf-8")
