"""From where a plate is seen, and what lens, sensor and file make of it. Pictures are RGB."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np

LAMPS = ((1.0, 0.6, 0.25), (0.35, 0.55, 1.0), (0.5, 0.9, 0.9), (0.7, 0.5, 0.9))  # sodium, dusk, mercury, neon


def view(rng: random.Random, board: np.ndarray, width: float, strong: bool) -> np.ndarray:
    """Corners (4 x 2, around 0) of a board seen from a chance direction, about `width` pixels wide."""
    wide, tall = 1.0, board.shape[0] / board.shape[1]
    limit = 45 if strong else 18
    yaw, pitch, roll = (
        math.radians(angle)
        for angle in (
            rng.triangular(-limit, limit, 0),
            rng.triangular(-limit * 0.7, limit * 0.7, 0),
            rng.triangular(-limit * 0.55, limit * 0.55, 0),
        )
    )
    points = np.array([[-wide / 2, -tall / 2, 0], [wide / 2, -tall / 2, 0], [wide / 2, tall / 2, 0], [-wide / 2, tall / 2, 0]])
    turn_y = np.array([[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]])
    turn_x = np.array([[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)], [0, math.sin(pitch), math.cos(pitch)]])
    turn_z = np.array([[math.cos(roll), -math.sin(roll), 0], [math.sin(roll), math.cos(roll), 0], [0, 0, 1]])
    seen = points @ turn_y.T @ turn_x.T @ turn_z.T
    depth = rng.uniform(2.0, 8.0)
    return (seen[:, :2] * (depth / (depth + seen[:, 2:])) * width).astype(np.float32)


def paste(canvas: np.ndarray, board: np.ndarray, corners: np.ndarray) -> None:
    """The board seen in the canvas with its corners there, in place."""
    low = np.maximum(np.floor(corners.min(0)).astype(int) - 1, 0)
    high = np.minimum(np.ceil(corners.max(0)).astype(int) + 1, [canvas.shape[1], canvas.shape[0]])
    size = (int(high[0] - low[0]), int(high[1] - low[1]))
    if min(size) < 2:
        return
    tall, wide = board.shape[:2]
    shrink = float(np.linalg.norm(corners[1] - corners[0])) / wide
    if shrink < 0.6:
        board = cv2.resize(board, None, fx=shrink * 1.3, fy=shrink * 1.3, interpolation=cv2.INTER_AREA)
        tall, wide = board.shape[:2]
    matrix = cv2.getPerspectiveTransform(
        np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32) - 0.5, (corners - low - 0.5).astype(np.float32)
    )
    seen = cv2.warpPerspective(board, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = np.zeros((size[1], size[0]), np.uint8)
    cv2.fillConvexPoly(alpha, np.round((corners - low - 0.5) * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    mix = (alpha.astype(np.float32) / 255)[..., None]
    part = canvas[low[1] : high[1], low[0] : high[0]]
    part *= 1 - mix
    part += mix * seen


def camera(rng: random.Random, picture: np.ndarray, width: float) -> np.ndarray:
    """Light, lens, sensor and file. `width` is the plate's, to scale the blur. Gives uint8."""
    picture = _lit(rng, picture)
    picture = _lens(rng, picture, width)
    picture = _sensor(rng, picture)
    if rng.random() < 0.12:  # scaled up somewhere on its way
        factor = rng.uniform(0.5, 0.85)
        small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        picture = cv2.resize(small, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_CUBIC)
    for _ in range(rng.choice((0, 1, 1, 2))):
        quality = rng.choice((rng.randint(60, 95), rng.randint(25, 80)))
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return picture


def _lit(rng: random.Random, picture: np.ndarray) -> np.ndarray:
    """Balance, the colours of lamps, exposure and contrast."""
    if rng.random() < 0.5:
        picture = picture * np.array([rng.gauss(1, 0.1) for _ in range(3)], np.float32)
    if rng.random() < 0.08:
        picture = picture * np.array(rng.choice(LAMPS), np.float32)
    gain = rng.choice((1.0, 1.0, rng.uniform(0.5, 1.2), rng.uniform(0.12, 0.6)))
    lift = rng.choice((0, 0, rng.uniform(-30, 60), rng.uniform(40, 130)))
    picture = (picture - 128) * (rng.uniform(0.35, 1.15) if rng.random() < 0.5 else 1.0) + 128 + lift * 0.5
    picture = np.clip(picture * gain, 0, 255)
    return picture * rng.uniform(1.0, 1.6) if gain < 0.5 and rng.random() < 0.6 else picture


def _lens(rng: random.Random, picture: np.ndarray, width: float) -> np.ndarray:
    """Defocus and motion."""
    blur = rng.choice((0.0, rng.uniform(0.3, 0.8), rng.uniform(0.5, 1.3), width * rng.uniform(0.004, 0.013)))
    if blur > 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    return _motion(rng, picture, width * rng.uniform(0.01, 0.035)) if rng.random() < 0.15 else picture


def _sensor(rng: random.Random, picture: np.ndarray) -> np.ndarray:
    """Grain, also of colour, sharpening, and night mode's gray. Gives uint8."""
    draw = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < 0.55:
        strength = rng.choice((rng.uniform(1, 6), rng.uniform(4, 22)))
        grain = draw.standard_normal((*picture.shape[:2], 3 if rng.random() < 0.5 else 1), np.float32)
        if rng.random() < 0.35:
            grain = np.atleast_3d(cv2.GaussianBlur(grain, (0, 0), rng.uniform(0.6, 1.2))) * 1.8
        picture = picture + grain * strength
    if rng.random() < 0.2:
        picture = picture + (picture - cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.8, 2))) * rng.uniform(0.4, 1.6)
    if rng.random() < 0.08:
        picture = np.repeat(picture.mean(2, keepdims=True), 3, 2)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _motion(rng: random.Random, picture: np.ndarray, length: float) -> np.ndarray:
    size = max(3, round(length)) | 1
    kernel = np.zeros((size, size), np.float32)
    angle = rng.uniform(0, math.pi) if rng.random() < 0.4 else rng.gauss(0, 0.15)
    half, middle = (size - 1) / 2, size // 2
    dx, dy = math.cos(angle) * half, math.sin(angle) * half
    cv2.line(kernel, (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy)), 1.0, 1)
    return cv2.filter2D(picture, -1, kernel / kernel.sum())
