"""A photo that passes a limit costs its own examination and nothing else."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any, TypeVar

import pytest

from provcheck.config import Settings
from provcheck.domain.photo import Outcome
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say
from provcheck.jobs import zygote
from provcheck.jobs.cell import FORKS, Cell
from provcheck.jobs.worker import _serve
from tests.pictures import exif, saved, scene

PHOTO = saved(scene())
SETTINGS = Settings()
T = TypeVar("T")


@pytest.fixture(scope="module")
def cell() -> Iterator[Cell]:
    with Cell(SETTINGS) as shared:
        yield shared


def reason(answer: Found[Any] | Unreadable) -> str:
    assert isinstance(answer, Unreadable), answer
    return answer.reason.id


def scan_bomb(scans: int = 6000, **options: Any) -> bytes:
    """A progressive JPEG of 4,000 x 4,000 pixels whose scans refine the same coefficients again and again."""
    data = saved(scene(64, 64).resize((4000, 4000)), "JPEG", progressive=True, quality=5, **options)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + b"\xff\xd9"


def bomb_of_pixels() -> bytes:
    """A WebP of a few dozen bytes that claims 16,383 x 16,383 pixels."""
    header = b"VP8L" + struct.pack("<I", 10) + b"\x2f" + struct.pack("<I", 16382 | 16382 << 14) + bytes(5)
    return b"RIFF" + struct.pack("<I", 4 + len(header)) + b"WEBP" + header


def test_an_ordinary_photo_is_examined(cell: Cell) -> None:
    answer = cell.run("look", PHOTO)
    assert isinstance(answer, Found)
    assert answer.value.outcome is Outcome.EXAMINED
    assert isinstance(answer.value.evidence.fingerprints, Found)


def test_the_same_photo_gives_the_same_answer_in_another_process(cell: Cell) -> None:
    with Cell(SETTINGS) as other:
        assert other.run("look", PHOTO) == cell.run("look", PHOTO)


def test_a_photo_that_takes_too_long_is_stopped_and_the_next_is_examined() -> None:
    with Cell(replace(SETTINGS, seconds=2)) as cell:
        assert isinstance(cell.run("look", PHOTO), Found)
        assert reason(cell.run("look", scan_bomb())) == "cell.timeout"
        assert isinstance(cell.run("look", PHOTO), Found)


def test_what_was_read_of_a_late_photo_is_kept(cell: Cell) -> None:
    with Cell(replace(SETTINGS, seconds=2)) as short:
        answer = short.run("look", scan_bomb(exif=exif(Make="Maker")), ".jpg")
    assert isinstance(answer, Found)
    seen = answer.value
    assert (seen.outcome, seen.reason.id) == (Outcome.PARTIAL, "cell.stopped")
    assert seen.evidence.camera.value.make == "Maker"
    for pixels in (seen.evidence.pixels, seen.evidence.fingerprints, seen.evidence.plates, seen.features):
        assert reason(pixels) == "cell.timeout"


def test_the_pixels_of_a_photo_whose_plates_take_too_long_are_kept(cell: Cell) -> None:
    """The answer put together from the frames that a process gives which is stopped in the search."""
    *so_far, done = _serve({"task": "look", "suffix": ".jpg"}, SETTINGS, PHOTO)
    kept = cell._kept("look", so_far[-1], say("cell.timeout", seconds=30))
    whole = cell._accept("look", done)
    assert isinstance(kept, Found)
    assert isinstance(whole, Found)
    assert reason(kept.value.evidence.plates) == "cell.timeout"
    assert replace(kept.value.evidence, plates=whole.value.evidence.plates) == whole.value.evidence
    assert kept.value.features == whole.value.features


@pytest.mark.parametrize(
    ("written", "status", "late", "frames"),
    [
        (b'{"so_far": 1}\n{"so_far": 2}\n{"done": 3}\n', 0, 0, [b'{"so_far": 2}', b'{"done": 3}']),
        (b'{"done": 1}\n{"done": 2}\n', 0, 0, [b'{"done": 2}']),
        (b'{"so_far": 1}\n{"done": 2', 0, 0, [b'{"so_far": 1}', b'{"crashed": 0}']),
        (b'{"so_far": 1}\n{"done": 2}\n', 11, 0, [b'{"so_far": 1}', b'{"crashed": -11}']),
        (b'{"done": 2}\n', 0, 7, [b'{"late": 7}']),
        (b"", 9, 0, [b'{"crashed": -9}']),
    ],
)
def test_a_process_gives_one_final_frame_whatever_it_wrote(written: bytes, status: int, late: int, frames: list[bytes]) -> None:
    assert zygote._frames(written, status, late=late) == frames


def test_a_photo_that_needs_too_much_memory_is_stopped_and_the_next_is_examined() -> None:
    """Its pixels find room, the search for plates does not."""
    with Cell(replace(SETTINGS, memory_megabytes=210)) as cell:
        answer = cell.run("look", saved(scene(100, 100).resize((3000, 3000)), "PNG", compress_level=1), ".png")
        assert isinstance(answer, Found)
        assert answer.value.reason.id == "cell.stopped"
        assert reason(answer.value.evidence.plates) == "cell.memory"
        assert isinstance(answer.value.evidence.fingerprints, Found)
        assert isinstance(cell.run("look", PHOTO), Found)


def test_a_picture_that_claims_more_than_memory_holds_is_refused_by_its_size(cell: Cell) -> None:
    for bomb in (bomb_of_pixels(), scan_bomb(1).replace(b"\x0f\xa0\x0f\xa0", b"\x3f\xff\x27\x10", 1)):
        answer = cell.run("look", bomb)
        assert isinstance(answer, Found)
        assert answer.value.reason.id in ("pixels.too-many", "pixels.too-much-memory")


def test_a_process_that_somebody_kills_costs_no_photo_its_examination(cell: Cell) -> None:
    cell.run("look", PHOTO)
    child = cell._child
    assert child is not None
    child.kill()
    child.wait()
    assert isinstance(cell.run("look", PHOTO), Found)


def test_reused_processes_give_what_fresh_ones_give(cell: Cell) -> None:
    with Cell(SETTINGS, forks=False) as reused:
        assert reused.run("look", PHOTO) == cell.run("look", PHOTO)
        assert reused.run("look", PHOTO[:2000]) == cell.run("look", PHOTO[:2000])


@pytest.mark.skipif(not FORKS, reason="processes are reused on this system")
def test_a_late_photo_costs_no_second_start() -> None:
    with Cell(replace(SETTINGS, seconds=2)) as cell:
        cell.run("look", PHOTO)
        zygote = cell._child
        assert reason(cell.run("look", scan_bomb())) == "cell.timeout"
        assert cell._child is zygote


@pytest.mark.skipif(not FORKS, reason="processes are reused on this system")
def test_a_child_does_not_outlive_its_parents() -> None:
    """The parent is killed while a photo is being decoded: nothing of it is left a moment later."""
    with Cell(SETTINGS) as cell:
        cell.run("look", PHOTO)
        zygote = cell._child
        assert zygote is not None
        slow = Thread(target=cell._once, args=("look", scan_bomb(), ".jpg"))
        slow.start()
        child = wait_for(lambda: children(zygote.pid))[0]
        zygote.kill()
        slow.join()
        wait_for(lambda: not Path(f"/proc/{child}").exists())


def children(process: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


def wait_for(true: Callable[[], T], seconds: float = 20) -> T:
    end = monotonic() + seconds
    while not (value := true()):
        assert monotonic() < end, "it did not come to pass"
        sleep(0.02)
    return value


def test_leaving_a_cell_ends_its_process() -> None:
    with Cell(SETTINGS) as cell:
        cell.run("look", PHOTO)
        child = cell._child
        assert child is not None
    assert child.poll() is not None


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"not json",
        b"{}",
        b'{"done": 3}',
        b'{"done": {"format": "JPEG"}}',
        b'{"fault": 7}',
        b'{"crashed": "no"}',
        b"[" * 100_000,
        b'{"done": {"reading": 1}}',
    ],
)
def test_an_answer_out_of_form_is_refused(cell: Cell, reply: bytes) -> None:
    assert reason(cell._accept("look", reply)) == "cell.reply"


def test_an_unreadable_file_is_refused_with_a_reason(cell: Cell) -> None:
    answer = cell.run("look", b"\xff\xd8\xff" + bytes(100), ".jpg")
    assert isinstance(answer, Found)
    assert answer.value.outcome is Outcome.REFUSED


def test_a_text_file_is_no_picture_by_content_and_by_name(cell: Cell) -> None:
    by_name = cell.run("look", b"hello", ".txt")
    claims_to_be = cell.run("look", b"hello", ".jpg")
    assert isinstance(by_name, Found)
    assert isinstance(claims_to_be, Found)
    assert (by_name.value.picture, claims_to_be.value.picture) == (False, True)
