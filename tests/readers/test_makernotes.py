"""Maker notes: each maker's own header and offsets, and numbers that tie a photo to a body."""

from __future__ import annotations

import struct

import pytest

from provcheck.domain.metadata import Serials
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.readers.metadata import read_metadata
from provcheck.readers.nikon import opened
from tests.readers.metadata_files import Value, app1, ascii_, directory, jpeg, long, rationals, segment, short, tiff, undefined


def serials(make: str, model: str, note: bytes) -> Serials:
    metadata = read_metadata(jpeg(app1(tiff({0x010F: ascii_(make), 0x0110: ascii_(model)}, {0x927C: undefined(note)}))))
    assert isinstance(metadata.serials, Found)
    return metadata.serials.value


def own_base(head: bytes, entries: dict[int, Value], order: str = "<") -> bytes:
    """A note whose offsets count from its own first byte."""
    return head + directory(entries, len(head), order=order)


def test_nikons_structure_of_its_own_gives_serial_and_shutter_count() -> None:
    inner = b"MM\x00*\x00\x00\x00\x08" + directory({0x001D: ascii_("6001046"), 0x00A7: long(469, ">")}, 8, order=">")
    found = serials("NIKON CORPORATION", "NIKON D7000", b"Nikon\x00\x02\x10\x00\x00" + inner)
    assert (found.body, found.shutter_count) == (("6001046",), 469)


IDENTITY = bytes.fromhex("9e402d6a2c3ca0")  # 18 to 105 mm
RANGE = rationals((18, 1), (105, 1), (35, 10), (56, 10), order=">")


def nikon(lens: bytes, *, serial: str = "6001046", count: int = 469, stated: Value = RANGE) -> tuple[str, dict[str, str]]:
    """The camera's lens, and the raw values of the note."""
    entries = {0x001D: ascii_(serial), 0x0083: (1, 1, b"\x0e"), 0x0084: stated, 0x0098: undefined(lens), 0x00A7: long(count, ">")}
    inner = b"MM\x00*\x00\x00\x00\x08" + directory(entries, 8, order=">")
    note = b"Nikon\x00\x02\x10\x00\x00" + inner
    data = jpeg(app1(tiff({0x010F: ascii_("NIKON CORPORATION"), 0x0110: ascii_("NIKON D7000")}, {0x927C: undefined(note)})))
    metadata = read_metadata(data, second_opinion=False)
    assert isinstance(metadata.camera, Found)
    assert isinstance(metadata.fields, Found)
    return metadata.camera.value.lens, {field.name: field.value for field in metadata.fields.value if "lens" in field.name}


def hidden(serial: int, count: int) -> bytes:
    return b"0204" + opened(bytes(8) + IDENTITY + bytes(20), serial, count)


def test_nikons_lens_is_opened_with_the_bodys_number_and_the_shutter_count() -> None:
    lens, raw = nikon(hidden(6001046, 469))
    assert lens == "18-105 mm f/3.5-5.6, id 9E 40 2D 6A 2C 3C A0 0E"
    assert raw == {"0x0084 lens range": "18-105 mm f/3.5-5.6", "0x0098 lens id": "9E 40 2D 6A 2C 3C A0 0E"}


def test_a_nikon_body_without_a_number_has_a_fixed_key() -> None:
    assert nikon(hidden(0x60, 469), serial="No= 100005e5")[0].endswith("id 9E 40 2D 6A 2C 3C A0 0E")


def test_a_lens_in_the_clear_needs_no_key() -> None:
    assert nikon(b"0101" + bytes(7) + IDENTITY)[0].endswith("id 9E 40 2D 6A 2C 3C A0 0E")


@pytest.mark.parametrize("lens", [hidden(6001046, 470), hidden(6001045, 469), b"0204", b"0900" + bytes(40), b""])
def test_a_lens_that_the_key_does_not_open_is_not_told(lens: bytes) -> None:
    assert nikon(lens)[0] == "18-105 mm f/3.5-5.6"


def test_an_empty_lens_range_is_no_lens() -> None:
    assert nikon(b"", stated=rationals((0, 1), (0, 1), (0, 0), (0, 0), order=">"))[0] == ""


def flir(block: bytes, order: str = ">") -> bytes:
    head = b"FFF\x00" + b"CAMCTRL".ljust(16, b"\x00") + struct.pack(f"{order}LLL", 101, 0x40, 2)
    entries = struct.pack(f"{order}HHLLLL", 1, 0, 0, 1, 0, 0).ljust(32, b"\x00")
    entries += struct.pack(f"{order}HHLLLL", 0x20, 1, 0x68, 1, 0x80, len(block)).ljust(32, b"\x00")
    return head.ljust(0x40, b"\x00") + entries + block


@pytest.mark.parametrize("order", [">", "<"])
def test_a_thermal_camera_states_its_numbers_in_a_record_over_several_segments(order: str) -> None:
    block = bytearray(0x200)
    block[0x104:0x10D], block[0x170:0x174], block[0x1A0:0x1A7] = b"470023842", b"FOL7", b"0012345"
    record = flir(bytes(block), order)
    pieces = (record[:200], record[200:])
    parts = [segment(0xE1, b"FLIR\x00\x01" + bytes((number, 1)) + piece) for number, piece in enumerate(pieces)]
    metadata = read_metadata(jpeg(*reversed(parts)), second_opinion=False)
    assert isinstance(metadata.serials, Found)
    assert (metadata.serials.value.body, metadata.serials.value.lens) == (("470023842",), ("0012345",))


@pytest.mark.parametrize("record", [b"FFF\x00", b"FFF\x00".ljust(0x40, b"\xff"), flir(bytes(0x200))[:0x90], flir(b"")[:0x70]])
def test_a_broken_thermal_record_is_damage(record: bytes) -> None:
    metadata = read_metadata(jpeg(segment(0xE1, b"FLIR\x00\x01\x00\x00" + record)), second_opinion=False)
    assert isinstance(metadata.serials, Unreadable)
    assert [fault.id for fault in metadata.damage] == ["metadata.broken-maker-note"]


def test_a_thermal_record_without_a_camera_states_nothing() -> None:
    metadata = read_metadata(jpeg(segment(0xE1, b"FLIR\x00\x01\x00\x00" + flir(b""))), second_opinion=False)
    assert metadata.serials == Absent()


@pytest.mark.parametrize("note", [b"Rv0103;Rg1C;Bg18;Ll0;", b"KDK0001IDX3600  \x03\x01", b"HDRP\x02" + b"\xff" * 60])
def test_notes_that_promise_no_directory_are_not_broken(note: bytes) -> None:
    metadata = read_metadata(jpeg(app1(tiff({0x010F: ascii_("Maker")}, {0x927C: undefined(note)}))), second_opinion=False)
    assert metadata.damage == ()


def test_fujifilms_offsets_count_from_the_note() -> None:
    found = serials(
        "FUJIFILM", "X-T3", own_base(b"FUJIFILM\x0c\x00\x00\x00", {0x0010: ascii_("FPX20582698"), 0x1438: short(0x8005)})
    )
    assert (found.body, found.shutter_count) == (("FPX20582698",), 5)


def test_olympus_keeps_its_serials_one_directory_down() -> None:
    head = b"OLYMPUS\x00II\x03\x00"
    main = directory({0x2010: (13, 1, b"\x00" * 4)}, len(head))
    entries: dict[int, Value] = {0x2010: (13, 1, struct.pack("<L", len(head) + len(main)))}
    equipment = directory({0x0101: ascii_("BHSA19729"), 0x0202: ascii_("16021100540")}, len(head) + len(main))
    found = serials("OLYMPUS CORPORATION", "E-PL8", head + directory(entries, len(head)) + equipment)
    assert (found.body, found.lens) == (("BHSA19729",), ("16021100540",))


def test_sonys_substitution_is_undone() -> None:
    clear = bytearray(0x200)
    clear[0x3A:0x3D] = (361).to_bytes(3, "little")
    clear[0x88:0x8E] = bytes((13, 248, 0, 0, 246, 8))
    hidden = bytes(byte**3 % 249 if byte < 249 else byte for byte in clear)
    note = b"SONY DSC \x00\x00\x00"
    at = len(tiff({0x010F: ascii_("SONY"), 0x0110: ascii_("ILCE-7M3")}, {0x927C: undefined(b"\x00" * 600)})) - 600
    entry = struct.pack("<HHHLL", 1, 0x9050, 7, len(hidden), at + len(note) + 2 + 12 + 4) + b"\x00" * 4
    found = serials("SONY", "ILCE-7M3", (note + entry + hidden).ljust(600, b"\x00"))
    assert (found.body, found.shutter_count) == (("13 248 0 0 246 8",), 361)


@pytest.mark.parametrize(("model", "first", "count"), [("ILCE-7CM2", 0, 249044), ("ILCE-1M2", 0, 249044), ("ILCE-1M2", 7, None)])
def test_sonys_newer_bodies_keep_their_count_elsewhere(model: str, first: int, count: int | None) -> None:
    clear = bytearray(0x100)
    clear[0], clear[0x0A:0x0D] = first, (249044).to_bytes(3, "little")
    hidden = bytes(byte**3 % 249 if byte < 249 else byte for byte in clear)
    note = b"SONY DSC \x00\x00\x00"
    at = len(tiff({0x010F: ascii_("SONY"), 0x0110: ascii_(model)}, {0x927C: undefined(b"\x00" * 400)})) - 400
    entry = struct.pack("<HHHLL", 1, 0x9050, 7, len(hidden), at + len(note) + 2 + 12 + 4) + b"\x00" * 4
    data = tiff({0x010F: ascii_("SONY"), 0x0110: ascii_(model)}, {0x927C: undefined((note + entry + hidden).ljust(400, b"\x00"))})
    fields = read_metadata(jpeg(app1(data)), second_opinion=False).fields
    assert isinstance(fields, Found)
    assert [field.value for field in fields.value if field.key == "mn.shutter_count"] == ([] if count is None else [str(count)])


def test_pentax_hides_its_shutter_count_behind_date_and_time() -> None:
    day, time = struct.pack(">HBB", 2023, 7, 29), bytes((10, 0, 5))
    key = int.from_bytes(day, "big") ^ (0xFFFFFFFF - int.from_bytes(time + b"\x00", "big"))
    entries = {
        0x0006: undefined(day),
        0x0007: undefined(time),
        0x005D: undefined((1648 ^ key).to_bytes(4, "big")),
        0x0229: ascii_("6211161"),
    }
    found = serials("PENTAX", "PENTAX K-3 II", own_base(b"PENTAX \x00II", entries))
    assert (found.body, found.shutter_count) == (("6211161",), 1648)


@pytest.mark.parametrize(
    ("make", "note", "number"),
    [
        ("Hewlett-Packard", b"IIII\x06\x00".ljust(0x58, b"\x00") + b"SERIAL NUMBER:CN5AJ310Y1\x00\x00", "CN5AJ310Y1"),
        ("Hewlett-Packard", b"IIII\x04\x00".ljust(0x5C, b"\x00") + b"SERIAL NUMBER:CN72C310VT\x00\x00", "CN72C310VT"),
        ("HP", b"610\x00 Firmware: 1\nSerial Number: CN64E310VT\x00\xff\xd8\xff\xdbSerial Number: 9", "CN64E310VT"),
        ("EASTMAN KODAK COMPANY", b"KCGGH70501234 \x00\x00 and more", "KCGGH70501234"),
        (
            "RECONYX",
            b"\x01\xf1\x03\x00".ljust(0x2A, b"\x00") + "H500EG05153147".encode("utf-16-le") + b"\x00\x00",
            "H500EG05153147",
        ),
        ("RECONYX", b"RECONYXUF\x00".ljust(0x4B, b"\x00") + b"UXR6AAC22D0100\x00", "UXR6AAC22D0100"),
    ],
)
def test_notes_without_a_directory_give_their_serial_number(make: str, note: bytes, number: str) -> None:
    assert serials(make, "Model One", note).body == (number,)


def test_motorolas_and_ricohs_numbers_are_read() -> None:
    assert serials("Motorola", "XT1575", own_base(b"MOT\x00\x01\x00\x00\x00", {0x5501: ascii_("ZY2238TJ4V")})).body == (
        "ZY2238TJ4V",
    )
    text = own_base(b"Ricoh\x00\x00\x00", {0x0005: undefined(b"WW00000012345678")}, order=">")
    at = len(tiff({0x010F: ascii_("RICOH"), 0x0110: ascii_("GXR")}, {0x927C: undefined(text)})) - len(text)
    moved = b"Ricoh\x00\x00\x00" + directory({0x0005: undefined(b"WW00000012345678")}, at + 8, order=">")
    assert serials("RICOH", "GXR", moved).body == ("WW00000012345678",)


def test_a_canon_note_that_an_editor_moved_is_read_where_its_values_stand() -> None:
    moved = directory({0x0096: ascii_("KQ0121813"), 0x0095: ascii_("RF70-200mm F2.8 L IS USM")}, 40_000)
    assert serials("Canon", "Canon EOS R6", moved).body == ("KQ0121813",)


def test_a_note_whose_byte_order_is_not_the_files_is_read_in_its_own() -> None:
    note = directory({0x0096: ascii_("KQ0121813")}, 40_000)
    metadata = read_metadata(jpeg(app1(tiff({0x010F: ascii_("Canon")}, {0x927C: undefined(note)}, order=">"))))
    assert isinstance(metadata.serials, Found)
    assert metadata.serials.value.body == ("KQ0121813",)


def test_a_note_that_names_a_maker_and_holds_nothing_is_reported() -> None:
    metadata = read_metadata(jpeg(app1(tiff({0x010F: ascii_("FUJIFILM")}, {0x927C: undefined(b"FUJIFILM\xff\xff\xff\xff junk")}))))
    assert "metadata.broken-maker-note" in [fault.id for fault in metadata.damage]


def test_a_maker_note_count_that_made_another_reader_run_for_a_minute_is_bounded() -> None:
    entry = struct.pack("<HHLL", 0x0001, 4, 0xFFFFFFF0, 8)
    metadata = read_metadata(
        jpeg(app1(tiff({0x010F: ascii_("Canon")}, {0x927C: undefined(struct.pack("<H", 100) + entry * 100)}))), second_opinion=True
    )
    assert isinstance(metadata.camera, Found)


def test_junk_that_can_be_taken_for_a_directory_is_reported() -> None:
    row = struct.pack("<HHLL", 0x0010, 3, 1, 7)
    metadata = read_metadata(
        jpeg(app1(tiff({0x010F: ascii_("Canon")}, {0x927C: undefined(struct.pack("<H", 6) + row * 6 + b"\x00" * 4)})))
    )
    assert "metadata.broken-maker-note" in [fault.id for fault in metadata.damage]


@pytest.mark.parametrize(("make", "damaged"), [("NIKON", True), ("Canon", True), ("DJI", False), ("samsung", False)])
def test_what_opens_as_nothing_is_broken_only_where_a_maker_has_one_form(make: str, damaged: bool) -> None:
    metadata = read_metadata(jpeg(app1(tiff({0x010F: ascii_(make)}, {0x927C: undefined(b"\xff\xfe" + b"junk" * 20)}))))
    assert ("metadata.broken-maker-note" in [fault.id for fault in metadata.damage]) is damaged
