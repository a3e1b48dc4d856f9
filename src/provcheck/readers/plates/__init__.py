"""Number plates: found in the photo, straightened, read, and given a format only when they have one."""

from provcheck.readers.plates.find import find_plates, find_suspects

__all__ = ["find_plates", "find_suspects"]
