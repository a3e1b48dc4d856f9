"""What time does to a plate: a holder, dirt, snow, shadow, glare, and dust over the whole vehicle. Pictures are RGB."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np

from training.world import lettering, noise


def framed(rng: random.Random, plate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The plate in a holder, perhaps with a dealer's strip, and the plate's corners in it."""
    height, width = plate.shape[:2]
    side, top, low = 0, 0, 0
    if rng.random() < 0.7:
        side, top = rng.randint(1, 7), rng.randint(1, 7)
        low = rng.randint(8, max(9, height // 4)) if rng.random() < 0.5 else top
    dark = rng.random() < 0.85
    colour = tuple(rng.gauss(30 if dark else 190, 14) for _ in range(3))
    if side and rng.random() < 0.3:
        _lip(rng, plate, colour)
    board = cv2.copyMakeBorder(plate, top, low, side, side, cv2.BORDER_CONSTANT, value=colour).astype(np.float32)
    if low > 7:
        if rng.random() < 0.3:
            board[-low + 1 :] = [rng.uniform(0, 255) for _ in range(3)]
        lettering(rng, board, rng.uniform(2, width / 2), board.shape[0] - 2, low * rng.uniform(0.5, 0.8), 22)
    corners = np.array([[side, top], [side + width, top], [side + width, top + height], [side, top + height]], np.float32)
    return board, corners


def _lip(rng: random.Random, plate: np.ndarray, colour: tuple[float, ...]) -> None:
    """A holder's lip covers a little of the plate's edge, in place."""
    height, width = plate.shape[:2]
    left, right, top, low = (max(1, round(rng.uniform(0.0, 0.025) * width)) for _ in range(4))
    plate[:, :left] = plate[:, width - right :] = plate[:top] = plate[height - low :] = colour


def weathered(rng: random.Random, board: np.ndarray) -> np.ndarray:
    """Dirt, snow, shadow and glare, each now and then."""
    height, width = board.shape[:2]
    draw = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < 0.35:
        mud = noise(draw, (height, width), rng.randint(3, 20)) * 0.7 + noise(draw, (height, width), 40) * 0.3
        level = rng.uniform(0.45, 0.9)
        alpha = np.clip((mud - level) * rng.uniform(2, 8), 0, rng.uniform(0.3, 0.9))
        if rng.random() < 0.4:
            alpha = np.maximum(alpha, rng.uniform(0.05, 0.45))
        board = board * (1 - alpha[..., None]) + alpha[..., None] * np.array(
            [rng.uniform(70, 150) * k for k in (1.0, 0.93, 0.82)], np.float32
        )
    if rng.random() < 0.08:
        snow = (
            noise(draw, (height, width), rng.randint(3, 10))
            + np.linspace(rng.uniform(0, 0.8), rng.uniform(-0.6, 0.3), height, dtype=np.float32)[:, None]
        )
        alpha = np.clip((snow - rng.uniform(0.75, 1.1)) * 6, 0, 0.97)[..., None]
        board = board * (1 - alpha) + alpha * rng.uniform(200, 250)
    if rng.random() < 0.2:
        angle, at = rng.uniform(0, 2 * math.pi), rng.uniform(-0.4, 0.4)
        xs, ys = np.meshgrid(np.linspace(-0.5, 0.5, width, dtype=np.float32), np.linspace(-0.5, 0.5, height, dtype=np.float32))
        edge = np.clip((xs * math.cos(angle) + ys * math.sin(angle) - at) * rng.uniform(5, 60), 0, 1)
        board = board * (1 - edge * rng.uniform(0.2, 0.7))[..., None]
    if rng.random() < 0.1:
        xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        spot = np.exp(
            -(((xs - rng.uniform(0, width)) / (width * rng.uniform(0.05, 0.3))) ** 2)
            - ((ys - rng.uniform(0, height)) / (height * rng.uniform(0.2, 0.6))) ** 2
        )
        board = board + (spot * rng.uniform(40, 200))[..., None]
    if rng.random() < 0.12:
        board = board + np.linspace(0, rng.uniform(-90, 90), width, dtype=np.float32)[None, :, None]
    return np.clip(board, 0, 255).astype(np.float32)


@dataclass(frozen=True)
class Dust:
    """What roads without asphalt leave on a whole vehicle: plate, holder and coachwork take the same colour."""

    colour: np.ndarray
    thick: float  # share of the coat in what is seen


def dust(rng: random.Random, often: float) -> Dust | None:
    """A coat on a vehicle of every `often`."""
    if rng.random() >= often:
        return None
    tone = rng.uniform(80, 215)
    return Dust(np.array([tone * k + rng.gauss(0, 4) for k in (1.0, 0.96, 0.88)], np.float32), rng.uniform(0.35, 0.88))


def settled(rng: random.Random, board: np.ndarray, coat: Dust | None) -> np.ndarray:
    """The board under the coat, thicker here and there; embossed signs keep a little of their edge."""
    if coat is None:
        return board
    draw = np.random.default_rng(rng.getrandbits(32))
    uneven = (noise(draw, board.shape[:2], rng.randint(2, 9)) - 0.5) * rng.uniform(0.0, 0.35)
    alpha = np.clip(coat.thick + uneven, 0.0, 0.93)[..., None]
    return np.asarray(board * (1 - alpha) + coat.colour * alpha, np.float32)
