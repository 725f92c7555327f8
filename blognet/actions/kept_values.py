"""Values of a site as bytes that the next build reads one by one, and back.

Nothing has a name in them (`blognet.actions.nameless`). A post is kept without its text, which nobody reads from here.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from blognet.actions.nameless import Kinds, Writer, as_bytes, from_bytes
from blognet.actions.packing import Packer, bodiless, read_only

_VALUES = (
    "blognet.actions.kept_site",
    "blognet.content.values",
    "blognet.kernel.hashing",
    "blognet.kernel.ids",
    "blognet.kernel.problems",
    "blognet.pictures.cards",
    "blognet.pictures.facts",
    "blognet.pictures.initials",
    "blognet.pictures.recipes",
    "blognet.pictures.structure",
    "blognet.render.pictures",
    "blognet.render.search",
    "blognet.render.social",
    "blognet.site.catalogue",
    "blognet.site.host_file",
    "blognet.site.pages",
    "blognet.site.published",
    "blognet.themes.parts",
)
"""Where values are from; of these modules, dataclasses and enumerations alone."""
_KINDS = Kinds(_VALUES, datetime, timedelta, timezone, bodiless, read_only)


def value_as_bytes(value: object) -> bytes:
    """Write a value.

    Raises:
        KeptFaultError: It is of a kind that cannot be kept.
    """
    return as_bytes(value, _KINDS, _Writer)


def value_from_bytes(raw: bytes) -> object:
    """Read a value.

    Raises:
        KeptFaultError: It is none.
    """
    return from_bytes(raw, _KINDS)


class _Writer(Writer, Packer):
    """Writes posts without their texts, too."""

    dispatch_table = Packer.dispatch_table
