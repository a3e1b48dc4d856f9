"""Does the file look as a messenger or a network leaves it? Missing metadata are normal there. Names are easily changed."""

from __future__ import annotations

import re

from provcheck.checks.flags.seen import Seen, found

WHATSAPP = re.compile(  # Android, the desktop, and what an iPhone exports
    r"(IMG|VID|STK)-\d{8}-WA\d{4}|WhatsApp[ _]Image[ _]\d{4}-\d\d-\d\d|(\d{8}-)?PHOTO-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d", re.IGNORECASE
)
TELEGRAM = re.compile(
    r"photo_\d{4}-\d\d-\d\d[_ ]\d\d[-.]\d\d[-.]\d\d|photo_\d{10,}|photo_\d+@\d\d-\d\d-\d{4}_\d\d-\d\d-\d\d|telegram-cloud-photo",
    re.IGNORECASE,
)
SIGNAL = re.compile(r"signal-(attachment-)?\d{4}-\d\d-\d\d", re.IGNORECASE)
VIBER = re.compile(
    r"IMG-[0-9a-f]{32}-V\b|viber[ _]image|image-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}\b"
    r"|(image-)?(\d+-)?\d-\d{2}-0[0-9a-f]-[0-9a-f]{64}",
    re.IGNORECASE,
)
FACEBOOK = re.compile(r"FB_IMG_\d{13}|\d{5,}_\d{6,}_\d{6,}_[no](_|\b)|received_\d{10,}", re.IGNORECASE)
X = re.compile(r"[A-H][\w-]{8}A[AEIMQUYc][\w-]{4}\.(jpe?g|png|webp)$")  # a media id: base 64 of a number that counts time
SCREENSHOT = re.compile(
    r"screen[ _-]?shot|screencap|bildschirmfoto|capture d.écran|captura de pantalla"
    r"|снимок[ _]экрана|скриншот|знімок[ _]екрана|экран[ _]суреті",
    re.IGNORECASE,
)
STRIPPED = frozenset({"EXIF", "XMP", "IPTC"})  # what messengers remove


def filename_whatsapp(seen: Seen) -> bool:
    return WHATSAPP.match(seen.name) is not None


def filename_telegram(seen: Seen) -> bool:
    return TELEGRAM.match(seen.name) is not None


def filename_signal(seen: Seen) -> bool:
    return SIGNAL.match(seen.name) is not None


def filename_viber(seen: Seen) -> bool:
    return VIBER.match(seen.name) is not None


def filename_facebook(seen: Seen) -> bool:
    return FACEBOOK.match(seen.name) is not None


def filename_x(seen: Seen) -> bool:
    return X.match(seen.name) is not None


def facebook_instructions(seen: Seen) -> bool:
    """Facebook and Instagram write a tracking string into IPTC's special instructions."""
    return any(value.startswith("FBMD") for value in seen.values("iptc.instructions"))


def screenshot(seen: Seen) -> bool:
    comments = (*seen.values("exif.user_comment"), *seen.values("xmp.description"))
    return SCREENSHOT.search(seen.name) is not None or any(comment.strip() == "Screenshot" for comment in comments)


def no_exif_progressive(seen: Seen) -> bool:
    """A progressive JPEG without EXIF: WhatsApp and Facebook leave such, and so do many web sites."""
    return _stripped(seen) is True


def no_exif(seen: Seen) -> bool:
    """A plain JPEG without EXIF: Telegram, Signal and most web sites leave such."""
    return _stripped(seen) is False


def _stripped(seen: Seen) -> bool | None:
    """Whether a JPEG without metadata is progressive; None for all other files."""
    structure = found(seen.stated.structure)
    if structure is None or structure.format != "JPEG" or STRIPPED & set(structure.blocks):
        return None
    return structure.progressive
