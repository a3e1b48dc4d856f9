"""Text whose character set nobody states: our guess at it, and what the bare standard makes of the same bytes.

A person wants "Île"; whoever compares two readers wants what the bytes say without a guess, as ExifTool prints it.
"""

from __future__ import annotations

from provcheck.readers.tiff import text

# Windows' Latin-1, with the five bytes that it leaves out as the control characters that they are in ISO 8859-1
LATIN = "".join(bytes([byte]).decode("cp1252", "replace") for byte in range(256))
LATIN = "".join(chr(byte) if letter == "\ufffd" else letter for byte, letter in enumerate(LATIN))


def unstated(raw: bytes, limit: int) -> tuple[str, str]:
    """The guess, and the reading without one: UTF-8, every other byte a question mark. "" where the two agree."""
    guess = text(raw, limit)
    if guess.isascii():
        return guess, ""
    strict = _cut(raw, limit).decode("utf-8", "surrogateescape")
    return _both(guess, "".join("?" if "\udc80" <= letter <= "\udcff" else letter for letter in strict)[:limit])


def latin(raw: bytes, limit: int) -> tuple[str, str]:
    """The guess, and the reading as Latin-1, which the format prescribes and many writers of UTF-8 ignore."""
    guess = text(raw, limit)
    return (guess, "") if guess.isascii() else _both(guess, "".join(LATIN[byte] for byte in _cut(raw, limit)))


def _cut(raw: bytes, limit: int) -> bytes:
    return raw.partition(b"\x00")[0][:limit].rstrip(b"\xff")


def _both(guess: str, strict: str) -> tuple[str, str]:
    return guess, "" if guess.strip() == strict.strip() else strict
