"""The sorts of values that settings hold. Knows no keys.

Each turns a YAML node into a value or raises `MisfitError`, which pydantic collects.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from blognet.config import settings
from blognet.kernel.yamlvalues import bool_of, items_of, text_of

Text = Annotated[str, BeforeValidator(text_of)]
Line = Annotated[str, BeforeValidator(settings.line_of)]
Flag = Annotated[bool, BeforeValidator(bool_of)]
Id = Annotated[str, BeforeValidator(settings.network_id_of)]
MayorIds = Annotated[
    tuple[Annotated[str, BeforeValidator(settings.mayor_of)], ...], BeforeValidator(items_of)
]
AuthorIds = Annotated[
    tuple[Annotated[str, BeforeValidator(settings.author_of)], ...], BeforeValidator(items_of)
]
Lines = Annotated[tuple[Line, ...], BeforeValidator(items_of)]
Day = Annotated[date | None, BeforeValidator(settings.day_of)]
Language = Annotated[str, BeforeValidator(settings.language_of)]
FROZEN = ConfigDict(extra="forbid", frozen=True, defer_build=True)
