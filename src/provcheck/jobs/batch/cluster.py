"""The same jobs on other machines: a Dask cluster behind the `concurrent.futures` interface. Imported only when one is named.

Each worker decodes in cells of its own, behind the same walls. Dask pickles what it sends between the runner, the scheduler and
the workers: whoever can speak to the scheduler can run programs on it (docs/scale.md says how to keep others out).
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import dask
from distributed import Client, KilledWorker
from distributed.comm import get_address_host_port
from distributed.security import Security

from provcheck.domain.codec import decode, encode
from provcheck.domain.reading import Unreadable
from provcheck.domain.text import say
from provcheck.jobs.batch.away import NAME, ClusterError, Setup, Stations, examine
from provcheck.jobs.batch.desk import Bytes, Examiner, Opener
from provcheck.jobs.batch.job import Brought, Job
from provcheck.jobs.batch.plan import Methods
from provcheck.jobs.examine import exhibit_of
from provcheck.jobs.run import libraries
from provcheck.readers.intake import Submission

CHATTER: Final = ("distributed", "distributed.client", "distributed.utils", "distributed.comm", "tornado.application", "asyncio")
CONNECT_S: Final = 20  # a scheduler answers in milliseconds; longer means a wrong address or a firewall
FIRST_WORKER_S: Final = 60  # workers may be started after the runner, but not forgotten
COUNT_S: Final = 5.0  # between looks at how many workers there are
SILENT_S: Final = 30.0  # without any worker, before the user is told
MOST_THREADS: Final = 1024  # of a runner; each waits for one photo. Over some 340 worker threads start a second runner


def cluster(address: str, *, send: bool, warn: Callable[[str], None]) -> Opener:
    """Photos are examined by the workers of the scheduler at `address`. With `send` their bytes go there, otherwise their paths."""

    @contextmanager
    def opened(methods: Methods) -> Iterator[Examiner]:
        setup = Setup(methods.settings, methods.archives, methods.versions, libraries())
        with _client(address) as client, client.get_executor(pure=False) as executor:
            away = _Away(address, executor, _Workers(client, warn), json.dumps(encode(setup)))
            yield Examiner(away.examine, away.workers.capacity, threads=MOST_THREADS, reads=send)

    return opened


@contextmanager
def _client(address: str) -> Iterator[Client]:
    for name in CHATTER:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters of it is told below, in a sentence
    quiet = {"distributed.admin.large-graph-warning-threshold": "1 GiB"}  # a photo sent by its bytes is no mistake
    with dask.config.set(quiet):
        _answerable(address)
        try:
            client = Client(address, timeout=CONNECT_S, set_as_default=False, name=NAME)
        except (OSError, ValueError) as fault:  # TimeoutError among them
            raise ClusterError(f"{address}: no scheduler answers ({fault}). Start one with: dask scheduler") from fault
        with client:
            try:
                client.wait_for_workers(1, timeout=FIRST_WORKER_S)
            except TimeoutError as fault:
                raise ClusterError(f"{address}: has no workers. Start some with: dask worker {address}") from fault
            client.register_plugin(Stations())
            yield client


def _answerable(address: str) -> None:
    """Raises ClusterError for what is no address: a client that was begun on one keeps the program 40 s before it ends."""
    try:
        get_address_host_port(address)
    except ValueError as fault:
        raise ClusterError(f"{address}: is no address of a scheduler ({fault}). Write it as tcp://10.0.0.1:8786") from fault
    if address.startswith("tls:") and Security().get_connection_args("client")["ssl_context"] is None:
        raise ClusterError(f"{address}: Dask has no certificates here. Name them in its configuration, distributed.comm.tls")


class _Workers:
    """How many photos the workers take at once, asked now and then; says so when there are none."""

    def __init__(self, client: Client, warn: Callable[[str], None]) -> None:
        self._client, self._warn = client, warn
        self._asked = self._seen = 0.0
        self._count = 1

    def capacity(self) -> int:
        now = time.monotonic()
        if now - self._asked > COUNT_S:
            self._asked = now
            with suppress(OSError, RuntimeError):  # the scheduler is away: the photos that wait for it will say so
                self._count = sum(self._client.nthreads().values())
            if self._count or not self._seen:
                self._seen = now
            elif now - self._seen > SILENT_S:
                self._seen = now
                self._warn("No worker is connected; the photos wait. Start workers, or stop with Ctrl-C and go on later.")
        return max(1, self._count)


@dataclass(frozen=True, slots=True)
class _Away:
    """Has one job done elsewhere and waits for it."""

    address: str
    executor: Executor
    workers: _Workers
    setup: str

    def examine(self, job: Job, taken: Bytes | None) -> Brought:
        submission = Submission(Path(job.path), job.name, job.walked, job.trouble)
        if isinstance(taken, Unreadable):
            return Brought("", exhibit_of(1, submission, taken, taken))
        data, sha256 = (taken.value.data, taken.value.sha256) if taken else (None, "")
        try:
            answer = self.executor.submit(examine, self.setup, json.dumps(encode(job)), data, sha256).result()
        except KilledWorker:  # so often that the scheduler gave the photo up; the next run tries it again
            lost = Unreadable(say("cell.lost"))
            return Brought(sha256, exhibit_of(1, submission, taken or lost, lost))
        except (CancelledError, RuntimeError, OSError) as gone:
            raise ClusterError(
                f"{self.address}: the scheduler is gone. What is done is kept; start it and resume the batch."
            ) from gone
        brought = decode(Brought, json.loads(answer))
        self._sees(job, brought, taken)
        return brought

    def _sees(self, job: Job, brought: Brought, taken: Bytes | None) -> None:
        """A photo that lies here and not there is no fault of the photo."""
        reason = brought.exhibit.reason if brought.exhibit else None
        if taken is None and reason and reason.id == "intake.not-found" and os.path.lexists(job.path):
            raise ClusterError(f"{job.path}: no worker sees it. Put the photos where all machines see them, or give --send-photos.")
