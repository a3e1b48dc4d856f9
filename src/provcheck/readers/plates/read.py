"""What stands on a straightened plate: log probabilities of every sign at every step, for the decoder."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.readers.plates import geometry
from provcheck.readers.plates.network import Floats, run

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # sign i is column i + 1; column 0 is CTC's blank
FEW = 4  # signs
SLACK = 4.0  # gray levels added to the deviation: a flat strip is not blown up to noise


def standardised(strips: npt.NDArray[np.uint8]) -> Floats:
    """N x 32 x 160 gray to N x 1 x 32 x 160 of zero mean and unit deviation."""
    gray = strips.astype(np.float32)
    mean, deviation = gray.mean((1, 2), keepdims=True), gray.std((1, 2), keepdims=True)
    return np.asarray((gray - mean) / (deviation + SLACK), np.float32)[:, None]


def clearest(
    net: cv2.dnn.Net, gray: geometry.Image, quads: list[geometry.Corners], two_rows: bool
) -> tuple[Floats, geometry.Corners]:
    """Of several quads of one plate, the steps that read most surely, and their quad: corners are never exact."""
    seen = steps(net, [geometry.strip(gray, quad, two_rows) for quad in quads])
    best = max(range(len(quads)), key=lambda at: _sureness(seen[at]))
    return seen[best], quads[best]


def _sureness(logs: Floats) -> float:
    """Log probability of the likeliest path; a strip with next to no signs is no reading."""
    best = logs.argmax(1)
    signs = int(((best != 0) & (best != np.roll(best, 1))).sum())
    return float(logs.max(1).sum()) - (100.0 if signs < FEW else 0.0)


def steps(net: cv2.dnn.Net, strips: list[geometry.Image]) -> list[Floats]:
    """For each strip, 40 steps x 37 log probabilities."""
    if not strips:
        return []
    logits = run(net, standardised(np.stack(strips))).transpose(0, 2, 1)
    peak = logits.max(2, keepdims=True)
    return list(logits - peak - np.log(np.exp(logits - peak).sum(2, keepdims=True)))
