"""The structure tree that a screen reader follows in a PDF: what WeasyPrint 70 leaves in it against PDF/UA-1, set right.

Works on WeasyPrint's objects before they are written: an element is a dictionary with a type `S`, children `K` and a parent `P`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PRINT = 4  # the flag of an annotation that belongs to the page on paper too


class Tags:
    """The tree of one PDF."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._objects: dict[bytes, Any] = {each.reference: each for each in pdf.objects if hasattr(each, "keys")}

    def mend(self) -> None:
        for each in self._objects.values():
            if each.get("Subtype") == "/Link":
                each["F"] = PRINT
        root = self._objects.get(self._pdf.catalog.get("StructTreeRoot"))
        for element in self._elements(root) if root else ():
            self._mend(element, above=())

    def _mend(self, element: Any, above: tuple[str, ...]) -> None:
        tag = element["S"]
        for child in list(self._elements(element)):
            self._mend(child, (*above, tag))
        if tag == "/TH":
            element.setdefault("A", {"O": "/Table"})["Scope"] = "/Column" if "/THead" in above else "/Row"
        elif tag == "/Table":
            self._caption(element)
        elif tag == "/L":
            self._list(element)
        elif tag == "/Caption" and above[-1:] == ("/Caption",):
            element["S"] = "/NonStruct"

    def _elements(self, element: Any) -> Iterator[Any]:
        for entry in element["K"]:
            child = self._element(entry)
            if child is not None:
                yield child

    def _element(self, entry: object) -> Any:
        """None where the entry is a piece of a page or a reference to an annotation."""
        found = self._objects.get(entry) if isinstance(entry, bytes) else None
        return found if found is not None and "S" in found else None

    def _below(self, element: Any, tag: str) -> Iterator[Any]:
        """The outermost elements of that type."""
        for child in self._elements(element):
            if child["S"] == tag:
                yield child
            else:
                yield from self._below(child, tag)

    def _caption(self, table: Any) -> None:
        """A caption that is hidden from sight comes as a table without rows, after them."""
        for child in list(self._elements(table)):
            if child["S"] == "/Table" and not any(self._below(child, "/TR")):
                for tag in ("/Table", "/Caption"):
                    self._plain(child, tag)
                child["S"] = "/Caption"
                table["K"].remove(child.reference)
                table["K"].insert(0, child.reference)

    def _plain(self, element: Any, tag: str) -> None:
        for inner in list(self._below(element, tag)):
            self._plain(inner, tag)
            inner["S"] = "/NonStruct"

    def _list(self, element: Any) -> None:
        """A term and its description come wrapped in boxes, and white space between items stands beside them."""
        kept: list[Any] = []
        stray: list[Any] = []
        for child in list(self._elements(element)):
            items = list(self._below(child, "/LI"))
            if child["S"] not in ("/LI", "/Caption") and not items:
                stray.append(child)
                continue
            if child["S"] not in ("/LI", "/Caption"):
                self._item(child, items)
            kept.append(child)
        for child in stray if kept else ():
            self._move(child, next(self._below(kept[-1], "/LBody"), kept[-1]))
        if kept:
            element["K"][:] = [child.reference for child in kept]

    def _item(self, wrapper: Any, items: list[Any]) -> None:
        """One item of the list: its first part is the label, as a term is; a part that the page's end cut off has none."""
        wrapper["S"] = "/LI"
        wrapper["K"][:] = []
        for place, item in enumerate(items):
            for body in list(self._elements(item)):
                body["S"] = "/Lbl" if place == 0 and len(items) > 1 else "/LBody"
                self._move(body, wrapper)

    def _move(self, element: Any, parent: Any) -> None:
        element["P"] = parent.reference
        parent["K"].append(element.reference)
