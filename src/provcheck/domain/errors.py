"""The errors that callers see, one tree; each has an exit code and a sentence with file, limit and remedy."""

from __future__ import annotations


class ProvcheckError(Exception):
    """Anything provcheck refuses to do. Exit code 2: wrong usage, configuration or input file."""

    exit_code = 2


class ConfigError(ProvcheckError):
    """A broken provcheck.toml, claims.toml or manifest; the message names file, line and key."""


class ArchiveError(ProvcheckError):
    """An archive that cannot be opened, created or written."""


class IntegrityError(ProvcheckError):
    """Something does not match its digest."""

    exit_code = 4
