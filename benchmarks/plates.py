"""Plates on the real photos of ../shared/data/plates: recall, reading, false flags and cost, with date and data digest.

`python benchmarks/plates.py [--limit N] [--out predictions.jsonl] [--costs]`. Scores are those of
../shared/tools/score_plates.py; beside them stand the reading on the labels' own boxes, the readings called certain,
and the time against megapixels.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import hashlib
import importlib.util
import json
import platform
import re
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from provcheck.domain.plate import PlateRegion, PlateText
from provcheck.domain.reading import Found
from provcheck.readers.plates import find_plates, geometry
from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.looks import read_all
from provcheck.readers.plates.network import digests, networks
from provcheck.readers.plates.refine import refined

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
LOOKALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
BOX_AIR = 0.02  # labels' boxes are tight; the corner finder sees past them anyway
Picture = npt.NDArray[np.uint8]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_plates", SHARED / "tools" / "score_plates.py")
    if spec is None or spec.loader is None:
        raise SystemExit("needs ../shared/tools/score_plates.py beside the project")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def digest(folder: Path) -> str:
    """SHA-256 over labels and the pictures' bytes, in name order."""
    total = hashlib.sha256((folder / "labels.csv").read_bytes())
    for path in sorted((folder / "images").iterdir()):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def picture(path: Path) -> Picture:
    with Image.open(path) as opened:
        return np.asarray(ImageOps.exif_transpose(opened).convert("RGB"), np.uint8)


def said(region: PlateRegion) -> dict[str, Any]:
    line: dict[str, Any] = {
        "quad": [list(point) for point in region.quad],
        "score": float(region.score),
        "text": "",
        "certain": False,
        "country_or_format": "undetermined",
    }
    if isinstance(region.reading, Found):
        text: PlateText = region.reading.value
        line |= {
            "text": text.text,
            "certain": text.certain,
            "country_or_format": text.format,
            "kind": text.kind,
            "region": text.region,
        }
    return line


def predict(folder: Path, files: list[str]) -> list[dict[str, Any]]:
    lines = []
    for file in files:
        rgb = picture(folder / file)
        start = time.process_time()
        found = find_plates(rgb)
        spent = (time.process_time() - start) * 1000
        plates = [said(region) for region in found.value] if isinstance(found, Found) else []
        lines.append({"file": file, "ms": round(spent, 1), "plates": plates})
    return lines


def on_boxes(folder: Path, rows: list[dict[str, str]]) -> tuple[int, int]:
    """(exact, plates): Russian plates of photos read from the label's box, through the corner finder."""
    nets = networks()
    right = total = 0
    for row in rows:
        if row["subset"] != "photo" or row["country"] != "RU" or not row["text"] or not row["quad_or_bbox"]:
            continue
        rgb = picture(folder / row["file"])
        x, y, width, height = json.loads(row["quad_or_bbox"])
        box = geometry.box_quad(x - BOX_AIR * width, y - BOX_AIR * height, width * (1 + 2 * BOX_AIR), height * (1 + 2 * BOX_AIR))
        plate = refined(nets.corners, rgb, [box])[0]
        plate = replace(plate, fields=ground(rgb, plate.quad, plate.fields))
        seen = read_all(nets, np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8), [plate])[0]
        total += 1
        if seen.belief:
            right += decided(seen.looks, seen.belief, plate.fields, True, nets.thresholds).text == normal(row["text"])
    return right, total


def normal(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper().translate(LOOKALIKE))


def certain_readings(score: ModuleType, images: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[int, int, int, list[str]]:
    """(right, certain, plates with a known text, the wrong ones) over all countries."""
    right = sure = plates = 0
    wrong = []
    for line in lines:
        image = images[line["file"]]
        labels, found = image["plates"], line["plates"]
        alone = dict.fromkeys(range(len(labels)), 0) if len(found) == 1 and len(labels) == 1 else {}
        pairs = score.match(labels, found, 0.5) if image["subset"] == "photo" else alone
        for i, label in enumerate(labels):
            if not label["text"]:
                continue
            plates += 1
            got = found[pairs[i]] if i in pairs else None
            if got and got["certain"]:
                sure += 1
                same = got["text"].replace("O", "0") == label["text"].replace("O", "0")
                right += same
                if not same:
                    wrong.append(f"{line['file']}: {label['text']} read {got['text']}")
    return right, sure, plates, wrong


def cost() -> list[tuple[float, float]]:
    """(megapixels, CPU milliseconds on one core) for photos without a plate, from noise of a street's statistics."""
    rng = np.random.default_rng(1)
    table = []
    for width, height in ((640, 480), (1280, 960), (1600, 1200), (2560, 1920), (4000, 3000), (6000, 4000)):
        small = rng.integers(0, 255, (height // 16, width // 16, 3), np.uint8)
        rgb = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
        find_plates(rgb)
        start = time.process_time()
        find_plates(rgb)
        table.append((width * height / 1e6, (time.process_time() - start) * 1000))
    return table


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--limit", type=int, help="only so many pictures")
    ask.add_argument("--out", type=Path, help="write the predictions as JSON lines")
    ask.add_argument("--costs", action="store_true", help="also measure cost against megapixels")
    options = ask.parse_args()
    cv2.setNumThreads(1)
    folder = SHARED / "data" / "plates"
    if not folder.is_dir():
        raise SystemExit("needs ../shared/data/plates beside the project")
    score = scorer()
    images = score.load_labels(folder / "labels.csv")
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    files = list(images)[:: max(1, len(images) // options.limit)] if options.limit else list(images)
    lines = predict(folder, files)
    if options.out:
        options.out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    today = datetime.datetime.now(datetime.UTC).date()
    print(today, platform.machine(), f"Python {platform.python_version()}", f"cv2 {cv2.__version__}", sep="  ")
    print("data SHA-256", digest(folder))
    print("models", *(f"{file} {sha[:12]}" for file, sha in digests()))
    score.show(score.evaluate({file: images[file] for file in files}, {line["file"]: line for line in lines}, 0.5))
    right, total = on_boxes(folder, [row for row in rows if row["file"] in set(files)])
    print(f"exact on the labels' boxes: {right} of {total} ({right / max(1, total):.3f})")
    right, sure, plates, wrong = certain_readings(score, images, lines)
    share, hits = sure / max(1, plates), right / max(1, sure)
    print(f"readings called certain: {sure} of {plates} ({share:.3f}), right {right} ({hits:.4f})")
    print(*wrong, sep="\n")
    if options.costs:
        for megapixels, milliseconds in cost():
            print(f"{megapixels:6.2f} Mpx  {milliseconds:7.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
