"""Does a record fit itself? Every fault of its text is named: what is no JSON, no record, off its digest, or laid out otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.record import RecordError, canonical_digest, frame_digest, layout, parsed


@dataclass(frozen=True, slots=True)
class Fit:
    """`report` is None where the text is no record at all; `digest` is the one that the record states, or empty."""

    report: Report | None
    digest: str
    faults: tuple[Text, ...]


def fit(data: bytes) -> Fit:
    """Read a record strictly. A changed byte anywhere is a fault; which value it was, no digest can tell."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")  # what Windows makes of a redirected output
        record, report = parsed(text)
    except UnicodeDecodeError as broken:
        return Fit(None, "", (say("record.not-utf8", place=broken.start),))
    except RecordError as broken:
        return Fit(None, "", (say("record.broken", reason=str(broken)),))
    faults = []
    body, frame = canonical_digest(record["report"]), frame_digest(record)
    if body != record["digest"]:
        faults.append(say("record.report-digest", stated=str(record["digest"]), found=body))
    if frame != record["run_digest"]:
        faults.append(say("record.run-digest", stated=str(record["run_digest"]), found=frame))
    if not faults and text != layout(record):
        faults.append(say("record.layout", line=_differs(text, layout(record))))
    return Fit(report, str(record["digest"]), tuple(faults))


def _differs(text: str, written: str) -> int:
    """The first line that differs, from 1."""
    pairs = zip_longest(text.split("\n"), written.split("\n"))
    return next(number for number, (one, other) in enumerate(pairs, 1) if one != other)
