"""Writes src/provcheck/report/schema.json, the JSON Schema of a report, from the dataclasses of the domain."""

from __future__ import annotations

import json
import sys
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.report import Report, Run
from provcheck.domain.since import later
from provcheck.domain.text import Text
from provcheck.report.record import SCHEMA, SCHEMA_VERSION

TARGET = Path(__file__).parent.parent / "src" / "provcheck" / "report" / "schema.json"
SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    bytes: {"type": "string", "contentEncoding": "base64"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?(E[+-]?\d+)?$"},
}
TEXT = {
    "description": "A sentence before it has a language: a template's id and its arguments, which may come from a hostile file.",
    "type": "object",
    "properties": {"id": {"type": "string"}, "args": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Arg"}}},
    "required": ["id", "args"],
    "additionalProperties": False,
}
ARG = {
    "anyOf": [
        {"type": "string"},
        {"type": "integer"},
        {"$ref": "#/$defs/Text"},
        {"type": "array", "items": {"$ref": "#/$defs/Text"}},
    ]
}


class Schema:
    """Collects a definition for every type that a report can hold."""

    def __init__(self) -> None:
        self.defs: dict[str, Any] = {"Text": TEXT, "Arg": ARG}
        self.kinds: dict[str, type] = {}

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a value of type `kind`, as `encode` writes it."""
        origin = get_origin(kind)
        if kind in SCALARS:
            return SCALARS[kind]
        if kind is Text:
            return {"$ref": "#/$defs/Text"}
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(arm) for arm in get_args(kind)]}
        if origin is tuple:
            return self.array(get_args(kind))
        if (origin or kind) in (Found, Absent, Unreadable):
            return self.reading(origin or kind, get_args(kind))
        if not isinstance(kind, type):
            raise TypeError(f"no schema for {kind!r}")
        if self.kinds.setdefault(kind.__name__, kind) is not kind:
            raise TypeError(f"two types are called {kind.__name__}")
        if kind.__name__ not in self.defs:
            self.defs[kind.__name__] = {}  # holds the place, should a type contain itself
            self.defs[kind.__name__] = self.named(kind)
        return {"$ref": f"#/$defs/{kind.__name__}"}

    def named(self, kind: type) -> dict[str, Any]:
        if issubclass(kind, Enum):
            return {"description": first_line(kind), "enum": [member.value for member in kind]}
        if not is_dataclass(kind):
            raise TypeError(f"no schema for {kind.__name__}")
        hints = get_type_hints(kind)
        return {
            "description": first_line(kind),
            "type": "object",
            "properties": {field.name: self.of(hints[field.name]) for field in fields(kind)},
            "required": [field.name for field in fields(kind) if not later(field)],
            "additionalProperties": False,
        }

    def array(self, items: tuple[Any, ...]) -> dict[str, Any]:
        if items[-1] is Ellipsis:
            return {"type": "array", "items": self.of(items[0])}
        return {"type": "array", "prefixItems": [self.of(item) for item in items], "minItems": len(items), "maxItems": len(items)}

    def reading(self, kind: type, inner: tuple[Any, ...]) -> dict[str, Any]:
        properties: dict[str, Any] = {"reading": {"const": kind.__name__.lower()}}
        if kind is Found:
            properties["value"] = self.of(inner[0])
        if kind is Unreadable:
            properties["reason"] = self.of(Text)
        return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def schema() -> dict[str, Any]:
    """The whole schema, its definitions in alphabetical order."""
    made = Schema()
    report, run = made.of(Report), made.of(Run)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA}:{SCHEMA_VERSION}",
        "title": "provcheck report",
        "description": "What submitted photos support, contradict or leave open. Every other view is made from this record.",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMA},
            "schema_version": {"type": "string", "pattern": rf"^{SCHEMA_VERSION.partition('.')[0]}\.\d+\.\d+$"},
            "digest": {"description": "SHA-256 of the canonical JSON of `report`.", "type": "string", "pattern": "^[0-9a-f]{64}$"},
            "report": report,
            "run": {"anyOf": [run, {"type": "null"}]},
            "run_digest": {
                "description": "SHA-256 of the canonical JSON of `schema`, `schema_version`, `digest` and `run`.",
                "type": "string",
                "pattern": "^[0-9a-f]{64}$",
            },
        },
        "required": ["schema", "schema_version", "digest", "report", "run", "run_digest"],
        "additionalProperties": False,
        "$defs": dict(sorted(made.defs.items())),
    }


def first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]


def main() -> None:
    """Writes the file; with --check, fails where it would change."""
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    if "--check" in sys.argv:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit(f"{TARGET.name} is not what the dataclasses say: run scripts/make_schema.py")
        return
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {TARGET.name}, {len(text):,} characters")


if __name__ == "__main__":
    main()
