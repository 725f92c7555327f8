"""The JSON Schema of ``blognet.yml``. pydantic makes it; no command asks for it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from blognet.config.config import Config
from blognet.kernel.yamlmodels import plain_model

if TYPE_CHECKING:
    from collections.abc import Mapping


def config_schema() -> Mapping[str, object]:
    """Return the JSON Schema of blognet.yml, for editors and for docs/configuration.md."""
    schema: dict[str, object] = TypeAdapter(Config).json_schema(mode="validation")
    for part in (schema, *_below(schema, "$defs").values()):
        part["additionalProperties"] = False
    properties = _below(schema, "properties")
    for field in fields(Config):
        described = properties.get(field.name, {})
        if "default" in described:
            described["default"] = plain_model(field.default)  # pydantic has the names of fields
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _below(schema: Mapping[str, object], key: str) -> dict[str, dict[str, object]]:
    found = schema[key]
    assert isinstance(found, dict)  # noqa: S101  # as pydantic makes it
    return found
