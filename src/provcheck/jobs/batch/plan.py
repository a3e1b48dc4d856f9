"""What a batch was asked to do: stands in its ledger, so that `resume` needs no argument but the folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from provcheck.archive import open_archive
from provcheck.archive.opening import is_server, kept_name
from provcheck.config import Settings, read_settings
from provcheck.domain.archive import Searched
from provcheck.domain.claim import Claim
from provcheck.domain.codec import decode, encode
from provcheck.domain.errors import ConfigError
from provcheck.jobs.batch.folder import LedgerError, own
from provcheck.jobs.batch.ledger import Ledger
from provcheck.jobs.batch.manifest import Row, numbered
from provcheck.jobs.batch.versions import Versions
from provcheck.pipeline import digest
from provcheck.readers.claims import MAX_CLAIMS, read_claims
from provcheck.readers.trust import read_trust_list


@dataclass(frozen=True, slots=True)
class Plan:
    """The arguments of `batch run`, paths made absolute. Empty strings where nothing was given."""

    source: str
    as_of: date
    archives: tuple[str, ...] = ()
    claims: str = ""
    config: str = ""
    trust_list: str = ""
    lang: str = "en"  # of the sentences in results, tables and pages; records are in none


def plan_of(
    source: Path,
    as_of: date,
    archives: tuple[str | Path, ...],
    claims: Path | None,
    config: Path | None,
    trust_list: Path | None = None,
    lang: str = "en",
) -> Plan:
    return Plan(
        str(source.absolute()),
        as_of,
        tuple(str(name) if is_server(name) else kept_name(name) for name in archives),
        str(claims.absolute()) if claims else "",
        str(config.absolute()) if config else "",
        str(trust_list.absolute()) if trust_list else "",
        lang,
    )


def said(plan: Plan) -> str:
    """The plan as the ledger keeps it: without passwords."""
    return json.dumps(encode(replace(plan, archives=tuple(map(kept_name, plan.archives)))), sort_keys=True)


def stored_plan(ledger: Ledger) -> Plan:
    """The plan that stands in the ledger; raises LedgerError where there is none, or where it is another user's."""
    own(ledger.folder)
    try:
        return decode(Plan, json.loads(ledger.plan()))
    except ValueError as error:
        raise LedgerError(f"{ledger.folder}: its ledger holds no plan. Begin again with: provcheck batch run MANIFEST") from error


@dataclass(frozen=True, slots=True)
class Methods:
    """All that decides what comes out for given bytes: settings, claims, archives, and the versions of the methods."""

    settings: Settings
    claims: tuple[Claim, ...]
    archives: tuple[str, ...]
    as_of: date
    versions: Versions
    searched: str  # key of what is found in the archives
    judges: str  # digest of what decides how it is judged
    lang: str = "en"

    def seen(self, row: Row, sha256: str) -> str:
        """The key of what is seen in a file. The suffix and the walk decide whether it counts as a picture."""
        return digest((self.versions.readers, self.settings, sha256, Path(row.path).suffix.lower(), row.walked))

    def judged(self, row: Row, seen: str) -> str:
        """The key of a photo's report and line."""
        about = (row.number, row.name, row.photo_id, row.case_id, row.claim, row.extra, row.readings, row.received)
        return digest((self.judges, seen, self.versions.plates, self.searched, *about))

    def about(self, row: Row) -> tuple[Claim, ...]:
        if row.claim and len(self.claims) >= MAX_CLAIMS:
            raise ConfigError(f"{row.name}: the manifest adds a claim to {MAX_CLAIMS} others, which is the limit")
        return numbered(self.claims, row.claim)


def methods_of(plan: Plan, versions: Versions) -> Methods:
    """Everything the plan names, read; archives are opened once to see what they hold. Raises ConfigError or ArchiveError."""
    settings = _settings(plan)
    claims = read_claims(Path(plan.claims)).claims if plan.claims else ()
    searched = digest((versions.search, _holdings(plan.archives))) if plan.archives else ""
    judges = digest((versions.judging, settings, claims, plan.as_of, plan.lang))
    return Methods(settings, claims, plan.archives, plan.as_of, versions, searched, judges, plan.lang)


def _settings(plan: Plan) -> Settings:
    settings = read_settings(Path(plan.config)) if plan.config else Settings()
    return replace(settings, trust=read_trust_list(Path(plan.trust_list))) if plan.trust_list else settings


def _holdings(archives: tuple[str, ...]) -> tuple[Searched, ...]:
    found = []
    for name in archives:
        with open_archive(name) as archive:
            found.append(archive.info())
    return tuple(found)
