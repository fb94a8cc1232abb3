"""A proposed plan to JSON and back, checked piece by piece: what is kept of a plan outside the program."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from bot.model import ProposedPlan

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class NoPlan(ValueError):
    """The bytes are no plan."""


def plan_to_bytes(plan: ProposedPlan) -> bytes:
    return json.dumps(_to_json(plan), separators=(",", ":")).encode("ascii")


def plan_from_bytes(content: bytes) -> ProposedPlan:
    """Return the plan that the bytes say. Raises NoPlan where anything in them is not what a plan has."""
    try:
        plan = _from_json(ProposedPlan, json.loads(content))
    except (ValueError, RecursionError) as error:
        raise NoPlan from error
    assert isinstance(plan, ProposedPlan)
    return plan


def _to_json(value: object) -> Json:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_to_json(part) for part in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"no plan holds a {type(value).__name__}")


def _from_json(kind: Any, said: Json) -> object:
    """Return what JSON says as a value of a type; types are those that the dataclasses of a plan are made of."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _first_of(arguments, said)
    if origin is Literal and said in arguments:
        return said
    if origin is tuple and isinstance(said, list):
        return tuple(_from_json(arguments[0], part) for part in said)
    if kind is NoneType and said is None:
        return None
    if kind in (str, int, bool) and type(said) is kind:
        return said
    if isinstance(kind, type) and isinstance(said, str) and issubclass(kind, StrEnum | date | time):
        return kind(said) if issubclass(kind, StrEnum) else kind.fromisoformat(said)
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(said, dict):
        return kind(**{name: _from_json(_hints(kind)[name], part) for name, part in _known(kind, said).items()})
    raise ValueError(f"not a {kind}")


def _first_of(kinds: tuple[Any, ...], said: Json) -> object:
    for kind in kinds:
        try:
            return _from_json(kind, said)
        except ValueError:
            continue
    raise ValueError("none of the kinds")


def _known(kind: Any, said: dict[str, Json]) -> dict[str, Json]:
    """Return the fields; none may be missing, and there may be no other."""
    if said.keys() != _hints(kind).keys():
        raise ValueError("other fields")
    return said


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
