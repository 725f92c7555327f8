"""From the entries of a YAML mapping to a frozen value, or to every fault at once. Knows no key.

A dataclass says by its fields which keys there are, and by their annotations how the node of each becomes a value:
``Annotated[int, Read(int_of)]``. pydantic reads it, and collects what is wrong. It is imported when something is read
for the first time: it takes longer to load than most commands take.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import tzinfo
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeVar

from blognet.kernel.problems import Problem
from blognet.kernel.yamltree import YamlMapping, YamlScalar, YamlSequence
from blognet.kernel.yamlvalues import MisfitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pydantic import ConfigDict, GetCoreSchemaHandler, TypeAdapter, ValidationInfo
    from pydantic_core import CoreSchema, ErrorDetails

    from blognet.kernel.yamltree import YamlDocument

KEY = "alias"
"""In the metadata of a field: the key in the text, where the field has another name."""
ModelT = TypeVar("ModelT")
Steps = tuple[int | str, ...]
STRICT: ConfigDict = {"extra": "forbid"}
"""For `__pydantic_config__` of a dataclass: a key that it does not name is a fault. It holds for what is below, too."""
EITHER_NAME: ConfigDict = {"extra": "forbid", "validate_by_name": True, "validate_by_alias": True}
"""The same, where a key may be written as the field is named, too: hyphens or underscores."""


_ADAPTERS: dict[type[object], TypeAdapter[object]] = {}


@dataclass(frozen=True, slots=True)
class Read:
    """How a node becomes a value; the function raises `MisfitError` for one that does not fit."""

    function: Callable[[object], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let the function read first, and pydantic then look at what it gave."""
        from pydantic_core import core_schema  # noqa: PLC0415  # see the head of this module

        return core_schema.no_info_before_validator_function(self.function, handler(source))


@dataclass(frozen=True, slots=True)
class ReadInZone:
    """How a node becomes a value that depends on the network's time zone."""

    function: Callable[[object, tzinfo], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let the function read first, with the zone that a validation is given as its context."""
        from pydantic_core import core_schema  # noqa: PLC0415  # see the head of this module

        def read(value: object, info: ValidationInfo) -> object:
            if not isinstance(info.context, tzinfo):
                message = "what holds times is read with the network's zone"
                raise TypeError(message)
            return self.function(value, info.context)

        return core_schema.with_info_before_validator_function(read, handler(source))


class Fault(Enum):
    """What can be wrong with a key."""

    MISSING = auto()
    UNKNOWN = auto()
    MISFIT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """One fault.

    Attributes:
        fault: Which.
        steps: The keys and indexes that lead to it; the last is the key that is missing or unknown.
        given: The node that was read; None for a key that is missing or unknown.
        error: Why the node does not fit.
    """

    fault: Fault
    steps: Steps
    given: object = None
    error: MisfitError | None = None


class MisreadError(Exception):
    """The entries make no value.

    Attributes:
        misreads: All faults, in the order of fields and then of unknown keys.
    """

    def __init__(self, misreads: tuple[Misread, ...]) -> None:
        """Keep the faults."""
        super().__init__(f"{len(misreads)} faults")
        self.misreads = misreads


def read_model(
    model: type[ModelT], entries: Mapping[str, object], *, zone: tzinfo | None = None
) -> ModelT:
    """Return a value of a dataclass.

    Args:
        model: The dataclass.
        entries: Nodes by key.
        zone: Of dates without one; None where no field needs it.

    Raises:
        MisreadError: With every fault.
    """
    from pydantic import ValidationError  # noqa: PLC0415  # see the head of this module

    try:
        found = _adapter(model).validate_python(entries, context=zone)
    except ValidationError as error:
        collected = error.errors(include_url=False)
        raise MisreadError(tuple(_misread(each) for each in collected)) from None
    assert isinstance(found, model)  # noqa: S101  # that is what was asked for
    return found


def keys_of(model: type) -> tuple[str, ...]:
    """Return the keys of a dataclass as they stand in texts."""
    return tuple(key for _, key in _keys(model))


def plain_model(value: object) -> object:
    """Return a value as JSON has it, with the keys that stand in texts.

    Args:
        value: A dataclass of this kind, or what the fields of one hold.
    """
    if isinstance(value, tuple):
        return [plain_model(item) for item in value]
    if isinstance(value, dict):
        return {key: plain_model(item) for key, item in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return {key: plain_model(getattr(value, name)) for name, key in _keys(type(value))}


def misfit_problems(document: YamlDocument, misreads: Iterable[Misread]) -> tuple[Problem, ...]:
    """Return the problems of nodes that do not fit; missing and unknown keys are worded by the caller.

    Args:
        document: The text that was read.
        misreads: What is wrong with it.
    """
    problems: list[Problem] = []
    for one in misreads:
        if one.error is None:
            continue
        node = one.error.node or one.given
        if not isinstance(node, YamlScalar | YamlSequence | YamlMapping):
            node = document.root
        where = document.locate(node, key=document.key_path(node) or _dotted(one.steps))
        problems.append(
            Problem(
                location=where,
                code=one.error.code,
                message=one.error.message,
                hint=one.error.hint,
            )
        )
    return tuple(problems)


def _adapter(model: type[object]) -> TypeAdapter[object]:
    """Return what pydantic made of a dataclass, once."""
    from pydantic import TypeAdapter  # noqa: PLC0415  # see the head of this module

    if model not in _ADAPTERS:
        _ADAPTERS[model] = TypeAdapter(model)
    return _ADAPTERS[model]


def _misread(error: ErrorDetails) -> Misread:
    """Return one of the faults that pydantic collected."""
    steps, given = error["loc"], error["input"]
    match error["type"]:
        case "missing":
            return Misread(fault=Fault.MISSING, steps=steps)
        case "extra_forbidden" | "unexpected_keyword_argument":
            return Misread(fault=Fault.UNKNOWN, steps=steps)
        case _:
            cause = error.get("ctx", {}).get("error")
            misfit = cause if isinstance(cause, MisfitError) else MisfitError(error["msg"])
            return Misread(fault=Fault.MISFIT, steps=steps, given=given, error=misfit)


def _keys(model: type) -> Iterator[tuple[str, str]]:
    """Yield the fields of a dataclass: the name of each, and its key in texts."""
    assert is_dataclass(model)  # noqa: S101  # nothing else has fields
    for one in fields(model):
        yield one.name, str(one.metadata.get(KEY) or one.name)


def _dotted(steps: Steps) -> str:
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")
