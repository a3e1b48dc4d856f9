"""Photos of one case are held against each other in a batch, as `check` holds those of a set."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from provcheck.domain.errors import ConfigError
from provcheck.jobs.batch import Tick, here, open_ledger, plan_of, run
from tests.pictures import exif, saved, scene

AS_OF = date(2023, 8, 2)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two copies of a picture, a crop of it, and another picture; by case one, one and two, and the last in none."""
    folder = tmp_path_factory.mktemp("photos")
    picture, block = scene(640, 480, seed=3), exif(Make="Maker", Model="M", DateTimeOriginal="2023:07:29 10:00:00")
    (folder / "a.jpg").write_bytes(saved(picture, exif=block))
    (folder / "b.jpg").write_bytes(saved(picture.resize((320, 240)), quality=60))
    (folder / "c.jpg").write_bytes(saved(scene(320, 240, seed=9)))
    (folder / "d.jpg").write_bytes((folder / "a.jpg").read_bytes())
    listed(folder, "a.jpg,one", "b.jpg,one", "c.jpg,two", "d.jpg,two", "a.jpg,")
    return folder


def listed(folder: Path, *rows: str, head: str = "path,case_id") -> None:
    (folder / "manifest.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")


def do(folder: Path, out: Path, lang: str = "en") -> list[Tick]:
    ticks: list[Tick] = []
    with open_ledger(out, create=True) as ledger:
        plan = plan_of(folder / "manifest.csv", AS_OF, (), None, None, lang=lang)
        run(ledger, plan, again=True, examiner=here(1), told=ticks.append)
    return ticks


def cases(out: Path) -> dict[str, dict[str, Any]]:
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    return {line["case_id"]: line for line in lines if line.get("event") == "case"}


def said(case: dict[str, Any]) -> list[tuple[list[int], str]]:
    return [(answer["photos"], answer["summary"]) for answer in case["answers"] if answer["check"] == "set-copies"]


def test_copies_are_found_within_a_case_and_not_across_cases(photos: Path, tmp_path: Path) -> None:
    do(photos, tmp_path / "out")
    found = cases(tmp_path / "out")
    assert set(found) == {"one", "two"}
    assert said(found["one"]) == [([1], "Photo 2 shows the same picture."), ([2], "Photo 1 shows the same picture.")]
    assert (found["two"]["photos"], said(found["two"])) == ([3, 4], [])
    page = (tmp_path / "out" / "summary.html").read_text("utf-8")
    assert "Photo 2 shows the same picture." in page
    assert "In 1 case the comparison found nothing." in page


def test_a_second_run_compares_nothing_and_a_changed_list_compares_anew(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    do(photos, out)
    before = (out / "results.jsonl").read_bytes()
    with open_ledger(out) as ledger:
        ledger.enter_kin("one", ledger.kin_keys()["one"], json.dumps(cases(out)["one"] | {"kept": True}))
    do(photos, out)
    assert cases(out)["one"]["kept"], "what has not changed was not made again"
    listed(photos, "a.jpg,one", "b.jpg,three", "c.jpg,three", "d.jpg,one", "a.jpg,")
    try:
        do(photos, out)
        assert {name: said(case) for name, case in cases(out).items()} == {
            "one": [([1], "Photo 4 has the same bytes."), ([4], "Photo 1 has the same bytes.")],
            "three": [],
        }
    finally:
        listed(photos, "a.jpg,one", "b.jpg,one", "c.jpg,two", "d.jpg,two", "a.jpg,")
    do(photos, out)
    assert (out / "results.jsonl").read_bytes() == before


def test_results_and_pages_are_in_the_language_that_was_asked_for(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    do(photos, out)
    ticks = do(photos, out, "de")
    assert {tick.did for tick in ticks} == {("judge",)}, "no pixel is decoded for a language"
    assert said(cases(out)["one"])[0][1] == "Foto 2 zeigt dasselbe Bild."
    assert '<html lang="de">' in (out / "summary.html").read_text("utf-8")
    pages = list((out / "pages").glob("*.html"))
    assert pages
    assert all('<html lang="de">' in page.read_text("utf-8") for page in pages)


@pytest.mark.parametrize(
    ("reading", "problem"), [("A123BC77", "line 2: 'plate_reading' must be N=TEXT"), ("1=?", "line 2"), ("7=A123BC77", "a.jpg:7")]
)
def test_a_plate_reading_that_fits_no_region_is_named(tmp_path: Path, reading: str, problem: str) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(scene()))
    listed(tmp_path, f"a.jpg,{reading}", head="path,plate_reading")
    with pytest.raises(ConfigError, match=problem):
        do(tmp_path, tmp_path / "out")


def test_a_persons_plate_reading_stands_in_its_rows_report_alone(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "samples"
    photo = next(path for path in sorted(samples.rglob("*.jpg")) if "truck" in path.name or "road" in path.name)
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(photo.read_bytes())
    listed(tmp_path, "a.jpg,1=A000BC77", "b.jpg,", head="path,plate_reading")
    out = tmp_path / "out"
    do(tmp_path, out)
    first, second = (json.loads((out / f"reports/0000/000000{n}.json").read_text("utf-8")) for n in (1, 2))

    def by_hand(record: dict[str, Any]) -> list[object]:
        regions = record["report"]["case"]["exhibits"][0]["evidence"]["plates"]["value"]
        return [region["by_hand"] and region["by_hand"]["text"] for region in regions]

    assert by_hand(first)[0] == "A000BC77"
    assert not any(by_hand(second))
    listed(tmp_path, "a.jpg,", "b.jpg,", head="path,plate_reading")
    assert {tick.number: tick.did for tick in do(tmp_path, out)} == {1: ("judge",), 2: ()}
    assert not any(by_hand(json.loads((out / "reports/0000/0000001.json").read_text("utf-8"))))


def test_a_photo_that_is_gone_before_its_case_is_compared_is_not_passed_over_in_silence(photos: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "photos", tmp_path / "out"
    shutil.copytree(photos, folder)
    gone = folder / "c.jpg"

    def told(tick: Tick) -> None:
        if tick.standing.done == tick.standing.total:
            gone.unlink(missing_ok=True)

    with open_ledger(out, create=True) as ledger:
        run(ledger, plan_of(folder / "manifest.csv", AS_OF, (), None, None), again=True, examiner=here(1), told=told)
    (missed,) = [answer for answer in cases(out)["two"]["answers"] if "cannot_say" in answer]
    assert (missed["check"], missed["failed"], missed["photos"]) == ("set-copies", True, [3])
    assert "its parts were not" in missed["cannot_say"]


def test_a_case_is_stopped_in_its_middle_and_compared_by_the_next_run(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan = plan_of(photos / "manifest.csv", AS_OF, (), None, None)
    asked: list[int] = []

    def stop() -> bool:  # true from the moment when all photos are done
        with open_ledger(out) as other:
            asked.append(other.standing().open)
        return not asked[-1]

    with open_ledger(out, create=True) as ledger:
        assert not run(ledger, plan, again=True, examiner=here(1), stop=stop).open
        assert ledger.kin_keys() == {}
        assert not (out / "results.jsonl").exists(), "results without the cases would look whole"
        run(ledger, plan, again=False, examiner=here(1))
    assert set(cases(out)) == {"one", "two"}
