"""Plates on the real photos of ../shared/data/plates: recall, reading, false flags and cost, with date and data digest.

`python -m benchmarks.plates [--limit N] [--out predictions.jsonl] [--scenes N] [--costs]`. Scores are those of
../shared/tools/score_plates.py; beside them stand the reading on the labels' own boxes, the readings called certain,
rendered plates of rare kinds, the time, and at the end every number that was asked for beside what was reached.
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
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from benchmarks.plates_cost import photo_cost, plate_cost
from benchmarks.plates_rendered import WIDE, rendered
from PIL import Image, ImageOps

from provcheck.domain.plate import PlateRegion, PlateText
from provcheck.domain.reading import Found
from provcheck.readers.plates import find_plates, geometry
from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.looks import read_all
from provcheck.readers.plates.network import digests, listing, networks
from provcheck.readers.plates.refine import refined

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
LOOKALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
COSTED = 40  # photos on which the cost of each plate is measured
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


@dataclass(frozen=True, slots=True)
class Goal:
    """One number of the list that this benchmark exists for; `least` is False where it is a bound from above."""

    what: str
    asked: float
    reached: float
    counted: str
    least: bool = True

    def line(self) -> str:
        met = self.reached >= self.asked if self.least else self.reached <= self.asked
        asked = f"{'≥' if self.least else '≤'} {self.asked:g}"
        return f"| {self.what} | {asked} | {self.reached:.3f} ({self.counted}) | {'yes' if met else 'NO'} |"


def share(part: int, whole: int) -> tuple[float, str]:
    return part / max(1, whole), f"{part} of {whole}"


def by_width(score: ModuleType, images: dict[str, Any], lines: list[dict[str, Any]], least: float) -> tuple[float, str]:
    """Recall of Russian plates at least so wide, at IoU .5, in photos whose plates are all boxed."""
    hits = total = 0
    for line in lines:
        labels = images[line["file"]]["plates"]
        if images[line["file"]]["subset"] != "photo" or not labels or not all(label["box"] for label in labels):
            continue
        pairs = score.match(labels, line["plates"], 0.5)
        for i, label in enumerate(labels):
            if label["country"] == "RU" and label["box"][2] - label["box"][0] >= least:
                total += 1
                hits += i in pairs
    return share(hits, total)


def goals(score: ModuleType, images: dict[str, Any], lines: list[dict[str, Any]], boxes: tuple[int, int]) -> list[Goal]:
    """What was asked on the real photos, and what this run reached."""
    result = score.evaluate(images, {line["file"]: line for line in lines}, 0.5)
    right, sure, plates, _ = certain_readings(score, images, lines)
    flags = [tuple(map(int, text.split("/"))) for text in result["false_russian_flags"]["by_kind"].values()]
    none = result["detection"]["boxes_per_negative_image"]
    read = {name: (row["exact"], f"of {row['plates']}") for name, row in result["reading"].items()}
    size = sum(model["bytes"] for model in listing()["model"]) / 1e6
    return [
        Goal("recall, Russian plates", 0.97, *by_width(score, images, lines, 0)),
        Goal("recall, Russian plates ≥ 100 px", 0.99, *by_width(score, images, lines, 100)),
        Goal("boxes per photo without a plate", 0.02, none, "negative photos", False),
        Goal("exact, Russian photos, on the labels' boxes", 0.96, *share(*boxes)),
        Goal("exact, Russian photos, end to end", 0.93, *read["photo"]),
        Goal("exact, Russian crops", 0.92, *read["crop"]),
        Goal("certain readings that are right", 0.995, *share(right, sure)),
        Goal("readings called certain, of plates", 0.75, *share(sure, plates)),
        Goal(
            "Russian-format flags without a Russian plate",
            0,
            float(sum(hits for hits, _ in flags)),
            f"of {sum(n for _, n in flags)}",
            False,
        ),
        Goal("models together, MB", 6, size, "of MODELS.toml", False),
    ]


def kinds(scenes: int) -> list[Goal]:
    """What was asked of rendered plates, with all of them beside it."""
    wide, every = rendered(scenes)
    for name, count in sorted(every.items()):
        sure = f"certain {count.certain}, wrong {count.wrong}"
        print(f"{name:12} {count.plates:5}  exact {count.exact}  {sure}  Russian-format {count.russian}")
    asked = ("two-row", "military", "police", "trailer", "transit", "yellow")
    return [Goal(f"rendered, {name}, ≥ {WIDE} px, exact", 0.95, *share(wide[name].exact, wide[name].plates)) for name in asked]


def costs(folder: Path, images: dict[str, Any]) -> list[Goal]:
    table = photo_cost()
    for megapixels, milliseconds in table:
        print(f"{megapixels:6.2f} Mpx  {milliseconds:7.0f} ms")
    of_photo = next(ms for mpx, ms in table if round(mpx, 2) == 1.23)
    shown = [file for file, image in images.items() if image["subset"] == "photo" and image["plates"]]
    each = plate_cost([picture(folder / file) for file in shown[:: max(1, len(shown) // COSTED)]])
    print(f"each plate: corners {each.corners:.2f} ms, reading {each.reading:.2f} ms (median over photos, {each.plates} plates)")
    return [
        Goal("1,280 × 960 photo, CPU ms", 200, of_photo, "no plate: searched twice", False),
        Goal("each plate read, CPU ms", 3, each.reading, f"and {each.corners:.1f} for its corners", False),
    ]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--limit", type=int, help="only so many pictures")
    ask.add_argument("--out", type=Path, help="write the predictions as JSON lines")
    ask.add_argument("--scenes", type=int, default=1500, help="rendered plates; 0 leaves them out")
    ask.add_argument("--costs", action="store_true", help="also measure cost against megapixels, and of each plate")
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
    chosen = {file: images[file] for file in files}
    score.show(score.evaluate(chosen, {line["file"]: line for line in lines}, 0.5))
    boxes = on_boxes(folder, [row for row in rows if row["file"] in chosen])
    table = goals(score, chosen, lines, boxes)
    print("certain and wrong:", *(certain_readings(score, chosen, lines)[3] or ["none"]), sep="\n")
    of_russian = {file: only_russian(image) for file, image in chosen.items()}
    right, sure, plates, _ = certain_readings(score, of_russian, lines)
    print(f"of Russian plates certain: {sure} of {plates} ({sure / max(1, plates):.3f}), right {right}")
    table += kinds(options.scenes) if options.scenes else []
    table += costs(folder, chosen) if options.costs else []
    print("| | asked | reached | met |", "|---|---|---|---|", *(goal.line() for goal in table), sep="\n")


def only_russian(image: dict[str, Any]) -> dict[str, Any]:
    """The picture with the texts of other countries' plates unsaid: they are matched and not counted."""
    return image | {"plates": [label if label["country"] == "RU" else label | {"text": ""} for label in image["plates"]]}


if __name__ == "__main__":
    sys.exit(main())
