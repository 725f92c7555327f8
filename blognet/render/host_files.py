"""The files for hosts: ``_redirects`` and ``_headers``, nginx, Apache. Every address is escaped as its reader reads it.

Netlify: https://docs.netlify.com/routing/redirects/ · Cloudflare Pages:
https://developers.cloudflare.com/pages/configuration/redirects/ · nginx:
https://nginx.org/en/docs/http/ngx_http_core_module.html#location · Apache:
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html

An address that leads on is compared as it is in links by the first two, decoded by nginx and Apache.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote, urlsplit

from blognet.markup import frame_hosts_of
from blognet.site import addresses
from blognet.site.host_file import HostFileName
from blognet.site.plan import has_script
from blognet.themes.links import encoded, is_site_path
from blognet.themes.policy import headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.render.context import Context
    from blognet.site.host_file import HostFile, Move

_PLAIN = "/-._~!$&'()+,;=@"
"""What stands for itself in the path of a link, and has no meaning of its own in ``_redirects``."""


def host_file(shown: HostFile, context: Context) -> bytes:
    """Return a file for a host."""
    base = urlsplit(context.base_url).path.rstrip("/")
    config = context.config
    sites = config.embeds.sites
    scripts = has_script(config) or bool(sites)
    frames = frame_hosts_of(sites)
    sent = headers(
        tuple(config.hosts),
        scripts=scripts,
        search=config.search.is_on,
        wasm=config.search.is_pagefind,
        frames=frames,
    )
    match shown.name:
        case HostFileName.REDIRECTS:
            lines = _redirects(shown.moves, base, mark="!" if shown.forced else "")
        case HostFileName.HEADERS:
            lines = iter((f"{base}/*", *(f"  {name}: {value}" for name, value in sent)))
        case HostFileName.NGINX:
            lines = _nginx(shown.moves, base, sent)
        case HostFileName.APACHE:
            lines = _apache(shown.moves, base, sent)
        case _:
            assert_never(shown.name)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _redirects(moves: tuple[Move, ...], base: str, *, mark: str) -> Iterator[str]:
    """Give a line for each move; the mark tells Netlify to follow it although there is a page."""
    for move in moves:
        yield f"{quote(base + move.source, safe=_PLAIN)} {_target(move, base)} 301{mark}"


def _nginx(moves: tuple[Move, ...], base: str, sent: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield "# For the server block of nginx: include /path/to/site/_nginx.conf;"
    for name, value in sent:
        yield f'add_header {name} "{value}" always;'
    yield f'error_page 404 "{base}{addresses.NOT_FOUND}";'
    yield f'location = "{base}/{HostFileName.NGINX.value}" {{ return 404; }}'
    for move in moves:
        source = re.sub(r'(["\\])', r"\\\1", base + move.source)
        target = _target(move, base).replace("$", "%24")
        yield f'location = "{source}" {{ return 301 "{target}"; }}'


def _apache(moves: tuple[Move, ...], base: str, sent: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield f"ErrorDocument 404 {base}{addresses.NOT_FOUND}"
    yield "<IfModule mod_headers.c>"
    for name, value in sent:
        yield f'Header always set {name} "{value}"'
    yield "</IfModule>"
    if not moves:
        return
    yield "<IfModule mod_rewrite.c>"
    yield "RewriteEngine On"
    for move in moves:
        # A folder's rules compare what follows the folder; in what they give, % and $ would begin a reference.
        source = re.escape(move.source.removeprefix("/"))
        target = re.sub(r"([%$\\])", r"\\\1", _target(move, base))
        yield f'RewriteRule "^{source}$" "{target}" [R=301,L,NE]'
    yield "</IfModule>"


def _target(move: Move, base: str) -> str:
    return (base if is_site_path(move.target) else "") + encoded(move.target)
