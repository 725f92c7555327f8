"""The settings of the search: who makes the index that the search page asks. Knows no page.

``search: true`` and ``search: false`` are short for ``{engine: own}`` and ``{engine: none}``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from blognet.config.described import described
from blognet.config.outward import choice_of
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamltree import YamlScalar
from blognet.kernel.yamlvalues import bool_of, entries_of

if TYPE_CHECKING:
    from blognet.config.described import JsonDict
    from blognet.kernel.yamltree import YamlNode

OWN, PAGEFIND, NONE = ENGINES = ("own", "pagefind", "none")
_MEANT_YES_OR_NO = frozenset(("true", "false", "yes", "no", "on", "off"))


def search_entries_of(value: object) -> dict[str, YamlNode]:
    """Return the settings of the search by key; one word, or yes or no, names the engine."""
    if isinstance(value, YamlScalar):
        return {"engine": value}
    return entries_of(value)


def engine_of(value: object) -> str:
    """Return who makes the index; true is our own, and false or nothing is nobody.

    Raises:
        MisfitError: It is no engine.
    """
    said = value.value if isinstance(value, YamlScalar) else ""
    if said is None or isinstance(said, bool) or str(said).lower() in _MEANT_YES_OR_NO:
        return OWN if bool_of(value) else NONE
    return choice_of(value, choices=ENGINES)


def also_true_or_false(schema: JsonDict) -> None:
    """Let an editor take true and false beside the keys."""
    schema["anyOf"] = [{"$ref": schema.pop("$ref")}, {"type": "boolean"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The search page."""

    engine: Annotated[str, Read(engine_of)] = field(
        default=OWN,
        metadata=described(
            "Who makes the index: `own`, or `pagefind`, which finds other forms of a word, too, and comes with "
            "the extra `search`; `none` for no search page. It is never guessed from what is installed.",
            schema={"enum": list(ENGINES)},
        ),
    )

    @property
    def is_on(self) -> bool:
        """Whether there is a search page."""
        return self.engine != NONE

    @property
    def is_pagefind(self) -> bool:
        """Whether Pagefind makes the index, where it can."""
        return self.engine == PAGEFIND
