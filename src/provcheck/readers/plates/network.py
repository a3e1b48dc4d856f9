"""The models, loaded once a process and only when their digests are those of MODELS.toml."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
LISTING = "MODELS.toml"


class ModelError(Exception):
    """A model file that is missing, not the one listed, or not loadable. `file` names it."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


@dataclass(frozen=True, slots=True)
class Networks:
    """Detector, corner finder and reader, ready for one thread; and the thresholds that were calibrated for them."""

    detector: cv2.dnn.Net
    corners: cv2.dnn.Net
    reader: cv2.dnn.Net
    thresholds: dict[str, float]


def listing() -> dict[str, Any]:
    """MODELS.toml as it stands."""
    return tomllib.loads(resources.files(__package__).joinpath(LISTING).read_text(encoding="utf-8"))


def digests() -> tuple[tuple[str, str], ...]:
    """(file, SHA-256) of each model as listed: what a report's custody names."""
    return tuple((model["file"], model["sha256"]) for model in listing()["model"])


@cache
def networks() -> Networks:
    """Raises ModelError; a process that got one gets it again (nothing is half loaded)."""
    table = listing()
    loaded = {model["role"]: load_model(model["file"], model["sha256"]) for model in table["model"]}
    return Networks(
        loaded["detector"], loaded["corners"], loaded["reader"], {name: float(value) for name, value in table["thresholds"].items()}
    )


def load_model(file: str, sha256: str) -> cv2.dnn.Net:
    """One model of this package; raises ModelError where its bytes are not those of the digest."""
    try:
        data = resources.files(__package__).joinpath(file).read_bytes()
    except OSError as missing:
        raise ModelError(file) from missing
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(file)
    try:
        return cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
    except cv2.error as broken:
        raise ModelError(file) from broken


def run(net: cv2.dnn.Net, batch: Floats) -> Floats:
    """One forward pass; N x C x H x W in, whatever the net gives out."""
    net.setInput(np.ascontiguousarray(batch))
    return np.asarray(net.forward(), np.float32)


# A region is covered at half the certainty that a finding asks: a plate that stays visible may expose somebody, and a false one
# costs a person one line in a boxes file.
LENIENT = ("candidate", "plate", "both", "unread")
LENIENCY = 0.5


@cache
def generous() -> Networks:
    """The same networks with lower thresholds. Raises ModelError."""
    strict = networks()
    lower = {name: value * LENIENCY if name in LENIENT else value for name, value in strict.thresholds.items()}
    return Networks(strict.detector, strict.corners, strict.reader, lower)
