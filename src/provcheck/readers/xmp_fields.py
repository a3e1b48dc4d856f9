"""The XMP values that a fact-checker needs, under the names that every source shares."""

from __future__ import annotations

from provcheck.domain.metadata import Field
from provcheck.readers.xmp import Packet, Structure, items, plain
from provcheck.readers.xmp_rest import rest_of

KEYS = {
    "dc:creator": "xmp.creator",
    "dc:description": "xmp.description",
    "dc:rights": "xmp.rights",
    "dc:subject": "xmp.subject",
    "dc:title": "xmp.title",
    "xmp:CreateDate": "xmp.create_date",
    "xmp:CreatorTool": "xmp.creator_tool",
    "xmp:MetadataDate": "xmp.metadata_date",
    "xmp:ModifyDate": "xmp.modify_date",
    "photoshop:City": "xmp.city",
    "photoshop:Country": "xmp.country",
    "photoshop:Credit": "xmp.credit",
    "photoshop:DateCreated": "xmp.date_created",
    "photoshop:Headline": "xmp.headline",
    "photoshop:Source": "xmp.source",
    "photoshop:State": "xmp.state",
    "Iptc4xmpCore:CountryCode": "xmp.country_code",
    "Iptc4xmpCore:Location": "xmp.location",
    "Iptc4xmpExt:DigitalSourceType": "xmp.digital_source_type",
    "xmpMM:DocumentID": "xmp.document_id",
    "xmpMM:InstanceID": "xmp.instance_id",
    "xmpMM:OriginalDocumentID": "xmp.original_document_id",
    "xmpRights:UsageTerms": "xmp.usage_terms",
    "xmpRights:WebStatement": "xmp.web_statement",
    "aux:Lens": "xmp.aux_lens",
    "aux:LensSerialNumber": "xmp.aux_lens_serial",
    "aux:SerialNumber": "xmp.aux_serial",
    "crs:RawFileName": "xmp.raw_file_name",
    "exif:DateTimeOriginal": "xmp.exif_datetime_original",
    "tiff:Make": "xmp.tiff_make",
    "tiff:Model": "xmp.tiff_model",
}
TOLD = frozenset({*KEYS, "xmpMM:DerivedFrom", "xmpMM:History"})
LISTS = frozenset({"xmp.creator", "xmp.subject"})
DERIVED = {
    "stRef:documentID": "xmp.derived_from_document_id",
    "stRef:instanceID": "xmp.derived_from_instance_id",
    "stRef:originalDocumentID": "xmp.derived_from_original_document_id",
}


def xmp_fields(packet: Packet, source: str = "XMP") -> tuple[Field, ...]:
    fields: list[Field] = []
    seen: set[str] = set()
    for name, value in packet.properties:
        key = KEYS.get(name)
        if key is None or key in seen:
            continue
        seen.add(key)
        values = [plain(item) for item in items(value)] if key in LISTS else [plain(value)]
        fields.extend(Field(source, name, text, key) for text in values if text)
    fields.extend(_derived(packet, source))
    fields.extend(Field(source, "xmpMM:History", line, "xmp.history") for line in history(packet))
    return (*fields, *rest_of(packet, TOLD, source))


def _derived(packet: Packet, source: str) -> list[Field]:
    origin = packet.get("xmpMM:DerivedFrom")
    if not isinstance(origin, Structure):
        return []
    return [Field(source, f"xmpMM:DerivedFrom {part}", text, key) for part, key in DERIVED.items() if (text := origin.text(part))]


def history(packet: Packet) -> tuple[str, ...]:
    """The edit history, one "action|program|time" a step."""
    steps = [step for step in items(packet.get("xmpMM:History")) if isinstance(step, Structure)]
    return tuple("|".join(step.text(f"stEvt:{part}") for part in ("action", "softwareAgent", "when")) for step in steps)
