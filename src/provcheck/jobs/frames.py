"""How a cell is spoken to: frames of a 4-byte big-endian length and that many bytes, over two pipes.

A request is a JSON header and the photo's bytes. A reply is JSON objects: what is known so far, any number of times, and at last
one of another kind. Nothing is pickled: the child may have been
taken over by a photo.
"""

from __future__ import annotations

from typing import BinaryIO

MAX_REPLY = 64_000_000  # bytes; a photo with forty plate crops and its view stays under 2 MB

SO_FAR = b'{"so_far"'  # how a frame begins that is not the last


def read_frame(pipe: BinaryIO, most: int = 1 << 32) -> bytes | None:
    """One frame, or None at the end of the stream and where it claims more than `most` bytes."""
    length = pipe.read(4)
    if len(length) < 4:
        return None
    size = int.from_bytes(length, "big")
    body = pipe.read(size) if size <= most else b""
    return body if len(body) == size else None


def write_frame(pipe: BinaryIO, body: bytes) -> None:
    pipe.write(len(body).to_bytes(4, "big"))
    pipe.write(body)
    pipe.flush()
