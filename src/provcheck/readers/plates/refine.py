"""Is it a plate, where are its corners, has it two rows, what colour is its field? Asked twice, the second time straightened."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.readers.plates import geometry
from provcheck.readers.plates.network import Floats, run

FIELDS = ("white", "yellow", "black", "blue", "red")  # the corner finder's colour classes, in its order
BATCH = 16  # frames in one pass


@dataclass(frozen=True, slots=True)
class Plate:
    """A refined quad; `p` that it is a plate, `fields` the probability of each of FIELDS, `earlier` the quads on the way to it."""

    quad: geometry.Corners
    p: float
    two_rows: float
    fields: tuple[float, ...]
    earlier: tuple[geometry.Corners, ...] = ()


def refined(net: cv2.dnn.Net, rgb: geometry.Image, quads: list[geometry.Corners], rounds: int = 2) -> list[Plate]:
    """One Plate for each rough quad, in their order."""
    plates: list[Plate] = []
    for at in range(0, len(quads), BATCH):
        group: list[tuple[geometry.Corners, ...]] = [(quad,) for quad in quads[at : at + BATCH]]
        for _ in range(rounds):
            seen = _look(net, rgb, [tries[-1] for tries in group])
            group = [(*tries, plate.quad) for tries, plate in zip(group, seen, strict=True)]
        plates += [replace(plate, earlier=tries[:-1]) for plate, tries in zip(seen, group, strict=True)]
    return plates


def _look(net: cv2.dnn.Net, rgb: geometry.Image, quads: list[geometry.Corners]) -> list[Plate]:
    outers = [geometry.frame_quad(quad) for quad in quads]
    frames = np.stack([geometry.rectify(rgb, outer, geometry.FRAME) for outer in outers])
    batch = np.asarray(frames.astype(np.float32).transpose(0, 3, 1, 2) / 255, np.float32)
    return [_plate(row, outer) for row, outer in zip(run(net, batch), outers, strict=True)]


def _plate(row: npt.NDArray[np.float32], outer: geometry.Corners) -> Plate:
    points = np.clip(row[:8].reshape(4, 2), -0.2, 1.2)  # a corner far outside the frame is no answer
    return Plate(geometry.from_frame(points, outer), _sigmoid(row[8]), _sigmoid(row[9]), _softmax(row[10:15]))


def _sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def _softmax(row: Floats) -> tuple[float, ...]:
    parts = np.exp(row - row.max())
    return tuple(float(part) for part in parts / parts.sum())
