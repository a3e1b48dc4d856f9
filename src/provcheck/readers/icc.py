"""ICC: the name of a colour profile."""

from __future__ import annotations

from struct import iter_unpack, unpack_from

MAX_TAGS = 100  # profiles have under 30
LIMIT = 200  # characters of a name


def is_profile(data: bytes) -> bool:
    """Whether header and tag table hold together: signature, stated size, and every tag inside."""
    if len(data) < 132 or data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") > len(data):
        return False
    (count,) = unpack_from(">L", data, 128)
    if count > MAX_TAGS or 132 + 12 * count > len(data):
        return False
    return all(start + length <= len(data) for _, start, length in iter_unpack(">4sLL", data[132 : 132 + 12 * count]))


def profile_name(data: bytes) -> str:
    """The profile's description, "" where there is none that can be read."""
    if len(data) < 132 or data[36:40] != b"acsp":
        return ""
    (count,) = unpack_from(">L", data, 128)
    table = data[132 : 132 + 12 * min(count, MAX_TAGS)]
    for name, start, length in iter_unpack(">4sLL", table[: len(table) // 12 * 12]):
        if name == b"desc":
            return _description(data[start : start + length])
    return ""


def _description(body: bytes) -> str:
    """textDescriptionType of version 2 or multiLocalizedUnicodeType of version 4 (its first record, English where there is one)."""
    if body[:4] == b"desc" and len(body) >= 12:
        length = min(int.from_bytes(body[8:12], "big"), LIMIT)
        return body[12 : 12 + length].partition(b"\x00")[0].decode("latin-1").strip()
    if body[:4] != b"mluc" or len(body) < 28:
        return ""
    count = int.from_bytes(body[8:12], "big")
    rows = list(iter_unpack(">2s2sLL", body[16 : 16 + 12 * min(count, MAX_TAGS, (len(body) - 16) // 12)]))
    chosen = next((row for row in rows if row[0] == b"en"), rows[0] if rows else None)
    if chosen is None:
        return ""
    _, _, length, start = chosen
    return body[start : start + min(length, 2 * LIMIT)].decode("utf-16-be", "ignore").partition("\x00")[0].strip()
