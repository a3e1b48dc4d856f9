"""Train the reader on shards.

`python -m training.train_reader SHARDS --out reader.pt --minutes 45`. Resumes from its checkpoint.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from training.nets import ALPHABET, Reader, device_of, size
from training.pool import Pool

CLASS = {sign: number + 1 for number, sign in enumerate(ALPHABET)}


def standardised(strips: torch.Tensor) -> torch.Tensor:
    """What readers/plates/read.py does: zero mean, unit deviation, and 4 gray levels of slack for flat strips."""
    mean = strips.mean((2, 3), keepdim=True)
    return (strips - mean) / (strips.std((2, 3), keepdim=True, correction=0) + 4.0)


def shaken(strips: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Cheap variety, so that a rendered strip can be used more than once: shifts, gain, blots, a negative now and then."""
    out = strips.astype(np.float32)
    for item in out:
        dx, dy = draw.integers(-3, 4), draw.integers(-1, 2)
        item[:] = np.roll(item, (dy, dx), (0, 1))
        if draw.random() < 0.3:
            item += draw.standard_normal(item.shape, np.float32) * draw.uniform(1, 10)
        if draw.random() < 0.12:
            x, y = draw.integers(0, 150), draw.integers(0, 28)
            item[y : y + draw.integers(2, 12), x : x + draw.integers(2, 9)] = draw.uniform(0, 255)
    return out


def greedy(logits: torch.Tensor) -> list[str]:
    rows = logits.argmax(1).tolist()
    return ["".join(ALPHABET[now - 1] for last, now in zip([0, *row], row, strict=False) if now and now != last) for row in rows]


def exact(net: Reader, strips: np.ndarray, texts: np.ndarray) -> float:
    net.eval()
    right = 0
    with torch.inference_mode():
        for at in range(0, len(strips), 500):
            batch = torch.from_numpy(strips[at : at + 500].astype(np.float32))[:, None].to(device_of(net))
            right += sum(got == want for got, want in zip(greedy(net(standardised(batch))), texts[at : at + 500], strict=True))
    net.train()
    return right / len(strips)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("shards", type=Path)
    ask.add_argument("--out", type=Path, default=Path("reader.pt"))
    ask.add_argument("--minutes", type=float, default=45, help="of this run; the learning rate falls to zero over --total minutes")
    ask.add_argument("--total", type=float, default=45)
    ask.add_argument("--batch", type=int, default=96)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=1)
    options = ask.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    draw = np.random.default_rng(options.seed)
    net = Reader().to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=0.01)
    spent, seen = 0.0, 0
    if options.out.exists():
        saved = torch.load(options.out, map_location=device)
        net.load_state_dict(saved["net"])
        if "optimizer" in saved:  # those in training/checkpoints hold the network alone
            optimizer.load_state_dict(saved["optimizer"])
        spent, seen = saved["spent"], saved["seen"]
    print(f"{size(net):,} parameters on {device}, {spent / 60:.1f} min behind it", flush=True)
    pool = Pool(options.shards, ("strips", "texts"))
    probe = {key: pool.held[key][:2000] for key in ("strips", "texts")}
    start, last, step, losses = time.monotonic(), time.monotonic(), 0, []
    while (now := time.monotonic()) - start < options.minutes * 60:
        done = min(1.0, (spent + now - start) / (options.total * 60))
        for group in optimizer.param_groups:
            group["lr"] = float(options.rate * min(1.0, (step + 1 + seen) / 200) * max(0.01, 0.5 * (1 + np.cos(np.pi * done))))
        batch = pool.sample(draw, options.batch)
        strips = torch.from_numpy(shaken(batch["strips"], draw))[:, None].to(device, memory_format=torch.channels_last)
        texts = [str(text) for text in batch["texts"]]
        targets = torch.tensor([CLASS[sign] for text in texts for sign in text])
        with torch.autocast(device, torch.bfloat16):
            logits = net(standardised(strips))
        logits = logits.float().permute(2, 0, 1).log_softmax(2)
        lengths = torch.full((len(texts),), logits.shape[0])
        loss = functional.ctc_loss(logits, targets, lengths, torch.tensor([len(text) for text in texts]), zero_infinity=True)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        losses.append(loss.item())
        step += 1
        seen += len(texts)
        if time.monotonic() - last > 120 or (options.minutes * 60 - (time.monotonic() - start)) < 2:
            last = time.monotonic()
            total = spent + last - start
            trained = f"{seen:>8,} strips of {pool.count:,}  loss {np.mean(losses):.4f}"
            held_out = exact(net, probe["strips"], probe["texts"])
            print(f"{total / 60:6.1f} min  {trained}  held-out exact {held_out:.4f}", flush=True)
            losses = []
            part = options.out.with_suffix(".part")
            torch.save(
                {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "spent": total, "seen": seen, "seed": options.seed},
                part,
            )
            part.replace(options.out)
            pool.refresh()


if __name__ == "__main__":
    main()
