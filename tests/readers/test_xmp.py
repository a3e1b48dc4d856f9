"""XMP: RDF's spellings of the same thing give the same value, and XML's traps give none."""

from __future__ import annotations

from provcheck.domain.reading import Found
from provcheck.readers.metadata import read_metadata
from provcheck.readers.xmp import Structure, items, mended, plain, read_xmp
from tests.readers.metadata_files import chunk, jpeg, packet, png, xmp_segment

HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/"'


def test_an_attribute_and_an_element_are_the_same_property() -> None:
    as_attribute = read_xmp(f'{HEAD} xmp:CreatorTool="Editor"/></rdf:RDF>'.encode())
    as_element = read_xmp(f"{HEAD}><xmp:CreatorTool>Editor</xmp:CreatorTool></rdf:Description></rdf:RDF>".encode())
    assert as_attribute
    assert as_attribute == as_element


def test_a_list_keeps_its_order_and_an_alternative_gives_the_default_language() -> None:
    read = read_xmp(
        packet(
            "<dc:creator><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:creator>"
            '<dc:title><rdf:Alt><rdf:li xml:lang="de">Straße</rdf:li>'
            '<rdf:li xml:lang="x-default">Road</rdf:li></rdf:Alt></dc:title>'
        )
    )
    assert read
    assert items(read.get("dc:creator")) == ("One", "Two")
    assert plain(read.get("dc:title")) == "Road"


def test_structures_are_read_from_attributes_and_from_parse_type_resource() -> None:
    read = read_xmp(
        packet(
            '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved"/>'
            '<rdf:li rdf:parseType="Resource"><stEvt:action>derived</stEvt:action></rdf:li></rdf:Seq></xmpMM:History>'
        )
    )
    assert read
    steps = [step for step in items(read.get("xmpMM:History")) if isinstance(step, Structure)]
    assert [step.text("stEvt:action") for step in steps] == ["saved", "derived"]


def test_a_document_type_is_refused() -> None:
    assert read_xmp(b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + packet("<xmp:Label>&a;</xmp:Label>")) is None
    assert read_xmp(b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">' + packet("")) is None


def test_junk_around_the_packet_does_not_hide_it() -> None:
    assert read_xmp(b"\x00\x01junk" + packet("<xmp:Label>kept</xmp:Label>") + b"\xff\xd9") is not None


def test_utf_16_without_a_mark_is_read() -> None:
    plain_packet = f'{HEAD} xmp:Label="Ölberg"/></rdf:RDF>'
    for name in ("utf-16-be", "utf-16-le"):
        read = read_xmp(plain_packet.encode(name))
        assert read
        assert plain(read.get("xmp:Label")) == "Ölberg"


def test_a_packet_that_is_no_xml_is_none() -> None:
    assert read_xmp(b"<x:xmpmeta><unclosed>") is None
    assert read_xmp(b"") is None


def test_ten_thousand_nested_elements_are_bounded() -> None:
    read_xmp(packet("<dc:a>" * 10_000 + "</dc:a>" * 10_000))


def test_a_packet_that_is_not_well_formed_is_read_once_it_is_mended() -> None:
    for junk in (b"\x00\x00", b"\xe9", b"A & B", b"<exif:TIFF/EPStandardID>1</exif:TIFF/EPStandardID>"):
        broken = packet("<xmp:CreatorTool>Editor</xmp:CreatorTool><dc:source>JUNK</dc:source>").replace(b"JUNK", junk)
        assert read_xmp(broken) is None
        read = read_xmp(mended(broken))
        assert read
        assert plain(read.get("xmp:CreatorTool")) == "Editor"


REGIONS = (
    "<mwg-rs:Regions xmlns:mwg-rs='http://www.metadataworkinggroup.com/schemas/regions/' rdf:parseType='Resource'>"
    "<mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description mwg-rs:Name='A. Nobody' mwg-rs:Type='Face'>"
    "<mwg-rs:Area xmlns:stArea='http://ns.adobe.com/xmp/sType/Area#' stArea:x='0.5' stArea:y='0.4' stArea:w='0.1' stArea:h='0.2'/>"
    "</rdf:Description></rdf:li><rdf:li rdf:parseType='Resource'><mwg-rs:Type>Pet</mwg-rs:Type></rdf:li></rdf:Bag>"
    "</mwg-rs:RegionList></mwg-rs:Regions>"
)


def test_marked_regions_and_properties_without_a_shared_name_are_raw_fields() -> None:
    block = packet(f"<xmp:Rating>3</xmp:Rating><xmp:CreatorTool>A program</xmp:CreatorTool>{REGIONS}")
    metadata = read_metadata(jpeg(xmp_segment(block)), second_opinion=False)
    assert isinstance(metadata.fields, Found)
    told = [(field.name, field.value) for field in metadata.fields.value if field.source == "XMP" and not field.key]
    assert told == [
        ("mwg-rs:Name", "A. Nobody"),
        ("mwg-rs:Regions", "Face at 0.5, 0.4, 0.1 × 0.2"),
        ("mwg-rs:Regions", "Pet"),
        ("xmp:Rating", "3"),
    ]


def test_the_rest_of_a_packet_is_bounded() -> None:
    many = "".join(f"<xmp:P{number}>{'x' * 900}</xmp:P{number}>" for number in range(900))
    metadata = read_metadata(png(chunk(b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + packet(many))), second_opinion=False)
    assert isinstance(metadata.fields, Found)
    rest = [field for field in metadata.fields.value if field.source == "XMP"]
    assert 100 < len(rest) <= 250
    assert max(len(field.value) for field in rest) == 500
