"""A value as Python prints it (dicts, lists, strings, numbers, dates), read without running anything."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime, timedelta, timezone

Value = None | bool | int | float | str | date | timedelta | timezone | list["Value"] | dict[str, "Value"]


def read_literal(text: str) -> Value:
    """Raises ValueError where it is no such value. A call of anything but a date is read as its first argument, or as None."""
    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, RecursionError, MemoryError, OverflowError, TypeError) as fault:
        raise ValueError(type(fault).__name__) from None


def _value(node: ast.expr) -> Value:
    match node:
        case ast.Constant(bool() | int() | float() | str() | None as plain):
            return plain
        case ast.List(items) | ast.Tuple(items) | ast.Set(items):
            return [_value(item) for item in items]
        case ast.Dict(keys, values):
            return {str(_value(key)): _value(value) for key, value in zip(keys, values, strict=True) if key is not None}
        case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as number)):
            return -number
        case ast.Attribute(ast.Attribute(ast.Name("datetime"), "timezone"), "utc"):
            return UTC
        case ast.Call(ast.Attribute(ast.Name("datetime"), kind), arguments, keywords):
            return _moment(kind, [_value(one) for one in arguments], {one.arg or "": _value(one.value) for one in keywords})
        case ast.Call(_, [first, *_], _):
            return _value(first)
    return None


def _moment(kind: str, given: list[Value], named: dict[str, Value]) -> Value:
    numbers = [one for one in given if isinstance(one, int)]
    match kind:
        case "datetime":
            zone = named.get("tzinfo")
            return datetime(*numbers, tzinfo=zone if isinstance(zone, timezone) else None)  # type: ignore[arg-type, misc]  # as it was printed
        case "date":
            return date(*numbers)
        case "timedelta":
            spans = {name: span for name, span in named.items() if isinstance(span, int)}
            return timedelta(*numbers, **spans)
        case "timezone":
            return timezone(given[0]) if given and isinstance(given[0], timedelta) else UTC
    return None
