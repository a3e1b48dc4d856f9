"""Does the file name a program that edits pictures, or steps that were done to it?"""

from __future__ import annotations

import re

from provcheck.checks.flags.seen import Seen, found

# Programs whose purpose is to change pictures. Viewers, transfer programs and camera firmware are not in it.
EDITORS = re.compile(
    r"photoshop|lightroom|camera raw|imageready|illustrator|aperture \d|iphoto|photo-?paint|paint ?shop|corel (photo|paint)"
    r"|\bgimp\b|paint\.net|\bkrita\b|inkscape|imagemagick|graphicsmagick|irfanview|xnview|faststone|digikam|gthumb|shotwell|darktable"
    r"|rawtherapee|affinity photo|pixelmator|photopea|pixlr|polarr|\bfotor\b|\bcanva\b|befunky|picmonkey|photofiltre|photoline"
    r"|capture ?one|\bon1\b|luminar|skylum|dxo (photolab|optics)|silkypix|zoner photo|acdsee|photoscape|photodirector|photoimpact"
    r"|photostudio|photo editor|nero photo|microsoft (paint|office)|windows photo gallery|\bpicasa\b"
    r"|snapseed|picsart|\bvsco\b|facetune|faceapp|faceswap|remini|meitu|beautyplus|lensa|airbrush|\bprisma\b|instagram|inshot|capcut"
    r"|touchretouch|superimpose|photoroom",
    re.IGNORECASE,
)
STEPS = frozenset(
    {"edited", "cropped", "filtered", "converted", "derived", "resized", "color_adjusted", "saved", "produced", "formatted"}
)


def software(seen: Seen) -> bool:
    programs = found(seen.stated.software) or ()
    return any(EDITORS.search(program.name) for program in programs)


def history(seen: Seen) -> bool:
    """An edit history with at least one step that changes or saves the picture."""
    return any(step.action.lower() in STEPS for step in found(seen.stated.history) or ())


def derived_from(seen: Seen) -> bool:
    return bool(seen.values("xmp.derived_from_document_id") or seen.values("xmp.derived_from_original_document_id"))
