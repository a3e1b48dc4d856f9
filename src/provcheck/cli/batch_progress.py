"""How a batch tells how far it is: one line on a terminal, now and then a line in a log, or JSON events. All on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from provcheck.jobs.batch import Standing, Tick

EVERY_S = {True: 0.5, False: 30.0}  # between lines: on a terminal, and in a log
WINDOW_S = 60.0  # the rate is of the last minute: what was kept from before goes by a hundred times faster than what is examined
LOG_VERSION = "1.1.0"  # of the events; additive within 1.x


class Pace:
    """How fast, and how long yet, from what was done within the last minute."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def of(self, standing: Standing, now: float) -> tuple[float, float | None]:
        """Photos a second, and seconds left; None while nobody can tell."""
        if not self._marks:
            self._marks.append((now, standing.done))
        while len(self._marks) > 1 and now - self._marks[0][0] > WINDOW_S:
            self._marks.popleft()
        since, done = self._marks[0]
        if now - self._marks[-1][0] >= 1:
            self._marks.append((now, standing.done))
        rate = (standing.done - done) / (now - since) if now > since else 0.0
        return rate, (standing.total - standing.done) / rate if rate else None


class Quiet:
    """Tells nothing."""

    def began(self, workers: str) -> None:
        """Before the first photo."""

    def photo(self, tick: Tick) -> None:
        """A photo is done."""

    def stopping(self) -> None:
        """Ctrl-C was pressed once. Said in every manner, because the terminal waits."""
        tell("\nFinishing the photos that are being examined; Ctrl-C again stops at once.")

    def ended(self, standing: Standing, code: int) -> None:
        """The run is over."""


class Lines(Quiet):
    """One line that is written over, or one in a while where stderr is no terminal."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._pace = Pace()
        self._last = 0.0

    def began(self, workers: str) -> None:
        tell(f"Examining {workers}. Ctrl-C stops; what is done is kept.")
        self._last = time.monotonic()

    def photo(self, tick: Tick) -> None:
        now = time.monotonic()
        rate, left = self._pace.of(tick.standing, now)
        if now - self._last < EVERY_S[self._terminal]:
            return
        self._last = now
        line = counts(tick.standing) + (f"; {rate:.1f} a second, {clock(left)} left" if left is not None else "")
        tell(f"\r\x1b[K{line}" if self._terminal else line, nl=not self._terminal)

    def ended(self, standing: Standing, code: int) -> None:  # noqa: ARG002  the exit code is said by the shell
        tell(("\r\x1b[K" if self._terminal else "") + f"{counts(standing)}.")


class Events(Quiet):
    """JSON lines: start, a photo each, progress every half minute, end."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._last = time.monotonic()

    def began(self, workers: str) -> None:
        _log("start", examining=workers)

    def photo(self, tick: Tick) -> None:
        photo = {"number": tick.number, "file": tick.name, "outcome": tick.outcome, "did": list(tick.did), "kept": tick.kept}
        _log("photo", **photo, done=tick.standing.done)
        now = time.monotonic()
        rate, left = self._pace.of(tick.standing, now)
        if now - self._last >= EVERY_S[False]:
            self._last = now
            _log("progress", **_counted(tick.standing), a_second=round(rate, 2), seconds_left=left and round(left))

    def stopping(self) -> None:
        _log("stopping")

    def ended(self, standing: Standing, code: int) -> None:
        _log("end", **_counted(standing), exit_code=code)


def tell(line: str, *, nl: bool = True) -> None:
    """On stderr. Whoever read it may have gone (a closed pipe); the photos are examined all the same."""
    with suppress(BrokenPipeError):
        click.echo(line, err=True, nl=nl)


def _log(event: str, **facts: Any) -> None:
    tell(json.dumps({"schema_version": LOG_VERSION, "event": event, **facts}))


def _counted(standing: Standing) -> dict[str, Any]:
    return {"photos": standing.total, "done": standing.done, "outcomes": dict(standing.outcomes)}


def counts(standing: Standing) -> str:
    return f"{standing.done} of {standing.total} done" + "".join(f", {count} {name}" for name, count in standing.outcomes)


def clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
