"""Whose camera does a name speak of, and can two names of cameras be held against each other?

Shops sell a telephone as "Galaxy A53" whose files say "SM-A536E", and one camera as 800D, Rebel T7i and Kiss X9i.
"""

from __future__ import annotations

import re

# Words that stand for one maker; brands that write one another's name into their files stand together
MAKERS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "canon eos powershot ixus",
        "nikon coolpix",
        "sony ilce cyber-shot cybershot xperia",
        "apple iphone ipad",
        "samsung galaxy",
        "google pixel",
        "xiaomi redmi poco",
        "huawei honor",
        "fujifilm fuji finepix",
        "olympus om",
        "panasonic lumix",
        "pentax ricoh",
        "dji mavic hasselblad",
        "motorola moto lenovo",
        "nokia hmd lumia microsoft",
        "lg lge",
        "gopro",
        "leica",
        "sigma",
        "kodak",
        "casio",
        "oppo realme oneplus",
        "vivo",
        "htc",
    )
)
ONE_NAME = frozenset({"iphone", "ipad", "pixel"})  # sold under one name everywhere, and written so into the file
DIGITS = re.compile(r"\d+")


def words(name: str) -> frozenset[str]:
    """The words of a name, folded, without the punctuation around them; hyphens inside stay."""
    return frozenset(word for part in name.casefold().split() if (word := part.strip("()[],;:.\"'")))


def maker(name: frozenset[str]) -> frozenset[str] | None:
    """The words of the maker that `name` speaks of; None where it names none that is known, or several."""
    spoken = [known for known in MAKERS if known & name]
    return spoken[0] if len(spoken) == 1 else None


def same(claimed: frozenset[str], named: frozenset[str]) -> bool:
    """Whether every word of the claimed name stands in the file's; another word for the same maker stands for it."""
    return claimed - (maker(named) or frozenset()) <= named


def differ(claimed: frozenset[str], named: frozenset[str]) -> bool:
    """Whether the names cannot be of one camera: other makers, or numbers of one form that differ ("80D" and "5D")."""
    one, other = maker(claimed), maker(named)
    if one and other:
        return one is not other or bool(claimed & named & ONE_NAME) or _numbered_apart(claimed, named)
    return _numbered_apart(claimed, named)


def _numbered_apart(claimed: frozenset[str], named: frozenset[str]) -> bool:
    return bool(_forms(claimed - named) & _forms(named - claimed))


def _forms(name: frozenset[str]) -> set[str]:
    """The words that hold a number, with it taken out: "80d" is "0d"."""
    return {DIGITS.sub("0", word) for word in name if DIGITS.search(word)}
