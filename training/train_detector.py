"""Train the detector on scenes.

`python -m training.train_detector SHARDS --out detector.pt --minutes 45`. Resumes from its checkpoint.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional

from training.nets import Detector, device_of, size
from training.pool import Pool

STRIDE = 8
CROP = 144  # pixels of a training window
WIDEST = 140.0  # plates wider than this are found on a smaller level of the pyramid
CORE = (0.34, 0.6)  # the middle of a plate, as parts of its sides, whose cells must fire


def targets(quads: np.ndarray, whole: np.ndarray, cells: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(heat, ignore, offsets) for one scene.

    Cells in a plate's core are 1; its other cells, and plates cut by the edge, count neither way.
    """
    heat, ignore = np.zeros((cells, cells), np.float32), np.zeros((cells, cells), np.float32)
    offsets = np.zeros((9, cells, cells), np.float32)  # eight offsets in cells, and the plate's width in cells
    centres = (np.mgrid[0:cells, 0:cells][::-1].transpose(1, 2, 0).reshape(-1, 2) + 0.5) * STRIDE
    there = ~np.isnan(quads[:, 0, 0])
    for quad, complete in zip(quads[there], whole[there], strict=True):
        plane = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        inside = cv2.perspectiveTransform(centres[None].astype(np.float32), cv2.getPerspectiveTransform(quad, plane))[0]
        away = np.abs(inside - 0.5).reshape(cells, cells, 2)
        ignore[(away[..., 0] < 0.6) & (away[..., 1] < 0.75)] = 1
        if not complete:
            continue
        core = (away[..., 0] < CORE[0] / 2) & (away[..., 1] < CORE[1] / 2)
        middle = np.clip((quad.mean(0) / STRIDE).astype(int), 0, cells - 1)
        core[middle[1], middle[0]] = True
        heat[core] = 1
        shift = (quad.reshape(8)[None] - np.tile(centres, 4)) / STRIDE
        offsets[:8, core] = shift.reshape(cells, cells, 8)[core].T
        offsets[8, core] = np.linalg.norm(quad[1] - quad[0]) / STRIDE
    return heat, ignore * (1 - heat), offsets


def loss_of(
    out: torch.Tensor, heat: torch.Tensor, ignore: torch.Tensor, offsets: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    logit = out[:, 0]
    p = logit.sigmoid()
    cross = functional.binary_cross_entropy_with_logits(logit, heat, reduction="none")
    focal = cross * torch.where(heat > 0, (1 - p) ** 2, p**2 * 0.6) * (1 - ignore)
    hits = heat.sum().clamp(min=1)
    miss = (out[:, 1:] - offsets[:, :8]).abs() / offsets[:, 8:].clamp(min=2)  # as parts of the plate's width
    error = (miss.mean(1) * heat).sum() / hits
    return focal.sum() / hits + 4 * error, error


def cut(
    scenes: np.ndarray, quads: np.ndarray, whole: np.ndarray, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A CROP px window of each scene in another light: mostly around a plate, so that little time goes into empty ground."""
    out = np.empty((len(scenes), CROP, CROP, 3), np.uint8)
    quads, whole = quads.copy(), whole.copy()
    spare = scenes.shape[1] - CROP
    for i, picture in enumerate(scenes):
        corner = draw.integers(0, spare + 1, 2)
        there = np.flatnonzero(whole[i])
        if len(there) and draw.random() < 0.75:
            middle = quads[i, draw.choice(there)].mean(0)
            corner = np.clip(np.round(middle - draw.uniform(0.25, 0.75, 2) * CROP), 0, spare).astype(int)
        x, y = corner
        out[i] = cv2.convertScaleAbs(picture[y : y + CROP, x : x + CROP], alpha=draw.uniform(0.75, 1.25), beta=draw.uniform(0, 20))
        quads[i] -= corner
        size = quads[i].max(1) - quads[i].min(1)
        inside = (quads[i].min(1) > -0.1 * size).all(1) & (quads[i].max(1) < CROP + 0.1 * size).all(1)
        whole[i] &= inside & (size[:, 0] < WIDEST)
    return out, quads, whole


def tensor(scenes: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(scenes).permute(0, 3, 1, 2).float() / 255


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("shards", type=Path)
    ask.add_argument("--out", type=Path, default=Path("detector.pt"))
    ask.add_argument("--minutes", type=float, default=45)
    ask.add_argument("--total", type=float, default=45)
    ask.add_argument("--batch", type=int, default=32)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=1)
    options = ask.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    draw = np.random.default_rng(options.seed)
    net = Detector().to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=0.01)
    spent, seen = 0.0, 0
    if options.out.exists():
        saved = torch.load(options.out, map_location=device)
        net.load_state_dict(saved["net"])
        if "optimizer" in saved:  # those in training/checkpoints hold the network alone
            optimizer.load_state_dict(saved["optimizer"])
        spent, seen = saved["spent"], saved["seen"]
    print(f"{size(net):,} parameters on {device}, {spent / 60:.1f} min behind it", flush=True)
    pool = Pool(options.shards, ("scenes", "quads", "whole"), most=25_000)
    held = cut(*(pool.held[key][:300] for key in ("scenes", "quads", "whole")), np.random.default_rng(0))
    start, last, losses, errors = time.monotonic(), time.monotonic(), [], []
    while (now := time.monotonic()) - start < options.minutes * 60:
        done = min(1.0, (spent + now - start) / (options.total * 60))
        for group in optimizer.param_groups:
            group["lr"] = float(
                options.rate * min(1.0, (seen + options.batch) / 4_000) * max(0.01, 0.5 * (1 + np.cos(np.pi * done)))
            )
        batch = pool.sample(draw, options.batch)
        scenes, quads, whole = cut(batch["scenes"], batch["quads"], batch["whole"], draw)
        wanted = [
            torch.from_numpy(np.stack(part)).to(device)
            for part in zip(*(targets(item, flags, CROP // STRIDE) for item, flags in zip(quads, whole, strict=True)), strict=True)
        ]
        with torch.autocast(device, torch.bfloat16):
            out = net(tensor(scenes).to(device, memory_format=torch.channels_last))
        loss, error = loss_of(out.float(), *wanted)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        losses.append(loss.item())
        errors.append(error.item())
        seen += options.batch
        if time.monotonic() - last > 120 or (options.minutes * 60 - (time.monotonic() - start)) < 2:
            last = time.monotonic()
            total = spent + last - start
            recall, alarms = held_out(net, *held)
            trained = f"{seen:>8,} scenes of {pool.count:,}  loss {np.mean(losses):.4f}  corner {np.mean(errors):.4f}"
            print(f"{total / 60:6.1f} min  {trained}  held-out: cores hit {recall:.3f}  false cells {alarms:.3f}", flush=True)
            losses, errors = [], []
            part = options.out.with_suffix(".part")
            torch.save(
                {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "spent": total, "seen": seen, "seed": options.seed},
                part,
            )
            part.replace(options.out)
            pool.refresh()


def held_out(net: Detector, scenes: np.ndarray, quads: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """Share of plates with a cell over 0.5 in their core, and cells over 0.5 outside plates per scene."""
    net.eval()
    hit, plates, alarms = 0, 0, 0
    with torch.inference_mode():
        for picture, boxes, flags in zip(scenes, quads, whole, strict=True):
            p = net(tensor(picture[None]).to(device_of(net)))[0, 0].sigmoid().cpu().numpy()
            everything, ignore, _ = targets(boxes, flags, p.shape[0])
            alarms += int(((p > 0.5) & (everything == 0) & (ignore == 0)).sum())
            for at in np.flatnonzero(flags):
                heat, _, _ = targets(boxes[at : at + 1], flags[at : at + 1], p.shape[0])
                plates += 1
                hit += bool((p[heat > 0] > 0.5).any())
    net.train()
    return hit / max(1, plates), alarms / len(scenes)


if __name__ == "__main__":
    main()
