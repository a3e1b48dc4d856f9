"""A list of signers whose Content Credentials a desk accepts: the official C2PA list, or a file of its own.

The official list is published twice with the same content: as PEM certificates under lines that name each ("Subject CN=…"), and as
JSON after ETSI TS 119 602 (github.com/c2pa-org/conformance-public, trust-list/). Both are taken.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from provcheck.domain.credentials import TrustList
from provcheck.domain.errors import ConfigError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MAX_BYTES = 4_000_000  # the official list has some dozens of certificates of 2 kB
CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")
DATED = re.compile(r"^#[^\n]*?(\d{4}-\d{2}-\d{2})", re.MULTILINE)
ISSUED = re.compile(r'"ListIssueDateTime"\s*:\s*"(\d{4}-\d{2}-\d{2})')
BASE64 = re.compile(r"[A-Za-z0-9+/=]+")


def read_trust_list(path: Path) -> TrustList:
    """Raises ConfigError that names the file.

    Its date is the day of issue (JSON) or the first that a comment line states ("# of 2026-11-01"), else its newest certificate's.
    """
    text = _text(path)
    in_json = text.lstrip().startswith("{")
    certificates = _of_json(path, text) if in_json else CERTIFICATE.findall(text)
    if not certificates:
        raise ConfigError(
            f"{path}: holds no PEM certificate (-----BEGIN CERTIFICATE-----); give the official C2PA list or one of your own"
        )
    newest = max((day for number, pem in enumerate(certificates, 1) if (day := _begins(path, number, pem))), default=None)
    stated = (ISSUED if in_json else DATED).search(text)
    undated = f"newest certificate {newest.isoformat()}" if newest else "undated"
    return TrustList(path.name, stated[1] if stated else undated, "\n".join(certificates) + "\n")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES} bytes; a trust list is a file of PEM certificates")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give the path of a trust list") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: no text at byte {error.start}; a trust list is a file of PEM certificates, not DER") from error


def _of_json(path: Path, text: str) -> list[str]:
    """The certificates of the official list's JSON, as PEM: every `val` of its `X509Certificates`."""
    found: list[str] = []

    def take(table: dict[str, object]) -> dict[str, object]:
        rows = table.get("X509Certificates")
        values = [row["val"] for row in rows if isinstance(row, dict) and "val" in row] if isinstance(rows, list) else []
        found.extend(_pem(value) for value in values if isinstance(value, str) and BASE64.fullmatch(value))
        return table

    try:
        json.loads(text, object_hook=take)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}; take the list anew from where it is published") from error
    return found


def _pem(base64: str) -> str:
    return "\n".join(("-----BEGIN CERTIFICATE-----", *wrap(base64, 64), "-----END CERTIFICATE-----"))


def _begins(path: Path, number: int, pem: str) -> date | None:
    """The day a certificate begins; raises ConfigError for one that is broken or is no authority's."""
    try:
        from cryptography.x509 import load_pem_x509_certificate
    except ImportError:  # comes with the extra "credentials"; without it nothing is looked up in the list either
        return None
    try:
        certificate = load_pem_x509_certificate(pem.encode())
        authority, name = _authority(certificate), certificate.subject.rfc4514_string()
    except ValueError as error:
        raise ConfigError(
            f"{path}: certificate {number} is broken ({error}); take the list anew from where it is published"
        ) from error
    if not authority:  # the library compares chains with authorities alone: such an entry would never match, and nobody would know
        raise ConfigError(f"{path}: certificate {number} ({name}) is a signer's own; give that of the authority that issued it")
    return certificate.not_valid_before_utc.date()


def _authority(certificate: Certificate) -> bool:
    from cryptography.x509 import BasicConstraints, ExtensionNotFound

    try:
        return certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
    except ExtensionNotFound:
        return False
