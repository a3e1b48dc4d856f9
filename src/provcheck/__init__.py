"""What submitted photos themselves support, contradict or leave open.

    import provcheck

    claims = provcheck.read_claims(Path("claims.toml"))
    with provcheck.open_archive(Path("old.pvx")) as archive:
        report = provcheck.check([Path("photos")], claims=claims.claims, archives=[archive])
    Path("report.html").write_text(provcheck.render_html(report), "utf-8")

Photos are decoded in child processes: on Windows and macOS call `check` under `if __name__ == "__main__":`.
Names are imported when they are first used, so that `import provcheck` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from provcheck.domain import VERSION

if TYPE_CHECKING:
    from provcheck.archive import Archive, create_archive, open_archive
    from provcheck.config import Settings, read_settings
    from provcheck.domain.errors import ArchiveError, ConfigError, IntegrityError, ProvcheckError
    from provcheck.domain.report import Report
    from provcheck.jobs import check, examine
    from provcheck.readers.claims import Claims, read_claims
    from provcheck.report import read_json, render_html, render_json, render_summary, sentence

__version__ = VERSION

_HOMES = {
    "Archive": "archive",
    "ArchiveError": "domain.errors",
    "Claims": "readers.claims",
    "ConfigError": "domain.errors",
    "IntegrityError": "domain.errors",
    "ProvcheckError": "domain.errors",
    "Report": "domain.report",
    "Settings": "config",
    "check": "jobs",
    "create_archive": "archive",
    "examine": "jobs",
    "open_archive": "archive",
    "read_claims": "readers.claims",
    "read_json": "report",
    "read_settings": "config",
    "render_html": "report",
    "render_json": "report",
    "render_summary": "report",
    "sentence": "report",
}

__all__ = [
    "Archive",
    "ArchiveError",
    "Claims",
    "ConfigError",
    "IntegrityError",
    "ProvcheckError",
    "Report",
    "Settings",
    "check",
    "create_archive",
    "examine",
    "open_archive",
    "read_claims",
    "read_json",
    "read_settings",
    "render_html",
    "render_json",
    "render_summary",
    "sentence",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'provcheck' has no attribute {name!r}")
    return getattr(import_module(f"provcheck.{_HOMES[name]}"), name)
