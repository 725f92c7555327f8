"""Settings of what the site tells other people's machines: crawlers, hosts, networks. Knows no page.

Each function raises `MisfitError`, as those of `blognet.config.settings` do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Annotated
from urllib.parse import urlsplit

from blognet.config import codes
from blognet.config.described import described
from blognet.config.settings import link_url_of
from blognet.kernel.ids import parse_site_path
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamltree import YamlNode, YamlScalar, shortened
from blognet.kernel.yamlvalues import MisfitError, entries_of, items_of, text_of

ANSWERS = ("allow", "deny")
HOSTS = ("netlify", "cloudflare", "nginx", "apache")
SHARES = ("copy", "mail", "linkedin", "mastodon", "bluesky", "facebook", "x", "whatsapp")
PURPOSES = ("training", "search", "assistants")


def choice_of(value: object, *, choices: tuple[str, ...]) -> str:
    """Return one of a few words, whatever the case of its letters."""
    text = text_of(value).lower()
    if text not in choices:
        message = f"expected {', '.join(choices[:-1])} or {choices[-1]}, found '{shortened(text)}'"
        hint = did_you_mean(text, choices) or f"write {choices[0]}"
        raise MisfitError(message, code=codes.BAD_CHOICE, hint=hint)
    return text


def crawler_entries_of(value: object) -> dict[str, YamlNode]:
    """Return the answers by purpose; one word is the answer to all."""
    if isinstance(value, YamlScalar) and value.value is not None:
        return dict.fromkeys(PURPOSES, value)
    return entries_of(value)


def host_files_of(value: object) -> tuple[str, ...]:
    """Return the hosts that files are written for, each once."""
    hosts = tuple(dict.fromkeys(choice_of(item, choices=HOSTS) for item in items_of(value)))
    if {"netlify", "cloudflare"} <= set(hosts):
        message = "netlify and cloudflare both read _redirects, and read it differently"
        raise MisfitError(message, code=codes.BAD_CHOICE, hint="keep the one that serves the site")
    return hosts


def redirects_of(value: object) -> dict[str, str]:
    """Return old addresses with where each leads; an old one without a file's ending is a folder's."""
    found: dict[str, str] = {}
    for key, node in entries_of(value).items():
        text = f"{key}/" if "." not in key.rpartition("/")[2] and not key.endswith("/") else key
        path = parse_site_path(text)
        if path is None or path == "/":
            message = f"expected an old address of this site, found '{shortened(key)}'"
            raise MisfitError(
                message, code=codes.BAD_LINK, hint="write it as /tags/old/", node=node
            )
        target = _target_of(node)
        if target == path:
            message = f"{path} leads to itself"
            raise MisfitError(message, code=codes.BAD_LINK, hint="name another address", node=node)
        found[path] = target
    return found


def _target_of(node: YamlNode) -> str:
    target = link_url_of(node)
    if target.lower().startswith("mailto:"):
        message = "an address of mail is no place for readers to be led to"
        raise MisfitError(
            message, code=codes.BAD_LINK, hint="begin it with / or https://", node=node
        )
    return target


def hub_of(value: object) -> str:
    """Return the address of a hub; "" for none. Plain http is for this machine alone."""
    text = text_of(value)
    if not text:
        return ""
    parts = urlsplit(link_url_of(value))
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if not (parts.scheme == "https" or here) or not parts.hostname or parts.username:
        message = f"expected the https address of a hub, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_LINK, hint="begin it with https://")
    return text


def share_of(value: object) -> tuple[str, ...]:
    """Return the links to pass a post on, each once."""
    return tuple(dict.fromkeys(choice_of(item, choices=SHARES) for item in items_of(value)))


Answer = Annotated[str, Read(partial(choice_of, choices=ANSWERS))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawlers:
    """What ``robots.txt`` asks of the crawlers of AI companies; other crawlers are always welcome."""

    training: Answer = field(
        default="allow",
        metadata=described(
            "Those that gather texts to train models: `allow` or `deny`.",
            schema={"enum": list(ANSWERS)},
        ),
    )
    search: Answer = field(
        default="allow",
        metadata=described(
            "Those that gather pages to name them as sources of answers.",
            schema={"enum": list(ANSWERS)},
        ),
    )
    assistants: Answer = field(
        default="allow",
        metadata=described(
            "Those that fetch a page because a person asked for it.", schema={"enum": list(ANSWERS)}
        ),
    )
