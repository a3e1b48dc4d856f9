"""What ExifTool calls our curated values, and whether two readings of one value agree, for the comparison a user may ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NAMES: dict[str, tuple[str, ...]] = {
    "exif.image_description": ("IFD0:ImageDescription",),
    "exif.make": ("IFD0:Make", "CIFF:Make"),
    "exif.model": ("IFD0:Model", "CIFF:Model"),
    "exif.orientation": ("IFD0:Orientation",),
    "exif.software": ("IFD0:Software",),
    "exif.modify_date": ("IFD0:ModifyDate",),
    "exif.artist": ("IFD0:Artist",),
    "exif.host_computer": ("IFD0:HostComputer",),
    "exif.copyright": ("IFD0:Copyright",),
    "exif.processing_software": ("IFD0:ProcessingSoftware",),
    "exif.exposure_time": ("ExifIFD:ExposureTime", "IFD0:ExposureTime"),
    "exif.fnumber": ("ExifIFD:FNumber", "IFD0:FNumber"),
    "exif.iso": ("ExifIFD:ISO", "IFD0:ISO"),
    "exif.datetime_original": ("ExifIFD:DateTimeOriginal", "IFD0:DateTimeOriginal"),
    "exif.datetime_digitized": ("ExifIFD:CreateDate", "IFD0:CreateDate"),
    "exif.offset_modify": ("ExifIFD:OffsetTime", "IFD0:OffsetTime"),
    "exif.offset_original": ("ExifIFD:OffsetTimeOriginal", "IFD0:OffsetTimeOriginal"),
    "exif.offset_digitized": ("ExifIFD:OffsetTimeDigitized", "IFD0:OffsetTimeDigitized"),
    "exif.subsec_modify": ("ExifIFD:SubSecTime",),
    "exif.subsec_original": ("ExifIFD:SubSecTimeOriginal",),
    "exif.subsec_digitized": ("ExifIFD:SubSecTimeDigitized",),
    "exif.focal_length": ("ExifIFD:FocalLength", "IFD0:FocalLength"),
    "exif.user_comment": ("ExifIFD:UserComment",),
    "exif.pixel_x": ("ExifIFD:ExifImageWidth",),
    "exif.pixel_y": ("ExifIFD:ExifImageHeight",),
    "exif.image_unique_id": ("ExifIFD:ImageUniqueID",),
    "exif.owner": ("ExifIFD:OwnerName",),
    "exif.body_serial": ("ExifIFD:SerialNumber", "IFD0:SerialNumber"),
    "exif.lens_make": ("ExifIFD:LensMake",),
    "exif.lens_model": ("ExifIFD:LensModel",),
    "exif.lens_serial": ("ExifIFD:LensSerialNumber",),
    "gps.img_direction": ("GPS:GPSImgDirection",),
    "gps.map_datum": ("GPS:GPSMapDatum",),
    "gps.speed": ("GPS:GPSSpeed",),
    "gps.dest_bearing": ("GPS:GPSDestBearing",),
    "gps.processing_method": ("GPS:GPSProcessingMethod",),
    "gps.datestamp": ("GPS:GPSDateStamp",),
    "gps.timestamp": ("GPS:GPSTimeStamp",),
    "gps.h_positioning_error": ("GPS:GPSHPositioningError",),
    "thumb.bytes": ("IFD1:ThumbnailLength",),
    "iptc.object_name": ("IPTC:ObjectName",),
    "iptc.keywords": ("IPTC:Keywords",),
    "iptc.instructions": ("IPTC:SpecialInstructions",),
    "iptc.date_created": ("IPTC:DateCreated",),
    "iptc.time_created": ("IPTC:TimeCreated",),
    "iptc.digital_creation_date": ("IPTC:DigitalCreationDate",),
    "iptc.program": ("IPTC:OriginatingProgram",),
    "iptc.byline": ("IPTC:By-line",),
    "iptc.byline_title": ("IPTC:By-lineTitle",),
    "iptc.city": ("IPTC:City",),
    "iptc.sublocation": ("IPTC:Sub-location",),
    "iptc.state": ("IPTC:Province-State",),
    "iptc.country_code": ("IPTC:Country-PrimaryLocationCode",),
    "iptc.country": ("IPTC:Country-PrimaryLocationName",),
    "iptc.transmission_ref": ("IPTC:OriginalTransmissionReference",),
    "iptc.headline": ("IPTC:Headline",),
    "iptc.credit": ("IPTC:Credit",),
    "iptc.source": ("IPTC:Source",),
    "iptc.copyright": ("IPTC:CopyrightNotice",),
    "iptc.caption": ("IPTC:Caption-Abstract",),
    "xmp.creator": ("XMP-dc:Creator",),
    "xmp.description": ("XMP-dc:Description",),
    "xmp.rights": ("XMP-dc:Rights",),
    "xmp.subject": ("XMP-dc:Subject",),
    "xmp.title": ("XMP-dc:Title",),
    "xmp.create_date": ("XMP-xmp:CreateDate",),
    "xmp.creator_tool": ("XMP-xmp:CreatorTool",),
    "xmp.metadata_date": ("XMP-xmp:MetadataDate",),
    "xmp.modify_date": ("XMP-xmp:ModifyDate",),
    "xmp.city": ("XMP-photoshop:City",),
    "xmp.country": ("XMP-photoshop:Country",),
    "xmp.credit": ("XMP-photoshop:Credit",),
    "xmp.date_created": ("XMP-photoshop:DateCreated",),
    "xmp.headline": ("XMP-photoshop:Headline",),
    "xmp.source": ("XMP-photoshop:Source",),
    "xmp.state": ("XMP-photoshop:State",),
    "xmp.country_code": ("XMP-iptcCore:CountryCode",),
    "xmp.location": ("XMP-iptcCore:Location",),
    "xmp.digital_source_type": ("XMP-iptcExt:DigitalSourceType",),
    "xmp.document_id": ("XMP-xmpMM:DocumentID",),
    "xmp.instance_id": ("XMP-xmpMM:InstanceID",),
    "xmp.original_document_id": ("XMP-xmpMM:OriginalDocumentID",),
    "xmp.usage_terms": ("XMP-xmpRights:UsageTerms",),
    "xmp.web_statement": ("XMP-xmpRights:WebStatement",),
    "xmp.aux_lens": ("XMP-aux:Lens",),
    "xmp.aux_lens_serial": ("XMP-aux:LensSerialNumber",),
    "xmp.aux_serial": ("XMP-aux:SerialNumber",),
    "xmp.raw_file_name": ("XMP-crs:RawFileName",),
    "xmp.exif_datetime_original": ("XMP-exif:DateTimeOriginal",),
    "xmp.tiff_make": ("XMP-tiff:Make",),
    "xmp.tiff_model": ("XMP-tiff:Model",),
    "icc.name": ("ICC_Profile:ProfileDescription",),
    "mpf.count": ("MPF0:NumberOfImages",),
    "file.comment": ("File:Comment",),
    "png.time": ("PNG:ModifyDate",),
}
POSITIONS = {"gps.lat": ("GPS:GPSLatitude", "S"), "gps.lon": ("GPS:GPSLongitude", "W")}
NOTES = {  # tags of any maker's own group; a note's several numbers are one set
    "mn.serial": ("SerialNumber", "InternalSerialNumber"),
    "mn.lens_serial": ("LensSerialNumber",),
    "mn.shutter_count": ("ShutterCount", "ImageCount"),
}
MAKERS = frozenset("Nikon Canon Sony Panasonic Olympus FujiFilm Pentax Apple Samsung Sigma Ricoh Casio FLIR DJI".split())
UNLIKE = re.compile(r"[^0-9a-z]")
DATED = re.compile(r"(date|time|offset|subsec)")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?", re.IGNORECASE)
TOLERANCE = 1e-3  # relative: ExifTool rounds rationals to ten digits, and some values by a formula


@dataclass(frozen=True, slots=True)
class Difference:
    """One value as both give it; "" where one gives none."""

    key: str
    ours: str
    theirs: str


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Where our row and ExifTool's JSON object (`-n -G1 -struct`) of one file differ, over the values that both know by name."""
    return tuple(
        Difference(key, _shown(ours.get(key)), _shown(value))
        for key, value in _theirs(theirs)
        if not agree(key, ours.get(key), value) and (_shown(value) or _shown(ours.get(key)))
    )


def _theirs(tags: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, names in NAMES.items():
        yield key, next((tags[name] for name in names if tags.get(name) not in (None, "")), None)
    for key, (name, negative) in POSITIONS.items():
        value = tags.get(name)
        below = str(tags.get(f"{name}Ref", "")).upper().startswith(negative)
        yield key, -value if isinstance(value, int | float) and below else value
    for key, wanted in NOTES.items():
        found = [value for name, value in tags.items() if name.partition(":")[0] in MAKERS and name.partition(":")[2] in wanted]
        yield key, found or None


def agree(key: str, ours: Any, theirs: Any) -> bool:
    """Whether two values are one: dates by their digits, numbers by size, a note's numbers as sets, text without outer blanks."""
    if key in NOTES:
        mine, other = _bare(ours), _bare(theirs)
        return bool(mine & other) or not (mine or other)
    one, other_ = _listed(ours), _listed(theirs)
    return len(one) == len(other_) and all(map(_same, one, other_, [key] * len(one)))


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [shown for each in values if (shown := _shown(each))]


def _bare(value: Any) -> set[str]:
    return {UNLIKE.sub("", each.lower()).lstrip("0") for each in _listed(value)} - {""}


def _same(ours: str, theirs: str, key: str) -> bool:
    if DATED.search(key):
        return re.sub(r"\D", "", ours.replace("Z", "+0000")) == re.sub(r"\D", "", theirs.replace("Z", "+0000"))
    if NUMBER.fullmatch(ours) and NUMBER.fullmatch(theirs):
        return abs(float(ours) - float(theirs)) <= TOLERANCE * max(abs(float(ours)), abs(float(theirs)), 1e-9)
    return ours == theirs


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return "" if value is None else " ".join(str(value).replace("\x00", "").split())
