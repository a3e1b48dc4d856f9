"""Shards in memory: new ones join as the renderer finishes them; the first is held out of training."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

WAIT = 5.0  # seconds between looks for the first shards


class Pool:
    """Random batches over all shards of a folder. Keeps what fits `most` items; older shards leave first."""

    def __init__(self, folder: Path, keys: tuple[str, ...], most: int = 500_000) -> None:
        self.folder, self.keys, self.most = folder, keys, most
        self.seen: set[str] = set()
        self.parts: list[dict[str, np.ndarray]] = []
        while len(list(self._new())) < 2:
            time.sleep(WAIT)
        first = next(iter(self._new()))
        self.seen.add(first.name)
        self.held = self._load(first)
        self.refresh()

    def _new(self) -> list[Path]:
        return [
            path for path in sorted(self.folder.glob("*.npz")) if path.name not in self.seen and not path.name.endswith(".part.npz")
        ]

    def _load(self, path: Path) -> dict[str, np.ndarray]:
        with np.load(path) as data:
            return {key: data[key] for key in self.keys}

    def refresh(self) -> None:
        for path in self._new():
            self.seen.add(path.name)
            self.parts.append(self._load(path))
        while self.count > self.most:
            self.parts.pop(0)

    @property
    def count(self) -> int:
        return sum(len(part[self.keys[0]]) for part in self.parts)

    def sample(self, draw: np.random.Generator, size: int) -> dict[str, np.ndarray]:
        """Half of a batch comes from the newest quarter, so that everything is used about equally often in the end."""
        picks = []
        for _ in range(4):
            newest = max(1, len(self.parts) // 4)
            part = self.parts[
                draw.integers(len(self.parts) - newest, len(self.parts)) if draw.random() < 0.5 else draw.integers(len(self.parts))
            ]
            at = draw.integers(0, len(part[self.keys[0]]), size // 4)
            picks.append({key: part[key][at] for key in self.keys})
        return {key: np.concatenate([pick[key] for pick in picks]) for key in self.keys}
