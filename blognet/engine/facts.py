"""How facts are named. A key is a kind and a name, with one space between: ``contents.url post/hello``."""

from __future__ import annotations

from typing import NewType

FactKey = NewType("FactKey", str)
"""Kind and name of a fact; the name may hold spaces, the kind never."""

ABSENT = ""
"""The digest of what is not there."""

EVERYTHING = "*"
"""The name of a fact about all things of a kind: which there are, and in which order."""


def fact_key(kind: str, name: str = "") -> FactKey:
    """Return the key of a fact."""
    return f"{kind} {name}"  # type: ignore[return-value]  # asked hundreds of times for a page


def kind_of(key: FactKey) -> str:
    """Return the kind: ``contents.url`` of ``contents.url post/hello``."""
    return key.partition(" ")[0]


def name_of(key: FactKey) -> str:
    """Return the name: ``post/hello`` of ``contents.url post/hello``."""
    return key.partition(" ")[2]
