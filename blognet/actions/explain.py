"""Every problem code of every room, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blognet.kernel.problems import CodeEntry

PARTS = (
    ("BN0", "Files and folders"),
    ("BN1", "Front matter, posts, pages and profiles"),
    ("BN2", "Settings: blognet.yml"),
    ("BN3", "The record"),
    ("BN4", "Building the site"),
    ("BN5", "Importing"),
    ("BN6", "Checks of the network's policy"),
    ("BN74", "The shared cache"),
    ("BN75", "Workers"),
    ("BN80", "Pictures"),
    ("BN83", "Languages"),
    ("BN84", "Addresses of the site"),
    ("BN86", "Tags, formulas and diagrams"),
    ("BN87", "Themes of the network's own, boxes and listings"),
    ("BN88", "Topics, sound and film"),
    ("BN896", "Search"),
)
"""The beginnings of codes, and what each range is about."""


def all_codes() -> tuple[CodeEntry, ...]:
    """Return the entries of every room, sorted by code."""
    from blognet.config import codes as config
    from blognet.content import codes as content
    from blognet.disk import codes as disk
    from blognet.importers import codes as importers
    from blognet.kernel import codes as kernel
    from blognet.markup import codes as markup
    from blognet.moderation import codes as moderation
    from blognet.moderation.checks import codes as checks
    from blognet.net import codes as net
    from blognet.pictures import codes as pictures
    from blognet.render import codes as render
    from blognet.site import codes as site
    from blognet.themes import codes as themes

    rooms = (
        kernel, config, content, moderation, checks, disk, site, markup, themes, render, importers,
        pictures, net,
    )  # fmt: skip
    return tuple(sorted(entry for room in rooms for entry in room.CODES))
