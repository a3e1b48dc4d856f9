"""The lines of a ledger, taken apart strictly: a results folder may come from a stranger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from provcheck.domain.finding import Leaning
from provcheck.domain.method import Grade
from provcheck.domain.photo import Outcome
from provcheck.jobs.batch.folder import LedgerError
from provcheck.jobs.batch.ledger import Ledger
from provcheck.report.untrusted import shown

KINDS: Final[dict[str, type]] = {
    "number": int, "exit_code": int, "picture": bool, "extra": dict, "answers": list,
    "supports": int, "contradicts": int, "neutral": int, "cannot_say": int, "failed": int,
    "file": str, "photo_id": str, "case_id": str, "sha256": str, "outcome": str, "report": str,
}  # fmt: skip
QUOTED: Final = 200  # characters of what is wrong with a line


def records(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """The lines of all that is done. Raises LedgerError where one has another form than a batch gives it."""
    return _parsed(ledger, ledger.lines(), _check)


def cases(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """The lines of the cases whose photos were compared. Raises LedgerError as `records` does."""
    return _parsed(ledger, ledger.kin_lines(), _check_case)


def _parsed(ledger: Ledger, lines: Iterable[str], check: Callable[[dict[str, Any]], None]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            record = json.loads(line)
            check(record)
        except (ValueError, LookupError, TypeError, RecursionError) as broken:
            raise LedgerError(
                f"{ledger.folder}: its ledger holds a line of another form ({shown(str(broken), QUOTED)})."
                " Take ledger.sqlite away and run the batch again."
            ) from broken
        yield record


def _check_case(record: dict[str, Any]) -> None:
    _is(record["case_id"], str)
    for number in record["photos"]:
        _is(number, int)
    for answer in record["answers"]:
        for number in answer["photos"]:
            _is(number, int)
        _check_answer(answer)


def _check(record: dict[str, Any]) -> None:
    for key, kind in KINDS.items():
        _is(record[key], kind)
    for key, kind in (("reason", str), ("format", str), ("width", int), ("height", int)):
        if record[key] is not None:
            _is(record[key], kind)
    Outcome(record["outcome"])
    for answer in record["answers"]:
        _check_answer(answer)


def _check_answer(answer: dict[str, Any]) -> None:
    _is(answer["question"], str)
    _is(answer["check"], str)
    if "leaning" not in answer:
        _is(answer["cannot_say"], str)
        return
    Leaning(answer["leaning"])
    if answer["grade"] is not None:
        Grade(answer["grade"])
    for key in ("summary", "does_not_show"):
        _is(answer[key], str)
    if answer["about"]["claim"] is not None:
        _is(answer["about"]["claim"], str)
    for key in ("calibrated", "tells_claims_apart"):
        if answer[key] not in (True, False, None):
            raise TypeError(f"{key} is neither true, false nor null")


def _is(value: object, kind: type) -> None:
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
