"""Domain values to plain JSON values and back, strictly: what crosses a process or lies in a report is never pickled.

A frozen dataclass becomes an object of its fields; one that came later (`domain/since.py`) is left out where it has its default.
A reading is tagged by "reading"; an answer is a list of findings or the object of a CannotSay; dates are ISO 8601, decimals
strings, bytes base64.
"""

from __future__ import annotations

import types
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.since import later
from provcheck.domain.text import Text

Json = Union[None, bool, int, str, list["Json"], dict[str, "Json"]]
T = TypeVar("T")

MOST_DIGITS = 30  # before or behind the point; a likelihood ratio has ten, a position nine
READING_TAGS = {"found": Found, "absent": Absent, "unreadable": Unreadable}


def encode(value: object) -> Json:  # noqa: C901  one arm a type
    """The JSON value of a domain value. Floats have none: a domain value is rounded to a Decimal where it is made."""
    match value:
        case Enum():
            return str(value.value)
        case None | bool() | int() | str():
            return value
        case bytes():
            return b64encode(value).decode("ascii")
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Found(inner):
            return {"reading": "found", "value": encode(inner)}
        case Absent():
            return {"reading": "absent"}
        case Unreadable(reason):
            return {"reading": "unreadable", "reason": encode(reason)}
        case Text(id_, args):
            return {"id": id_, "args": {name: encode(arg) for name, arg in args}}
        case tuple():
            return [encode(item) for item in value]
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: encode(own) for field, own in pairs if not (later(field) and own == field.default)}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def decode(kind: type[T], value: Json) -> T:
    """The domain value of type `kind`; raises ValueError where `value` has another shape, a missing or an unknown field."""
    return cast(T, _decode(kind, value))


def _decode(kind: Any, value: Json) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode(_arm(get_args(kind), value), value)
    if origin is tuple:
        return _decode_tuple(get_args(kind), value)
    if kind in _SCALARS:
        return _decode_scalar(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return _decode_object(kind, _object(value))


def _decode_scalar(kind: Any, value: Json) -> object:
    shape, parse = _SCALARS[kind]
    if type(value) is not shape:
        raise ValueError(f"expected {kind.__name__}, got {type(value).__name__}")
    try:
        return parse(value)
    except InvalidOperation as broken:
        raise ValueError(f"not a decimal: {value!r}") from broken


def _decimal(text: str) -> Decimal:
    """A number that a person could have written; 1e999999 would stop whoever rounds it."""
    number = Decimal(text)
    if not number.is_finite() or not -MOST_DIGITS < number.adjusted() < MOST_DIGITS:
        raise ValueError(f"not a decimal of at most {MOST_DIGITS} digits: {text[:40]!r}")
    return number


_SCALARS: Mapping[Any, tuple[type, Any]] = {
    str: (str, str),
    int: (int, int),
    bool: (bool, bool),
    type(None): (type(None), lambda _: None),
    bytes: (str, lambda text: b64decode(text, validate=True)),
    date: (str, date.fromisoformat),
    datetime: (str, datetime.fromisoformat),
    Decimal: (str, _decimal),
}


def _decode_tuple(items: tuple[Any, ...], value: Json) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise ValueError(f"expected a list, got {type(value).__name__}")
    if items[-1] is Ellipsis:
        return tuple(_decode(items[0], item) for item in value)
    if len(items) != len(value):
        raise ValueError(f"expected {len(items)} items, got {len(value)}")
    return tuple(_decode(item, part) for item, part in zip(items, value, strict=True))


def _decode_object(kind: Any, value: dict[str, Json]) -> object:
    cls = get_origin(kind) or kind
    if cls in (Found, Absent, Unreadable):
        value = {name: item for name, item in value.items() if name != "reading"}
    if cls is Text:
        arg = get_type_hints(Text)["args"]
        pairs = _object(value.get("args"))
        return Text(_text(value.get("id")), tuple((name, _decode(_arg_type(arg), pairs[name])) for name in sorted(pairs)))  # type: ignore[misc]
    hints = _hints(cls)
    odd = (set(value) ^ set(hints)) - (_later(cls) - set(value))
    if odd:
        raise ValueError(f"{cls.__name__}: unexpected or missing fields {sorted(odd)}")
    inner = get_args(kind)
    return cls(**{name: _decode(inner[0] if inner else hints[name], item) for name, item in value.items()})


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


@cache
def _later(cls: type) -> frozenset[str]:
    """The fields that an older record lacks."""
    return frozenset(field.name for field in fields(cls) if later(field))


def _arg_type(args_hint: Any) -> Any:
    """Arg, out of the hint `tuple[tuple[str, Arg], ...]`."""
    return get_args(get_args(args_hint)[0])[1]


def _arm(arms: tuple[Any, ...], value: Json) -> Any:
    """The one arm of a union that `value` can be, told by its JSON type (and for readings by the tag)."""
    if isinstance(value, dict):
        tag = READING_TAGS.get(str(value.get("reading")))
        tagged = [arm for arm in arms if (get_origin(arm) or arm) is tag]
        objects = tagged or [arm for arm in arms if is_dataclass(get_origin(arm) or arm)]
        if len(objects) == 1:
            return objects[0]
    elif isinstance(value, list):
        lists = [arm for arm in arms if get_origin(arm) is tuple]
        if len(lists) == 1:
            return lists[0]
    else:
        for arm in arms:
            if arm in _SCALARS and _SCALARS[arm][0] is type(value):
                return arm
            if isinstance(arm, type) and issubclass(arm, Enum) and isinstance(value, str):
                return arm
    raise ValueError(f"no arm of the union takes {type(value).__name__}")


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise ValueError(f"expected an object, got {type(value).__name__}")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected text, got {type(value).__name__}")
    return value
