"""A peer on the same photos: OpenCV 4's Haar cascade for Russian plates, read by Tesseract.

Run it with a Python that has OpenCV 4 (`plates_peer.py [--limit N]`): OpenCV 5 has neither the class nor the file.
`tesseract` must be on the path.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageOps

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CASCADE = "haarcascade_russian_plate_number.xml"


def read(gray: np.ndarray) -> str:
    """Tesseract's reading of one line, letters and digits only."""
    tall = cv2.resize(gray, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    _, data = cv2.imencode(".png", tall)
    command = ["tesseract", "-", "-", "--psm", "7", "-c", "tessedit_char_whitelist=ABEKMHOPCTYX0123456789"]
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads wait for each other: on busy cores one alone is many times faster
    done = subprocess.run(command, input=data.tobytes(), capture_output=True, check=True, env=alone)
    return "".join(sign for sign in done.stdout.decode() if sign.isalnum())


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--limit", type=int)
    options = ask.parse_args()
    cv2.setNumThreads(1)
    spec = importlib.util.spec_from_file_location("score_plates", SHARED / "tools" / "score_plates.py")
    if spec is None or spec.loader is None:
        raise SystemExit("needs ../shared/tools/score_plates.py beside the project")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    cascade = cv2.CascadeClassifier(cv2.data.haarcascades + CASCADE)
    folder = SHARED / "data" / "plates"
    images = score.load_labels(folder / "labels.csv")
    files = list(images)[:: max(1, len(images) // options.limit)] if options.limit else list(images)
    lines: dict[str, dict[str, Any]] = {}
    for file in files:
        with Image.open(folder / file) as opened:
            gray = np.asarray(ImageOps.exif_transpose(opened).convert("L"), np.uint8)
        start = time.process_time()
        boxes = [tuple(int(v) for v in box) for box in cascade.detectMultiScale(gray, 1.1, 4)]
        spent = (time.process_time() - start) * 1000
        plates = [{"bbox": [x, y, w, h], "text": read(gray[y : y + h, x : x + w]), "score": float(w)} for x, y, w, h in boxes[:6]]
        if images[file]["subset"] == "crop":
            plates.append({"bbox": [0, 0, gray.shape[1], gray.shape[0]], "text": read(gray), "score": 0.0})
        lines[file] = {"file": file, "ms": spent, "plates": plates}
    print(f"OpenCV {cv2.__version__} {CASCADE}, Tesseract; ms without Tesseract")
    score.show(score.evaluate({file: images[file] for file in files}, lines, 0.5))


if __name__ == "__main__":
    main()
