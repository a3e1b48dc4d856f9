"""XMP: the properties of a packet, whichever of RDF's spellings it uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MAX_PACKET = 16 << 20  # bytes; extended XMP with a depth map of the corpus stays under 1 MiB
MAX_PROPERTIES = 2000
MAX_ITEMS = 2000  # of one list
MAX_DEPTH = 12  # structures within structures; the deepest in the standards are four
LIMIT = 4000  # characters of one value
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONE = re.compile(r"[\ud800-\udfff]")
AMPERSAND = re.compile(r"&(?!#?\w{1,10};)")
SLASHED = re.compile(r"<(/?[\w:.\-]+)/\w[^<>\s]*>")
BODY = re.compile(rb"<([A-Za-z]\w*:)?(xmpmeta|xapmeta|RDF)\b.*</\1?\2\s*>", re.DOTALL)
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/sType/ResourceRef#": "stRef",
    "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#": "stEvt",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/camera-raw-settings/1.0/": "crs",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
    "http://ns.adobe.com/xmp/sType/Area#": "stArea",
    "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.2/": "MP",
    "http://ns.google.com/photos/1.0/camera/": "GCamera",
    "http://ns.google.com/photos/1.0/container/": "Container",
    "http://ns.adobe.com/xmp/note/": "xmpNote",
    "http://ns.adobe.com/xap/1.0/g/img/": "xmpGImg",
    "http://purl.org/dc/terms/": "dcterms",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
}

Value = Union[str, tuple["Value", ...], "Structure"]


@dataclass(frozen=True, slots=True)
class Structure:
    """A value with named parts, in file order."""

    parts: tuple[tuple[str, Value], ...]

    def text(self, name: str) -> str:
        return next((plain(value) for part, value in self.parts if part == name), "")


@dataclass(frozen=True, slots=True)
class Packet:
    """The properties of one packet by prefixed name ("dc:creator"); the first of a name counts.

    `of_another_form`: it is well-formed and holds no RDF, so that whatever it says is not in XMP's form.
    """

    properties: tuple[tuple[str, Value], ...]
    of_another_form: bool = False

    def get(self, name: str) -> Value | None:
        return next((value for key, value in self.properties if key == name), None)


def read_xmp(data: bytes) -> Packet | None:
    """The packet in `data`, or None where it is not well-formed."""
    root = _root(data)
    if root is None:
        return None
    found: list[tuple[str, Value]] = []
    nothing = True
    for rdf in root.iter(f"{RDF}RDF"):
        nothing = False
        for description in rdf:
            found.extend(_parts(description, 0))
            if len(found) > MAX_PROPERTIES:
                return Packet(tuple(found[:MAX_PROPERTIES]))
    return Packet(tuple(found), of_another_form=nothing)


def mended(data: bytes) -> bytes:
    """A packet that is not well-formed, without what most often makes it so: control characters, bytes that are no UTF-8,
    lone ampersands, and slashes in names. What it says is worth reading, and is told to be damaged."""
    text = data[:MAX_PACKET].decode("utf-8", "surrogateescape")
    text = LONE.sub("?", CONTROL.sub(" ", text))
    return SLASHED.sub(r"<\1>", AMPERSAND.sub("&amp;", text)).encode()


def _root(data: bytes) -> Element | None:
    if len(data) > MAX_PACKET:
        return None
    if data[:2] in (b"\x00<", b"<\x00"):  # UTF-16 without a byte order mark
        data = data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace").encode()
    trimmed = data.strip(b"\x00 \t\r\n")
    match = BODY.search(trimmed)  # junk around the packet is common, and no fault of what is in it
    for candidate in (trimmed, match[0] if match else b""):
        try:
            root: Element = fromstring(candidate, forbid_dtd=True)
        except DefusedXmlException:  # a document type: no writer of XMP needs one, and every XML bomb does
            return None
        except (ParseError, ValueError, LookupError):  # ValueError, LookupError: unknown encodings
            continue
        return root
    return None


def _name(tag: str) -> str:
    """ "{namespace}local" as "prefix:local"; an unknown namespace by the last word of its URI."""
    namespace, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    prefix = PREFIXES.get(namespace) or (re.findall(r"[A-Za-z]\w*", namespace) or [""])[-1]
    if prefix == "dc":  # Dublin Core's names are lower-case; Adobe's early writers capitalised them
        local = local[:1].lower() + local[1:]
    return f"{prefix}:{local}" if prefix else local


def _parts(element: Element, depth: int) -> list[tuple[str, Value]]:
    """Attributes and children of a description or structure."""
    found: list[tuple[str, Value]] = [
        (_name(key), value[:LIMIT])
        for key, value in element.attrib.items()
        if not key.startswith(RDF) and key != LANG and key.startswith("{")
    ]
    found.extend((_name(child.tag), _value(child, depth + 1)) for child in element[:MAX_ITEMS])
    return found


def _value(element: Element, depth: int) -> Value:
    if depth > MAX_DEPTH:
        return ""
    for child in element:
        if child.tag in (f"{RDF}Bag", f"{RDF}Seq", f"{RDF}Alt"):
            return _list(child, depth)
        if child.tag == f"{RDF}Description":
            value = next((inner for inner in child if inner.tag == f"{RDF}value"), None)
            return _value(value, depth + 1) if value is not None else Structure(tuple(_parts(child, depth + 1)))
    if element.get(f"{RDF}parseType") == "Resource" or len(element):
        return Structure(tuple(_parts(element, depth + 1)))
    resource = element.get(f"{RDF}resource")
    if resource is not None:
        return resource[:LIMIT]
    inline = [key for key in element.attrib if key.startswith("{") and not key.startswith(RDF) and key != LANG]
    return Structure(tuple(_parts(element, depth + 1))) if inline else (element.text or "")[:LIMIT]


def _list(container: Element, depth: int) -> Value:
    items = container[:MAX_ITEMS]
    if container.tag == f"{RDF}Alt":  # languages: the default one, else the first
        default = next((item for item in items if item.get(LANG) == "x-default"), None)
        chosen = default if default is not None else next(iter(items), None)
        return "" if chosen is None else _value(chosen, depth + 1)
    return tuple(_value(item, depth + 1) for item in items)


def plain(value: Value | None) -> str:
    """A simple value as text; the first item of a list; "" for a structure."""
    match value:
        case str():
            return value.strip()
        case tuple():
            return plain(value[0]) if value else ""
    return ""


def items(value: Value | None) -> tuple[Value, ...]:
    """The items of a list; a single value is a list of one."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
