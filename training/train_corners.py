"""Train the corner finder on shards.

`python -m training.train_corners SHARDS --out corners.pt --minutes 15`. Resumes from its checkpoint.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from training.nets import Corners, size
from training.pool import Pool

RARE = torch.tensor([0.5, 2.0, 1.5, 3.0, 3.0])  # four plates in five are white: unweighted, blue and red are never learnt
KEYS = ("frames", "corners", "labels")


def loss_of(out: torch.Tensor, corners: torch.Tensor, labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(loss, mean corner error as part of the frame). Corners, rows and colour count only where there is a plate."""
    plate = labels[:, 0] == 1
    miss = (out[plate, :8] - corners[plate].reshape(-1, 8)).abs()
    error = miss.mean()
    judged = functional.binary_cross_entropy_with_logits(out[:, 8], labels[:, 0].float())
    rows = functional.binary_cross_entropy_with_logits(out[plate, 9], (labels[plate, 1] == 2).float())
    colour = functional.cross_entropy(out[plate, 10:15], labels[plate, 2], weight=RARE.to(out.device))
    return functional.smooth_l1_loss(
        out[plate, :8], corners[plate].reshape(-1, 8), beta=0.02
    ) * 20 + judged + 0.3 * rows + 0.4 * colour, error


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("shards", type=Path)
    ask.add_argument("--out", type=Path, default=Path("corners.pt"))
    ask.add_argument("--minutes", type=float, default=15)
    ask.add_argument("--total", type=float, default=15)
    ask.add_argument("--batch", type=int, default=96)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--hard", type=Path, help="frames of training/mine.py; a sixth of each batch")
    options = ask.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    draw = np.random.default_rng(options.seed)
    net = Corners().to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=0.01)
    spent, seen = 0.0, 0
    if options.out.exists():
        saved = torch.load(options.out, map_location=device)
        net.load_state_dict(saved["net"])
        if "optimizer" in saved:  # those in training/checkpoints hold the network alone
            optimizer.load_state_dict(saved["optimizer"])
        spent, seen = saved["spent"], saved["seen"]
    print(f"{size(net):,} parameters on {device}, {spent / 60:.1f} min behind it", flush=True)
    pool = Pool(options.shards, KEYS, most=150_000)
    hard = np.load(options.hard)["frames"] if options.hard else None
    start, last, losses, errors = time.monotonic(), time.monotonic(), [], []
    while (now := time.monotonic()) - start < options.minutes * 60:
        done = min(1.0, (spent + now - start) / (options.total * 60))
        for group in optimizer.param_groups:
            group["lr"] = float(
                options.rate * min(1.0, (seen + options.batch) / 20_000) * max(0.01, 0.5 * (1 + np.cos(np.pi * done)))
            )
        batch = pool.sample(draw, options.batch)
        if hard is not None:
            share = slice(0, options.batch // 6)
            batch["frames"][share] = hard[draw.integers(0, len(hard), options.batch // 6)]
            batch["labels"][share] = 0
        frames = tensor(lit(batch["frames"], draw)).to(device, memory_format=torch.channels_last)
        with torch.autocast(device, torch.bfloat16):
            out = net(frames)
        loss, error = loss_of(
            out.float(),
            torch.from_numpy(batch["corners"]).to(device),
            torch.from_numpy(batch["labels"]).to(device),
        )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        losses.append(loss.item())
        errors.append(error.item())
        seen += options.batch
        if time.monotonic() - last > 90 or (options.minutes * 60 - (time.monotonic() - start)) < 2:
            last = time.monotonic()
            total = spent + last - start
            net.eval()
            with torch.inference_mode():
                held = {key: pool.held[key][:1500] for key in KEYS}
                out = net(tensor(held["frames"]).to(device)).cpu()
                _, held_error = loss_of(out, torch.from_numpy(held["corners"]), torch.from_numpy(held["labels"]))
            net.train()
            plate = held["labels"][:, 0] == 1
            colour = (out[:, 10:15].argmax(1).numpy() == held["labels"][:, 2])[plate].mean()
            judged = ((out[:, 8] > 0).numpy() == plate).mean()
            trained = f"{seen:>8,} frames of {pool.count:,}  loss {np.mean(losses):.4f}  corner {np.mean(errors):.4f}"
            held_out = f"corner {held_error:.4f}  plate {judged:.4f}  colour {colour:.4f}"
            print(f"{total / 60:6.1f} min  {trained}  held-out: {held_out}", flush=True)
            losses, errors = [], []
            part = options.out.with_suffix(".part")
            torch.save(
                {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "spent": total, "seen": seen, "seed": options.seed},
                part,
            )
            part.replace(options.out)
            pool.refresh()


def lit(frames: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """The same frames in another light, so that they can be used more than once."""
    gain = draw.uniform(0.7, 1.3, (len(frames), 1, 1, 1)) * draw.normal(1, 0.04, (len(frames), 1, 1, 3))
    return np.clip(frames * gain + draw.uniform(-25, 25, (len(frames), 1, 1, 1)), 0, 255)


def tensor(frames: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(frames.astype(np.float32) / 255).permute(0, 3, 1, 2)


if __name__ == "__main__":
    main()
