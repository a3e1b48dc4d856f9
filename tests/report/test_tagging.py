"""The tags of a PDF, read back from its bytes: lists, tables, captions and links are what PDF/UA-1 lets them be."""

from __future__ import annotations

import re
import zlib

import pytest

from provcheck.report.page import render_print
from provcheck.report.pdf import PdfError, to_pdf
from tests.report import cases


@pytest.fixture(scope="module")
def objects() -> dict[int, str]:
    """The PDF's packed objects by their numbers; the rich case has lists, tables, hidden captions, links and overlays."""
    try:
        paper = to_pdf(render_print(cases.rich()))
    except PdfError as missing:
        pytest.skip(str(missing))
    found: dict[int, str] = {}
    for packed in re.finditer(rb"<<[^<]*/ObjStm[^<]*>>\s*stream\r?\n", paper):
        first = int(re.findall(rb"/First (\d+)", packed[0])[0])
        text = zlib.decompressobj().decompress(paper[packed.end() :]).decode("latin-1")
        heads = [int(word) for word in text[:first].split()]
        places = [*heads[1::2], len(text) - first]
        for number, start, end in zip(heads[::2], places, places[1:], strict=False):
            found[number] = text[first + start : first + end]
    return found


def tag(text: str) -> str:
    named = re.search(r"/S /(\w+)", text)
    return named[1] if named else ""


def children(text: str) -> list[int]:
    kids = re.search(r"/K \[(.*?)\]", text, re.DOTALL)
    return [int(number) for number in re.findall(r"(\d+) 0 R", kids[1])] if kids else []


def below(objects: dict[int, str], kind: str) -> list[list[str]]:
    """The tags under each element of that kind."""
    return [[tag(objects.get(child, "")) for child in children(text)] for text in objects.values() if tag(text) == kind]


def reached(objects: dict[int, str]) -> list[int]:
    """The elements that a reader meets, from the document down."""
    todo = [number for number, text in objects.items() if tag(text) == "Document"]
    for number in todo:
        todo += [child for child in children(objects.get(number, "")) if tag(objects.get(child, ""))]
    return todo


def test_a_list_has_items_alone_and_an_item_stands_in_a_list(objects: dict[int, str]) -> None:
    lists = below(objects, "L")
    assert len(lists) > 20
    assert {kid for kids in lists for kid in kids} == {"LI"}
    inside = {kid for number in reached(objects) if tag(objects[number]) != "L" for kid in map(tag, kids_of(objects, number))}
    assert "LI" not in inside


def kids_of(objects: dict[int, str], number: int) -> list[str]:
    return [objects.get(child, "") for child in children(objects[number])]


def test_a_term_is_the_label_of_its_description(objects: dict[int, str]) -> None:
    items = [
        kids for number in reached(objects) if tag(objects[number]) == "LI" for kids in [[*map(tag, kids_of(objects, number))]]
    ]
    assert items.count(["Lbl", "LBody"]) > 20
    assert {tuple(kids) for kids in items} == {("Lbl", "LBody"), ("LBody",)}


def test_a_header_cell_says_what_it_heads(objects: dict[int, str]) -> None:
    cells = [text for text in objects.values() if tag(text) == "TH"]
    assert len(cells) > 20
    assert [cell for cell in cells if not re.search(r"/Scope /(Row|Column)", cell)] == []
    for scope in ("Row", "Column"):
        assert any(f"/Scope /{scope}" in cell for cell in cells)


def test_a_table_holds_rows_and_its_caption_first_and_no_other_table(objects: dict[int, str]) -> None:
    tables = [[*map(tag, kids_of(objects, number))] for number in reached(objects) if tag(objects[number]) == "Table"]
    assert len(tables) > 10
    assert {kid for kids in tables for kid in kids} <= {"Caption", "THead", "TBody", "TR"}
    assert [kids for kids in tables if "Caption" in kids[1:]] == []
    captions = [
        kid for number in reached(objects) if tag(objects[number]) == "Caption" for kid in map(tag, kids_of(objects, number))
    ]
    assert "Caption" not in captions


def test_a_link_stands_in_a_link_once_and_is_printed(objects: dict[int, str]) -> None:
    pointed = [
        (tag(objects[number]), child)
        for number in reached(objects)
        for child in children(objects[number])
        if "/OBJR" in objects.get(child, "")
    ]
    assert len(pointed) > 5
    assert {where for where, _ in pointed} == {"Link"}
    links = [text for text in objects.values() if "/Subtype /Link" in text]
    assert len(links) == len(pointed)
    assert [text for text in links if "/F 4" not in text] == []
