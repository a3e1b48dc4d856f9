"""A salted commitment: it ties a public report to one internal report, and tells nothing of it to whoever lacks the salt."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from provcheck.domain.errors import ConfigError

LABEL = b"provcheck internal report\n"  # so that the digest can be of nothing else
HEX = 64  # digits of a salt and of a digest: 256 bits, out of reach of guessing even where every report could be


def new_salt() -> str:
    """A fresh salt, in hex. It stays with the internal report."""
    return secrets.token_hex(HEX // 2)


def checked_salt(text: str, where: str) -> str:
    """The salt in a file's text; raises ConfigError."""
    salt = text.strip()
    if not re.fullmatch(f"[0-9a-f]{{{HEX}}}", salt):
        raise ConfigError(f"{where}: holds no salt ({HEX} hex digits); give the file that was written with the public report")
    return salt


def commitment(digest: str, salt: str) -> str:
    """SHA-256, in hex, of the label, the salt and the internal report's digest."""
    return sha256(LABEL + bytes.fromhex(salt) + bytes.fromhex(digest)).hexdigest()
