"""What the fields of the settings say of themselves: for docs/configuration.md, for editors, for whoever reads them.

Knows no key. The names in the metadata are those that pydantic knows, which makes the JSON Schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from blognet.kernel.yamlmodels import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

JsonDict: TypeAlias = dict[str, object]
_DESCRIPTION, _SCHEMA = "description", "json_schema_extra"


def described(
    text: str, *, key: str = "", schema: JsonDict | Callable[[JsonDict], None] | None = None
) -> Mapping[str, object]:
    """Return the metadata of a field.

    Args:
        text: What the setting means.
        key: The key in the text, where the field has another name.
        schema: What the JSON Schema says besides, or a function that changes it.
    """
    said: dict[str, object] = {_DESCRIPTION: text}
    if key:
        said[KEY] = key
    if schema is not None:
        said[_SCHEMA] = schema
    return said
