"""A list of signers whose Content Credentials a desk accepts: the official C2PA list, or a file of its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from provcheck.domain.credentials import TrustList
from provcheck.domain.errors import ConfigError

MAX_BYTES = 4_000_000  # the official list has some dozens of certificates of 2 kB
CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")
DATED = re.compile(r"^#[^\n]*?(\d{4}-\d{2}-\d{2})", re.MULTILINE)


def read_trust_list(path: Path) -> TrustList:
    """PEM certificates, which is the form of the official list; raises ConfigError that names the file.

    Its date is the first that a comment line states ("# of 2026-11-01"), else that of its newest certificate.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES} bytes; a trust list is a file of PEM certificates")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give the path of a trust list") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: no text at byte {error.start}; a trust list is a file of PEM certificates, not DER") from error
    certificates = CERTIFICATE.findall(text)
    if not certificates:
        raise ConfigError(
            f"{path}: holds no PEM certificate (-----BEGIN CERTIFICATE-----); give the official C2PA list or one of your own"
        )
    return TrustList(path.name, _date(path, text, certificates), "\n".join(certificates) + "\n")


def _date(path: Path, text: str, certificates: list[str]) -> str:
    stated = DATED.search(text)
    if stated:
        return stated[1]
    newest = max((day for number, pem in enumerate(certificates, 1) if (day := _begins(path, number, pem))), default=None)
    return f"newest certificate {newest.isoformat()}" if newest else "undated"


def _begins(path: Path, number: int, pem: str) -> date | None:
    try:
        from cryptography.x509 import load_pem_x509_certificate
    except ImportError:  # comes with the extra "credentials"; without it nothing is looked up in the list either
        return None
    try:
        return load_pem_x509_certificate(pem.encode()).not_valid_before_utc.date()
    except ValueError as error:
        raise ConfigError(
            f"{path}: certificate {number} is broken ({error}); take the list anew from where it is published"
        ) from error
