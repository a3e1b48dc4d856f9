"""Entries and fingerprints for the archive's tests."""

from __future__ import annotations

import hashlib
import random
from datetime import date
from pathlib import Path

from provcheck.archive import Entry, open_archive
from provcheck.domain.archive import Use
from provcheck.domain.fingerprint import Fingerprints
from provcheck.domain.photo import Picture

VIEW = Picture("image/jpeg", 4, 3, b"\xff\xd8\xff\xd9")


def prints(seed: int) -> Fingerprints:
    rng = random.Random(seed)
    return Fingerprints(
        f"{rng.getrandbits(64):016x}", f"{rng.getrandbits(64):016x}", tuple(f"{rng.getrandbits(256):064x}" for _ in range(8)), 100
    )


def flipped(pdq: str, *bits: int) -> str:
    return f"{int(pdq, 16) ^ sum(1 << bit for bit in bits):064x}"


def seen_as(pdq: str, orientation: int = 0) -> Fingerprints:
    """A query whose hash in one orientation is `pdq`, and unlike anything in the others."""
    other = prints(987_654)
    return Fingerprints(other.phash, other.dhash, (*other.pdq[:orientation], pdq, *other.pdq[orientation + 1 :]), 100)


def entry(seed: int, use: Use | None = None, name: str = "", view: Picture | None = None) -> Entry:
    day = Use(f"https://news.example/{seed}", "A paper", date(2022, 1, 1 + seed % 28), "A photographer", "CC BY 4.0")
    sha256 = hashlib.sha256(str(seed).encode()).hexdigest()
    return Entry(sha256, name or f"photo-{seed}.jpg", 640, 480, prints(seed), day if use is None else use, view)


def filled(where: str | Path, *entries: Entry) -> str | Path:
    with open_archive(where, writable=True) as archive:
        archive.add(entries)
    return where
