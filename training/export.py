"""Export checkpoints to the package: `python -m training.export --reader reader.pt --corners corners.pt --detector detector.pt`.

Each network is written as ONNX, run by torch and by cv2.dnn on fixed inputs, and refused where they differ. MODELS.toml gets
the digests; thresholds stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

from training.nets import Corners, Detector, Reader

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "provcheck" / "readers" / "plates"
TOLERANCE = 2e-3  # of logits that range over tens: float rounding in another order of summing, no more
ROLES: dict[str, tuple[type[nn.Module], tuple[int, ...]]] = {
    "detector": (Detector, (1, 3, 416, 608)),
    "corners": (Corners, (3, 3, 48, 144)),
    "reader": (Reader, (3, 1, 32, 160)),
}


def exported(role: str, checkpoint: Path) -> tuple[bytes, float, dict[str, float]]:
    """(ONNX file, largest difference between torch and cv2.dnn, facts of the training). Raises SystemExit over TOLERANCE."""
    make, shape = ROLES[role]
    net = make()
    saved = torch.load(checkpoint, map_location="cpu")
    net.load_state_dict(saved["net"])
    net.eval()
    target = checkpoint.with_suffix(".onnx")
    batch = {0: "batch"} | ({2: "height", 3: "width"} if role == "detector" else {})
    torch.onnx.export(
        net,
        (torch.zeros(shape),),
        str(target),
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": batch, "output": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    data = target.read_bytes()
    engine = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
    worst = 0.0
    for seed, scale in ((1, 1.0), (2, 0.5), (3, 1.0)):
        wide = list(shape)
        if role == "detector" and seed == 3:
            wide[2:] = 192, 320  # another size through the same engine: tiles differ
        values = np.random.default_rng(seed).random(wide, np.float32) * scale
        engine.setInput(values)
        with torch.inference_mode():
            worst = max(worst, float(np.abs(net(torch.from_numpy(values)).numpy() - engine.forward()).max()))
    if worst > TOLERANCE:
        raise SystemExit(f"{role}: torch and cv2.dnn differ by {worst:.5f}, more than {TOLERANCE}")
    return data, worst, {"minutes": round(saved["spent"] / 60, 1), "items": saved["seen"], "seed": saved["seed"]}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    for role in ROLES:
        ask.add_argument(f"--{role}", type=Path)
    options = vars(ask.parse_args())
    listing = PACKAGE / "MODELS.toml"
    table = (
        tomllib.loads(listing.read_text(encoding="utf-8"))
        if listing.exists()
        else {"model": [], "thresholds": {}, "calibration": {}}
    )
    models = {model["role"]: model for model in table.get("model", [])}
    for role in ROLES:
        if options[role] is None:
            continue
        data, worst, training = exported(role, options[role])
        (PACKAGE / f"{role}.onnx").write_bytes(data)
        models[role] = {
            "role": role,
            "file": f"{role}.onnx",
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "input": ROLES[role][0].__doc__.splitlines()[0],
            "data": "plates and scenes rendered by training/ (Apache-2.0, Debian's free fonts); freely licensed photos behind them",
            "trainer": f"training/train_{role}.py",
            "trained": json.dumps(training),
            "torch_against_cv2": f"{worst:.2e}",
        }
        print(f"{role}: {len(data):,} bytes, torch and cv2.dnn differ by {worst:.2e}")
    write(listing, table | {"model": [models[role] for role in ROLES if role in models]})


def write(listing: Path, table: dict) -> None:
    """MODELS.toml, by hand: the standard library reads TOML and does not write it."""
    lines = [
        "# The plate models, their digests, and the thresholds calibrated for them: written by export.py and calibrate.py.",
        "",
    ]
    for section in ("thresholds", "calibration"):
        lines.append(f"[{section}]")
        lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in table.get(section, {}).items()]
        lines.append("")
    for model in table["model"]:
        lines.append("[[model]]")
        lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in model.items()]
        lines.append("")
    listing.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
