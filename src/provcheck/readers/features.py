"""Which small patterns does this picture hold? SIFT features, by which parts of a picture are found in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.domain.fingerprint import Features
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.domain.text import say
from provcheck.readers.layout import Panel, panels

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long the longest side is when features are looked for, how many of them are kept at most, how long the longest side
    of the small gray picture is that goes with them, and whether the photos on a page are looked at each by itself."""

    side: int
    most: int
    gray: int
    panels: bool = False


ARCHIVED: Final = Budget(480, 232, 48)  # a photo in an archive: 8 kB with its part of the index; there are millions
SUBMITTED: Final = Budget(800, 2000, 256, panels=True)  # a photo in question: the archived one may fill a small part of it
LEAST: Final = 8  # fewer can never carry a match
CONTRAST: Final = 0.002  # a twentieth of OpenCV's default: a fork on a plain table has 60 features above 0.01, and 1,400 above
# this; where there are many the strongest are taken anyway
CELLS: Final = 8  # a picture is cut in 8 × 8 cells, and no cell takes more than four times its share before all had theirs
SHARES: Final = 4
LEAST_SHARE: Final = 400  # features of each photo on a page: more than an archive keeps of it


def read_features(rgb: npt.NDArray[np.uint8], budget: Budget, size: tuple[int, int] | None = None) -> Reading[Features]:
    """Features of an upright picture (rows × columns × RGB) of at most about 1,024 px a side.

    `size` is the full picture's width and height where `rgb` is reduced: what is found is then told in its pixels.
    """
    height, width = rgb.shape[:2]
    gray: npt.NDArray[np.uint8] = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    found = _found(gray, Panel(0, 0, width, height), budget.side, budget.most)
    if len(found.points) < LEAST:
        return Unreadable(say("reuse.too-few-features", count=len(found.points), least=LEAST))
    photos = panels(gray) if budget.panels else ()
    if photos:
        found = _with_panels(gray, found, photos, budget)
    longest = max(width, height)
    packed = np.clip(np.round(found.points / (longest, longest, 1, longest) * 65535), 0, 65535)
    placed = tuple(tuple(round(edge / longest * 65535) for edge in (one.x0, one.y0, one.x1, one.y1)) for one in photos)
    small = _small(gray, budget.gray)
    width, height = size or (width, height)
    described = np.clip(found.descriptors, 0, 255).astype(np.uint8).tobytes()
    points = packed.astype("<u2").tobytes()
    return Found(Features(width, height, len(packed), points, described, small.shape[1], small.tobytes(), placed))


@dataclass(frozen=True)
class _Set:
    """`points`: N × 4 (x, y, angle of a full turn, size; in pixels), strongest spread first; `descriptors`: N × 128."""

    points: Floats
    descriptors: Floats

    def chosen(self, rows: npt.NDArray[np.intp]) -> _Set:
        return _Set(self.points[rows], self.descriptors[rows])


def _found(gray: npt.NDArray[np.uint8], panel: Panel, side: int, most: int) -> _Set:
    """Features of one part of a picture, reduced to `side` first."""
    part = _small(gray[panel.y0 : panel.y1, panel.x0 : panel.x1], side)
    sift = cv2.SIFT.create(contrastThreshold=CONTRAST)
    seen = sift.detect(part, None)
    if not seen:
        return _Set(np.zeros((0, 4), np.float32), np.zeros((0, 128), np.float32))
    places = np.array([(*point.pt, point.response) for point in seen], dtype=np.float32)
    chosen = _spread(places, part.shape[1], part.shape[0], most)
    points, descriptors = sift.compute(part, [seen[at] for at in chosen])
    zoom = max(panel.x1 - panel.x0, panel.y1 - panel.y0) / max(part.shape)
    table = [(p.pt[0] * zoom + panel.x0, p.pt[1] * zoom + panel.y0, p.angle % 360 / 360, p.size * zoom) for p in points]
    return _Set(np.array(table, dtype=np.float32), np.asarray(descriptors, dtype=np.float32))


def _with_panels(gray: npt.NDArray[np.uint8], whole: _Set, photos: tuple[Panel, ...], budget: Budget) -> _Set:
    """Of a page with photos on it: theirs first, each looked at as large as it is there, then what lies beside.

    On a page that is reduced as one, a photo is smaller than the archived one, and lettering takes the larger part of the budget.
    """
    share = max(budget.most // len(photos), LEAST_SHARE)
    parts = [_found(gray, panel, budget.side, share) for panel in photos]
    beside = np.ones(len(whole.points), dtype=bool)
    for panel in photos:
        inside = (whole.points[:, :2] >= (panel.x0, panel.y0)) & (whole.points[:, :2] < (panel.x1, panel.y1))
        beside &= ~inside.all(axis=1)
    parts.append(whole.chosen(np.flatnonzero(beside)[: budget.most // 2]))
    rank = np.concatenate([np.arange(len(part.points)) for part in parts[:-1]])
    joined = _Set(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("points", "descriptors")))
    order = np.argsort(rank, kind="stable")  # every photo's strongest before any one's weaker ones
    return joined.chosen(np.concatenate((order, np.arange(len(order), len(joined.points)))))


def _small(gray: npt.NDArray[np.uint8], side: int) -> npt.NDArray[np.uint8]:
    """At most `side` pixels wide and high, each the mean of what it covers."""
    scale = side / max(gray.shape)
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), dtype=np.uint8) if scale < 1 else gray


def _spread(places: npt.NDArray[np.float32], width: int, height: int, most: int) -> npt.NDArray[np.intp]:
    """Strongest first, but a busy corner must not take what the rest of the picture needs: a crop may lack the corner."""
    cell = (places[:, 0] * CELLS / width).astype(int) * CELLS + (places[:, 1] * CELLS / height).astype(int)
    order = np.lexsort((-places[:, 2], cell))
    first = np.searchsorted(cell[order], cell[order])
    rank = np.empty(len(places), dtype=np.intp)
    rank[order] = np.arange(len(places)) - first
    late = rank >= SHARES * most // CELLS**2
    return np.lexsort((-places[:, 2], late))[:most]
