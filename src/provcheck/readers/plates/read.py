"""What stands on a straightened plate: log probabilities of every sign at every step, for the decoder."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.readers.plates import geometry
from provcheck.readers.plates.network import Floats, run
from provcheck.readers.plates.refine import Plate

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # sign i is column i + 1; column 0 is CTC's blank
WIDER = 0.04  # of the width, at each end
TALLER = 0.08  # of the height, above and below
SLACK = 4.0  # gray levels added to the deviation: a flat strip is not blown up to noise
BATCH = 32  # strips in one pass


def standardised(strips: npt.NDArray[np.uint8]) -> Floats:
    """N x 32 x 160 gray to N x 1 x 32 x 160 of zero mean and unit deviation."""
    gray = strips.astype(np.float32)
    mean, deviation = gray.mean((1, 2), keepdims=True), gray.std((1, 2), keepdims=True)
    return np.asarray((gray - mean) / (deviation + SLACK), np.float32)[:, None]


def tries(plate: Plate) -> tuple[geometry.Corners, ...]:
    """Corners are never exact, so a plate is read from several quads. The first differ in what a tight quad loses: its ends."""
    nearer = plate.earlier[-1] if plate.earlier else plate.quad
    return plate.quad, widened(plate.quad, WIDER), nearer, widened(nearer, WIDER), heightened(plate.quad, TALLER)


def widened(quad: geometry.Corners, by: float) -> geometry.Corners:
    """The quad with more room at both ends: a code's last digit is the first thing that a tight quad loses."""
    more = np.array([[-by, 0], [1 + by, 0], [1 + by, 1], [-by, 1]], np.float32)
    return geometry.mapped(more, geometry.UNIT, quad)


def heightened(quad: geometry.Corners, by: float) -> geometry.Corners:
    """The quad with more room above and below."""
    more = np.array([[0, -by], [1, -by], [1, 1 + by], [0, 1 + by]], np.float32)
    return geometry.mapped(more, geometry.UNIT, quad)


def strips(gray: geometry.Image, quads: Sequence[geometry.Corners], two_rows: bool) -> list[geometry.Image]:
    return [geometry.strip(gray, quad, two_rows) for quad in quads]


def steps(net: cv2.dnn.Net, strips: Sequence[geometry.Image]) -> list[Floats]:
    """For each strip, 40 steps x 37 log probabilities."""
    out: list[Floats] = []
    for at in range(0, len(strips), BATCH):
        logits = run(net, standardised(np.stack(strips[at : at + BATCH]))).transpose(0, 2, 1)
        peak = logits.max(2, keepdims=True)
        out += list(logits - peak - np.log(np.exp(logits - peak).sum(2, keepdims=True)))
    return out
