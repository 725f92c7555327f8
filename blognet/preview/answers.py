"""From a request to an answer, without a socket. Every path is looked up among the pages; none ever names a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from blognet.kernel.errors import BlognetError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import SitePath, parse_subject
from blognet.preview.addresses import EVENTS, PROSPECT, SCRIPT, STYLE, WAITING
from blognet.preview.banners import (
    address_in_prospect,
    banner_of_prospect,
    banner_of_site,
    subject_of,
)
from blognet.preview.content_types import content_type
from blognet.preview.dress import Live, dressed
from blognet.preview.faults import faults_in
from blognet.preview.own_pages import faults_page, own_page, waiting_page
from blognet.preview.ranges import UnsatisfiableError, range_of
from blognet.site.addresses import NOT_FOUND
from blognet.themes.links import encoded

if TYPE_CHECKING:
    from blognet.actions.lazy_site import Site
    from blognet.actions.showing import Shown
    from blognet.site import Page

_HTML = "text/html; charset=utf-8"
_OWN_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
OK, PARTIAL, FOUND, BAD, MISSING, UNSATISFIABLE, FAILED = 200, 206, 302, 400, 404, 416, 500


class View(Enum):
    """What stands at the root of the server."""

    SITE = "the site as approved, with what waits beside it"
    SITE_ALONE = "the site as approved"
    PROSPECT = "the site as it would be"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer: its headers beside those that every answer has."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


def base_of(shown: Shown) -> str:
    """Return the base path of the configured address: ``/blog``, or "" at the root of a host."""
    return encoded(urlsplit(shown.network.config.url).path.rstrip("/"))


def answer(target: str, shown: Shown, *, view: View) -> Answer:
    """Return what is at an address.

    Args:
        target: Path and query of the request, as it came.
        shown: The present state of the network.
        view: What stands at the root.
    """
    base = base_of(shown)
    path = _path_of(target)
    if path is None:
        return _text(BAD, "This is no address.")
    plain_base = unquote(base)
    if path != plain_base and not path.startswith(f"{plain_base}/"):
        return _found(f"{base}/") if path == "/" else _text(MISSING, f"The site is at {base}/")
    inner = path.removeprefix(plain_base)
    if not inner:
        return _found(f"{base}/")
    try:
        return _answer_inside(SitePath(inner), shown, view, base)
    except BlognetError as error:
        html = faults_page("This page cannot be made", faults_in(error), base=base)
        return _own(html, shown, base, status=FAILED)


def part_of(whole: Answer, wanted: str) -> Answer:
    """Return the part of a file that a ``Range`` header asks for."""
    if whole.status != OK or not wanted:
        return whole
    size = len(whole.body)
    try:
        found = range_of(wanted, size)
    except UnsatisfiableError:
        return Answer(status=UNSATISFIABLE, headers=(("Content-Range", f"bytes */{size}"),))
    if found is None:
        return whole
    first, last = found
    headers = (*whole.headers, ("Content-Range", f"bytes {first}-{last}/{size}"))
    return Answer(status=PARTIAL, headers=headers, body=whole.body[first : last + 1])


def styles_of(shown: Shown, view: View) -> str:
    """Return the digest of the style sheets; "" while the theme cannot be used."""
    try:
        return _root(shown, view).theme_mark(styles=True)
    except BlognetError:
        return ""


def _path_of(target: str) -> str | None:
    raw = target.partition("?")[0].partition("#")[0]
    try:
        path = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return None
    return path if path.startswith("/") and path.isprintable() else None


def _root(shown: Shown, view: View) -> Site:
    return shown.prospect if view is View.PROSPECT else shown.site


def _answer_inside(inner: SitePath, shown: Shown, view: View, base: str) -> Answer:
    if inner in {SCRIPT, STYLE}:
        raw = files("blognet.preview").joinpath("static", inner.rpartition("/")[2]).read_bytes()
        return Answer(status=OK, headers=(("Content-Type", content_type(inner)),), body=raw)
    if inner == WAITING and view is not View.SITE_ALONE:
        return _own(waiting_page(shown, base=base), shown, base)
    if view is View.SITE and f"{inner}/".startswith(f"{PROSPECT}/"):
        return _of_prospect(SitePath(inner.removeprefix(PROSPECT)), shown, base)
    return _of_root(inner, shown, view, base)


def _of_root(inner: SitePath, shown: Shown, view: View, base: str) -> Answer:
    site = _root(shown, view)
    page = _page_at(site, inner)
    if isinstance(page, str):
        return _found(base + encoded(page))
    if page is not None:
        return _file(page, site, shown, view, base)
    if view is View.SITE and (to := _future(inner, shown)):
        return _found(base + PROSPECT + encoded(to))
    return _missing(shown, view, base)


def _of_prospect(inner: SitePath, shown: Shown, base: str) -> Answer:
    page = _page_at(shown.prospect, inner) if inner else SitePath("/")
    if isinstance(page, str):
        return _found(base + PROSPECT + encoded(page))
    if page is not None:
        return _file(page, shown.prospect, shown, View.PROSPECT, base)
    subject = parse_subject(inner.strip("/"))
    if subject is not None and subject in shown.network.entries:
        address = address_in_prospect(subject, shown)
        return _found(base + (PROSPECT + encoded(address) if address else WAITING))
    return _missing(shown, View.SITE, base)


def _page_at(site: Site, path: SitePath) -> Page | SitePath | None:
    """Return the page of an address, or the address that was meant."""
    bare = SitePath(path.removesuffix("index.html")) if path.endswith("/index.html") else path
    if page := site.page_at(bare):
        return page
    folder = SitePath(f"{path}/")
    return folder if site.page_at(folder) else None


def _future(path: SitePath, shown: Shown) -> SitePath | None:
    """Return the address of a waiting post that is not on the site yet."""
    found = _page_at(shown.prospect, path)
    page = shown.prospect.page_at(found) if isinstance(found, str) else found
    return page.path if page is not None and subject_of(page) in shown.placed else None


def _missing(shown: Shown, view: View, base: str) -> Answer:
    site = _root(shown, view)
    page = site.page_at(NOT_FOUND)
    if page is None:
        return _own(own_page("Nothing is here", "", base=base), shown, base, status=MISSING)
    return _file(page, site, shown, view, base, status=MISSING)


def _file(
    page: Page, site: Site, shown: Shown, view: View, base: str, *, status: int = OK
) -> Answer:
    raw = site.file_of(page)
    if not page.template:
        headers = (("Content-Type", content_type(page.path)), *_sandbox(page))
        return Answer(status=status, headers=headers, body=raw)
    is_prospect = view is View.PROSPECT
    banner = (
        banner_of_prospect(page, shown, base=base, linked=True)
        if is_prospect
        else banner_of_site(page, shown, base=base)
        if view is View.SITE
        else None
    )
    mark = sha256_hex(raw + repr(banner).encode() + site.mark_of(page).encode())
    live = _live(base, mark, site.theme_mark(styles=True))
    html = dressed(
        raw.decode("utf-8"), style=base + STYLE, banner=banner, live=live, noindex=is_prospect
    )
    policy = ("Content-Security-Policy", "frame-ancestors 'none'")
    return _html(html, mark, policy, status=status)


def _own(html: str, shown: Shown, base: str, *, status: int = OK) -> Answer:
    mark = sha256_hex(html.encode())
    styles = styles_of(shown, View.SITE)
    live = _live(base, mark, styles)
    given = dressed(html, style=base + STYLE, banner=None, live=live, noindex=True)
    return _html(given, mark, ("Content-Security-Policy", _OWN_POLICY), status=status)


def _live(base: str, mark: str, styles: str) -> Live:
    return Live(script=base + SCRIPT, events=base + EVENTS, mark=mark, styles=styles)


def _html(html: str, mark: str, policy: tuple[str, str], *, status: int) -> Answer:
    headers = (("Content-Type", _HTML), ("X-Blognet-Mark", mark), policy)
    return Answer(status=status, headers=headers, body=html.encode("utf-8"))


def _sandbox(page: Page) -> tuple[tuple[str, str], ...]:
    # A drawing or an attachment that is opened by itself is a document; it gets no scripts, whatever is in it.
    is_document = page.path.lower().endswith((".svg", ".xml"))
    return (("Content-Security-Policy", "sandbox"),) if is_document else ()


def _found(address: str) -> Answer:
    return Answer(status=FOUND, headers=(("Location", address),))


def _text(status: int, words: str) -> Answer:
    headers = (("Content-Type", "text/plain; charset=utf-8"),)
    return Answer(status=status, headers=headers, body=f"{words}\n".encode())
