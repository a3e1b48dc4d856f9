"""The signer's certificate chain, out of a C2PA manifest store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provcheck.domain.credentials import Certificate

if TYPE_CHECKING:
    from cryptography.x509 import Name

SIGNATURE_BOX = b"c2cs"  # JUMBF content type of a COSE signature
BYTE_STRING = re.compile(rb"\x59(..)(\x30\x82)", re.DOTALL)  # CBOR: up to 65,535 bytes, here opening as a DER sequence
MAX_CHAIN = 8
LIMIT = 200  # characters of one name


def chain_of(store: bytes) -> tuple[Certificate, ...]:
    """The certificates of the last signature in the store, the active manifest's, the signer first. Nothing is checked here."""
    try:
        from cryptography.x509 import load_der_x509_certificate
    except ImportError:
        return ()
    start = store.rfind(SIGNATURE_BOX)
    found: list[Certificate] = []
    at = start
    while start >= 0 and len(found) < MAX_CHAIN and (match := BYTE_STRING.search(store, at)):
        begin = match.start(2)
        end = begin + int.from_bytes(match[1], "big")
        at = match.start() + 1
        try:
            certificate = load_der_x509_certificate(store[begin:end])
            row = Certificate(
                _name(certificate.subject),
                _name(certificate.issuer),
                certificate.not_valid_before_utc.date().isoformat(),
                certificate.not_valid_after_utc.date().isoformat(),
            )
        except ValueError:
            continue
        at = end
        found.append(row)
    return tuple(found)


def _name(name: Name) -> str:
    return name.rfc4514_string()[:LIMIT]
