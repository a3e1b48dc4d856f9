"""Redaction on the real photos of ../shared/data/plates: labelled boxes filled, plates left visible or readable, bytes left over.

`python -m benchmarks.redaction run --part 1/6 --out rows.jsonl` looks at a sixth of the photos and adds lines to a file;
`python -m benchmarks.redaction show rows.jsonl` prints the table and the lines for src/provcheck/redact/RATES.toml.
With ExifTool on the path, serials, positions and embedded pictures are taken by it too, and searched for in every new file.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from benchmarks.plates import digest, normal

from provcheck.config import Settings
from provcheck.domain.reading import Found
from provcheck.domain.redaction import Cover, Outline, Trial
from provcheck.jobs.cover import cover, ordered, try_pixels
from provcheck.pipeline import bitmap_of
from provcheck.readers.plates import find_plates, geometry
from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.looks import read_all
from provcheck.readers.plates.network import digests, networks
from provcheck.readers.plates.refine import refined
from provcheck.redact.boxes import box_outline
from provcheck.redact.leak import byte_leaks
from provcheck.redact.solid import mask, share

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
VISIBLE = 0.5  # of a label's box: less of it covered, and the plate counts as missed
RUN = 24  # bytes of an embedded picture that must not stand in a row in a new file
PLACES = (
    "GPSLatitude",
    "GPSLongitude",
    "SerialNumber",
    "BodySerialNumber",
    "InternalSerialNumber",
    "LensSerialNumber",
    "OwnerName",
)
Picture = npt.NDArray[np.uint8]


def labels(folder: Path) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            rows[row["file"]].append(row)
    return rows


def box(row: dict[str, str], rgb: Picture) -> Outline:
    """The label's box; of a crop, which has none, the whole picture."""
    if row["quad_or_bbox"]:
        x, y, width, height = (round(number) for number in json.loads(row["quad_or_bbox"]))
        return box_outline(x, y, width, height)
    return box_outline(0, 0, rgb.shape[1] - 1, rgb.shape[0] - 1)


def read_at(rgb: Picture, outline: Outline) -> str:
    """What our reader makes of the picture at a label's box, its own detector left out."""
    nets = networks()
    (x, y), _, (right, bottom), _ = outline
    plate = refined(nets.corners, rgb, [geometry.box_quad(x, y, right - x, bottom - y)])[0]
    seen = read_all(nets, np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8), [plate])[0]
    text = decided(seen.looks, seen.belief, plate.fields, True, nets.thresholds) if seen.belief else None
    return text.text if text is not None and text.fits else ""


def embedded(path: Path) -> tuple[list[bytes], list[bytes]]:
    """Strings and pictures that ExifTool takes out of the source; empty where there is no ExifTool."""
    if shutil.which("exiftool") is None:
        return [], []
    told = subprocess.run(["exiftool", "-j", "-a", *(f"-{name}" for name in PLACES), path], capture_output=True).stdout
    values = {str(value) for row in json.loads(told or b"[]") for name, value in row.items() if name != "SourceFile"}
    pictures = [
        subprocess.run(["exiftool", "-b", f"-{name}", path], capture_output=True).stdout
        for name in ("ThumbnailImage", "PreviewImage")
    ]
    return [value.encode() for value in values if len(value) >= 6], [picture for picture in pictures if len(picture) > RUN]


def left_over(jpeg: bytes, strings: list[bytes], pictures: list[bytes]) -> int:
    """How many of the source's strings and embedded pictures stand in the new file, those by 24 bytes of their coded part."""
    found = sum(string in jpeg for string in strings)
    for picture in pictures:
        coded = picture[picture.find(b"\xff\xda") + 14 :]
        runs = (coded[at : at + RUN] for at in range(0, len(coded) - RUN, RUN // 2))
        found += any(len(set(run)) > 8 and run in jpeg for run in runs)
    return found


def pixels(jpeg: bytes) -> Picture:
    decoded = bitmap_of(jpeg, Settings())
    if not isinstance(decoded, Found):
        raise SystemExit("a new file does not decode")
    return decoded.value.rgb


def measured(path: Path, rows: list[dict[str, str]]) -> dict[str, Any]:
    data, settings = path.read_bytes(), Settings()
    plates = [row for row in rows if row["plate_kind"] != "none"]
    decoded = bitmap_of(data, settings)
    if not isinstance(decoded, Found):
        return {"file": path.name, "refused": True}
    rgb = decoded.value.rgb
    outlines = tuple(box(row, rgb) for row in plates)
    photo = bool(rows) and rows[0]["subset"] == "photo"
    start = time.process_time()
    alone = cover(ordered(Cover(True), data), "", settings)
    spent = time.process_time() - start
    drawn = cover(ordered(Cover(True, add=outlines), data), "", settings)
    if not isinstance(alone, Found) or not isinstance(drawn, Found):
        return {"file": path.name, "refused": True}
    black = mask(rgb.shape[1], rgb.shape[0], alone.value.covered)
    new = pixels(drawn.value.jpeg)
    tried = try_pixels(ordered(Trial(True, drawn.value.covered, ()), drawn.value.jpeg), "", settings)
    seen = find_plates(new)
    after = pixels(alone.value.jpeg)
    strings, pictures = embedded(path)
    return {
        "file": path.name,
        "photo": photo,
        "cpu": round(spent, 3),
        "marked": len(alone.value.marked),
        "plates": [
            {
                "country": row["country"],
                "width": outline[1][0] - outline[0][0],
                "covered": round(share(outline, black), 3),
                "filled": bool((new[mask(rgb.shape[1], rgb.shape[0], [outline])] <= 2).all()),
                "read_at_box": bool(read_at(new, outline)),
                "alone_exact": bool(row["text"]) and read_at(after, outline) == normal(row["text"]),
            }
            for row, outline in zip(plates, outlines, strict=True)
        ],
        "readable": sum(isinstance(region.reading, Found) for region in (seen.value if isinstance(seen, Found) else ())),
        "leaks": [text.id for text in tried.value.found] if isinstance(tried, Found) else ["unreadable"],
        "bytes": [text.id for text in byte_leaks(drawn.value.jpeg, drawn.value.width, drawn.value.height, drawn.value.removed)],
        "left_over": left_over(drawn.value.jpeg, strings, pictures),
        "had": len(strings) + len(pictures),
    }


def show(rows: list[dict[str, Any]], folder: Path) -> None:
    rows = [row for row in rows if "refused" not in row]
    plates = [plate for row in rows for plate in row["plates"]]
    on_photos = [plate for row in rows if row["photo"] for plate in row["plates"]]
    missed = [plate for plate in on_photos if plate["covered"] < VISIBLE]
    russian = [plate for plate in on_photos if plate["country"] == "RU"]
    empty = [row for row in rows if not row["plates"]]
    cpu = [row["cpu"] for row in rows]

    def total(key: str) -> int:
        return sum(row[key] if isinstance(row[key], int) else bool(row[key]) for row in rows)

    print(f"files {len(rows)}; labelled plates {len(plates)}, of them in photos {len(on_photos)}")
    print(f"labelled boxes filled: {sum(plate['filled'] for plate in plates)} of {len(plates)}")
    print(f"plates read after, boxes given: detector and reader {total('readable')},", end=" ")
    print(f"reader on the labels' boxes {sum(plate['read_at_box'] for plate in plates)}")
    print(f"files in which the self-test finds leaks of pixels {total('leaks')}, of bytes {total('bytes')}")
    print(f"ExifTool's serials, positions and embedded pictures: {total('had')}; found again {total('left_over')}")
    print(
        f"detector alone: missed {len(missed)} of {len(on_photos)}; Russian {sum(p in missed for p in russian)} of {len(russian)}"
    )
    print(f"  covered in part (50 to 90 %): {sum(VISIBLE <= plate['covered'] < 0.9 for plate in on_photos)}")
    print(f"  still read exactly on the label's box: {sum(plate['alone_exact'] for plate in on_photos)}")
    print(f"marks on pictures without a plate: {sum(row['marked'] for row in empty)} in {len(empty)}")
    print(f"CPU s a photo: median {np.median(cpu):.2f}, 95th percentile {np.percentile(cpu, 95):.2f}\n")
    print(f'plates = {len(on_photos)}\nmissed = {len(missed)}\ndate = "{datetime.datetime.now(datetime.UTC).date()}"')
    print(f'data = "plates labelled in photos of many countries, SHA-256 {digest(folder)[:12]}"')
    print(f'detector = "{dict(digests())["detector.onnx"]}"')


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("what", choices=("run", "show"))
    ask.add_argument("rows", type=Path, nargs="?")
    ask.add_argument("--part", default="1/1", help="K/N: every Nth picture from the Kth on")
    ask.add_argument("--out", type=Path, default=Path("redaction.jsonl"))
    options = ask.parse_args()
    cv2.setNumThreads(1)
    folder = SHARED / "data" / "plates"
    if not folder.is_dir():
        raise SystemExit("needs ../shared/data/plates beside the project")
    if options.what == "show":
        show([json.loads(line) for line in options.rows.read_text("utf-8").splitlines()], folder)
        return
    first, step = map(int, options.part.split("/"))
    known = labels(folder)
    with options.out.open("a", encoding="utf-8") as out:
        for name in sorted(known)[first - 1 :: step]:
            out.write(json.dumps(measured(folder / name, known[name])) + "\n")
            out.flush()


if __name__ == "__main__":
    sys.exit(main())
