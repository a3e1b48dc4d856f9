"""The record: a report as JSON with its digest, and back again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Final

from provcheck.domain.codec import Json, decode, encode
from provcheck.domain.errors import IntegrityError, ProvcheckError
from provcheck.domain.report import Report, Run

SCHEMA: Final = "provcheck-report"
SCHEMA_VERSION: Final = "1.0.0"  # semantic: a reader of 1.0 understands every 1.x
KEYS: Final = {"schema", "schema_version", "digest", "report", "run"}


class RecordError(ProvcheckError):
    """A text that is no provcheck report, or one of a schema that this version does not read."""


def digest(report: Report) -> str:
    """SHA-256, in hex, of the report's canonical JSON: keys sorted, no spaces, ASCII. The run stands outside it."""
    return _digest(encode(report))


def render_json(report: Report, run: Run | None = None) -> str:
    """The record as ASCII text: whatever a hostile file held is escaped in it, and nothing of it is lost."""
    body = encode(report)
    record = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, "digest": _digest(body), "report": body, "run": encode(run)}
    return json.dumps(record, indent=1, ensure_ascii=True) + "\n"


def read_json(text: str) -> Report:
    """The report in a record. Raises RecordError where it is none, IntegrityError where the digest does not fit."""
    try:
        record = json.loads(text, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float)
        if not isinstance(record, dict) or set(record) != KEYS or record["schema"] != SCHEMA:
            raise ValueError(f"expected an object with {sorted(KEYS)} and schema {SCHEMA}")
        _same_major(record["schema_version"])
        report = decode(Report, record["report"])
    except (ValueError, RecursionError) as broken:
        raise RecordError(f"this is no provcheck report: {broken}") from broken
    if _digest(record["report"]) != record["digest"]:
        raise IntegrityError("the report does not match its digest: it was changed after it was written, or damaged on the way")
    return report


def _digest(body: Json) -> str:
    return sha256(json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")).hexdigest()


def _same_major(version: object) -> None:
    if not isinstance(version, str) or version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise ValueError(f"schema version {version!r}; this provcheck reads {SCHEMA_VERSION.partition('.')[0]}.x")


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return dict(pairs)


def _no_float(number: str) -> Json:
    raise ValueError(f"{number}: a record holds no floating-point numbers")
