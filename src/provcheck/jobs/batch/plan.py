"""What a batch was asked to do: stands in its ledger, so that `resume` needs no argument but the folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provcheck.archive import Archive, open_archive
from provcheck.config import Settings, read_settings
from provcheck.domain import VERSION
from provcheck.domain.claim import Claim
from provcheck.domain.codec import decode, encode
from provcheck.domain.errors import ConfigError
from provcheck.jobs.batch.ledger import Ledger, LedgerError
from provcheck.jobs.batch.manifest import Row, numbered
from provcheck.pipeline import digest, method_cards
from provcheck.readers.claims import MAX_CLAIMS, read_claims
from provcheck.readers.plates.network import digests


@dataclass(frozen=True, slots=True)
class Plan:
    """The arguments of `batch run`, paths made absolute. Empty strings where nothing was given."""

    source: str
    as_of: date
    archives: tuple[str, ...] = ()
    claims: str = ""
    config: str = ""


def plan_of(source: Path, as_of: date, archives: tuple[Path, ...], claims: Path | None, config: Path | None) -> Plan:
    return Plan(
        str(source.absolute()),
        as_of,
        tuple(str(path.absolute()) for path in archives),
        str(claims.absolute()) if claims else "",
        str(config.absolute()) if config else "",
    )


def said(plan: Plan) -> str:
    return json.dumps(encode(plan), sort_keys=True)


def stored_plan(ledger: Ledger) -> Plan:
    """The plan that stands in the ledger; raises LedgerError where there is none."""
    try:
        return decode(Plan, json.loads(ledger.plan()))
    except ValueError as error:
        raise LedgerError(f"{ledger.folder}: its ledger holds no plan. Begin again with: provcheck batch run MANIFEST") from error


@dataclass(frozen=True, slots=True)
class Methods:
    """All that decides what comes out for given bytes: settings, claims, archives, and the versions of the methods."""

    settings: Settings
    claims: tuple[Claim, ...]
    archives: tuple[Archive, ...]
    as_of: date
    readers: str  # digest of what decides what is seen
    judges: str  # digest of what decides how it is judged

    def look(self, row: Row, sha256: str) -> str:
        """The key of what is seen in a file. The suffix and the walk decide whether it counts as a picture."""
        return digest((self.readers, sha256, Path(row.path).suffix.lower(), row.walked))

    def judged(self, row: Row, look: str) -> str:
        """The key of a photo's report and line."""
        return digest((self.judges, look, row.number, row.name, row.photo_id, row.case_id, row.claim, row.extra))

    def about(self, row: Row) -> tuple[Claim, ...]:
        if row.claim and len(self.claims) >= MAX_CLAIMS:
            raise ConfigError(f"{row.name}: the manifest adds a claim to {MAX_CLAIMS} others, which is the limit")
        return numbered(self.claims, row.claim)


@contextmanager
def methods_of(plan: Plan) -> Iterator[Methods]:
    """Everything the plan names, read and opened. Raises ConfigError or ArchiveError."""
    settings = read_settings(Path(plan.config)) if plan.config else Settings()
    claims = read_claims(Path(plan.claims)).claims if plan.claims else ()
    with ExitStack() as stack:
        archives = tuple(stack.enter_context(open_archive(Path(path))) for path in plan.archives)
        yield Methods(
            settings,
            claims,
            archives,
            plan.as_of,
            readers=digest((VERSION, digests(), settings)),
            judges=digest((VERSION, method_cards(), claims, plan.as_of, tuple(archive.info() for archive in archives))),
        )
