"""The sorts of values that settings hold. Knows no keys.

Each turns a YAML node into a value or raises `MisfitError`, which `blognet.kernel.yamlmodels` collects.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from blognet.config import settings
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamlvalues import bool_of, items_of, text_of

Text = Annotated[str, Read(text_of)]
Line = Annotated[str, Read(settings.line_of)]
Flag = Annotated[bool, Read(bool_of)]
Id = Annotated[str, Read(settings.network_id_of)]
MayorIds = Annotated[tuple[Annotated[str, Read(settings.mayor_of)], ...], Read(items_of)]
AuthorIds = Annotated[tuple[Annotated[str, Read(settings.author_of)], ...], Read(items_of)]
Lines = Annotated[tuple[Line, ...], Read(items_of)]
Day = Annotated[date | None, Read(settings.day_of)]
Language = Annotated[str, Read(settings.language_of)]
