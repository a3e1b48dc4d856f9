"""Runners in processes of their own that can be killed a hundred times: forked from a warm server, so that a life is cheap.

What looks at photos is one station that outlives them all, as a cluster's workers outlive a runner; ledger, desk, reports and
results are the runner's own.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing.connection import Client, Connection, Listener
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

from provcheck.config import Settings
from provcheck.domain.codec import decode, encode
from provcheck.domain.reading import Found, Unreadable
from provcheck.jobs.batch import Tick, open_ledger, plan_of, run
from provcheck.jobs.batch.desk import Examiner
from provcheck.jobs.batch.job import Brought, Job
from provcheck.jobs.batch.plan import Methods
from provcheck.jobs.batch.station import Station
from provcheck.readers.intake import Taken

AS_OF = date(2023, 8, 2)
AHEAD = 2  # threads of a runner, and photos that the station looks at together


def live(address: str, source: str, out: str, log: str) -> None:
    """One runner's life: begins or resumes, and writes the number of each photo that it enters into `log`."""

    def ask(job: Job, taken: Found[Taken] | Unreadable | None) -> Brought:
        if not isinstance(taken, Found):
            raise TypeError("the runner reads the photos here")
        with Client(address, "AF_UNIX") as line:
            line.send((json.dumps(encode(job)), taken.value.data, taken.value.sha256))
            return decode(Brought, json.loads(line.recv()))

    @contextmanager
    def opened(_methods: Methods) -> Iterator[Examiner]:
        yield Examiner(ask, lambda: AHEAD, threads=AHEAD, reads=True)

    def told(tick: Tick) -> None:
        os.write(written, b"%d\n" % tick.number)

    written = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    with open_ledger(Path(out), create=True) as ledger:
        run(
            ledger,
            plan_of(Path(source), AS_OF, (), None, None),
            again=not ledger.plan(),
            examiner=opened,
            told=told,
        )


class Hall:
    """The station, its door, and the server that runners are forked from."""

    def __init__(self, folder: Path) -> None:
        self._address = str(folder / "door")
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload([__name__])
        self._station = Station(Settings(), (), AHEAD)
        self._door = Listener(self._address, "AF_UNIX")
        Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Hall:
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()
        self._station.__exit__(None, None, None)

    def begin(self, source: Path, out: Path, log: Path) -> BaseProcess:
        life = self._forks.Process(target=live, args=(self._address, str(source), str(out), str(log)))
        life.start()
        return life

    def _serve(self) -> None:
        while True:
            try:
                line = self._door.accept()
            except (OSError, EOFError):
                return
            Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: Connection) -> None:
        try:
            job, data, sha256 = line.recv()
            brought = self._station.examine(decode(Job, json.loads(job)), Found(Taken(data, sha256)))
            line.send(json.dumps(encode(brought)))
        except (OSError, EOFError):  # the runner was killed while it asked or waited
            return
        finally:
            line.close()
