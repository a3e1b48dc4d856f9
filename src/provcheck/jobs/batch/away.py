"""What runs on a cluster's worker: stations with cells of their own, behind the same walls as everywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from threading import Lock
from typing import Final

from distributed import Worker, WorkerPlugin, get_worker

from provcheck.config import Settings
from provcheck.domain.codec import decode, encode
from provcheck.domain.errors import ProvcheckError
from provcheck.domain.reading import Found
from provcheck.jobs.batch.job import Job
from provcheck.jobs.batch.station import Station
from provcheck.jobs.batch.versions import Versions, versions
from provcheck.jobs.run import libraries
from provcheck.readers.intake import Taken

NAME: Final = "provcheck"


class ClusterError(ProvcheckError):
    """A cluster that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know once: how to look, where to search, and the versions that it must have."""

    settings: Settings
    archives: tuple[str, ...]
    versions: Versions
    libraries: tuple[tuple[str, str], ...]


class Stations(WorkerPlugin):  # type: ignore[misc]  # an extra, whose types are not read
    """A worker's stations, one for each setup that runners have asked of it, until the worker ends."""

    name = NAME
    idempotent = True  # a second runner's registration leaves the first one's cells alone

    def setup(self, worker: Worker) -> None:
        self._worker = worker
        self._turn = Lock()
        self._open: dict[str, Station] = {}

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002  distributed's signature
        for station in self._open.values():
            station.__exit__(None, None, None)

    def station(self, said: str) -> Station:
        """The station of a setup; raises ClusterError where this worker has other versions."""
        with self._turn:
            if said not in self._open:
                setup = decode(Setup, json.loads(said))
                _same(setup, self._worker.address)
                self._open[said] = Station(setup.settings, setup.archives, self._worker.state.nthreads)
            return self._open[said]


def _same(setup: Setup, address: str) -> None:
    if versions() == setup.versions:
        return
    own = dict(libraries())
    other = [f"{name} {own.get(name)} instead of {version}" for name, version in setup.libraries if own.get(name) != version]
    raise ClusterError(
        f"worker {address}: has {', '.join(other) or 'another provcheck'}, so its results would differ."
        " Install the same provcheck with the same constraints.txt there."
    )


def examine(said: str, job: str, data: bytes | None, sha256: str) -> str:
    """One job, on a worker."""
    station: Station = get_worker().plugins[NAME].station(said)
    taken = None if data is None else Found(Taken(data, sha256))
    return json.dumps(encode(station.examine(decode(Job, json.loads(job)), taken)))
