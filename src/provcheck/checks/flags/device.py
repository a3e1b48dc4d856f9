"""Does the stated maker fit the maker note?"""

from __future__ import annotations

from provcheck.checks.flags.seen import Seen, found

# The words of Make under which each maker's notes are found in the wild
MAKES: dict[str, tuple[str, ...]] = {
    "Apple": ("apple",),
    "Nikon": ("nikon",),
    "Olympus": ("olympus", "om digital", "om system"),
    "Fujifilm": ("fuji", "general imaging", "leica", "sharp"),
    "General Imaging": ("ge",),
    "Panasonic": ("panasonic", "leica", "matsushita"),
    "Sony": ("sony", "hasselblad", "konica", "minolta"),
    "Pentax": ("pentax", "asahi", "ricoh", "samsung"),
    "Ricoh": ("ricoh", "pentax"),
    "Sigma": ("sigma",),
    "Sanyo": ("sanyo", "fisher", "supra"),
    "Casio": ("casio",),
    "Leica": ("leica", "panasonic"),
    "Motorola": ("motorola", "lenovo"),
    "Kodak": ("kodak", "jk imaging"),
    "Epson": ("epson",),
    "Samsung": ("samsung",),
    "Kyocera": ("kyocera", "contax", "yashica"),
    "Reconyx": ("reconyx",),
    "Google": ("google",),
    "JVC": ("jvc", "victor"),
}
# Makers whose notes open with their name in every camera announced since that year; before, some wrote bare directories
ALWAYS_NAMED = {"apple": 2007, "fujifilm": 1999, "nikon": 2004, "olympus": 2004}


def make_vs_makernote(seen: Seen) -> bool:
    structure, camera = found(seen.stated.structure), found(seen.stated.camera)
    if structure is None or camera is None or not structure.maker_note or not camera.make:
        return False
    make = camera.make.lower()
    if structure.maker_note_of:
        return not any(word in make for word in MAKES.get(structure.maker_note_of, (structure.maker_note_of.lower(),)))
    captured = found(seen.stated.captured)
    year = captured.naive.year if captured else 0
    return any(make.startswith(word) and (word == "apple" or year >= since) for word, since in ALWAYS_NAMED.items())
