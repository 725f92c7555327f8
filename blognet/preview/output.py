"""A preview written to a folder, to be sent around: every page marked, never where the site is."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from blognet.disk.lock import writing_lock
from blognet.disk.output import publish_output
from blognet.disk.output_marker import is_output
from blognet.kernel.errors import ConflictError
from blognet.preview.addresses import STYLE
from blognet.preview.banners import banner_of_prospect
from blognet.preview.dress import dressed
from blognet.site.addresses import ROBOTS, output_name
from blognet.themes.links import link_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blognet.actions.showing import Shown
    from blognet.disk.output import OutputChange
    from blognet.site import Page

SITE = "site"
_NO_ROBOTS = b"User-agent: *\nDisallow: /\n"


def write_preview(shown: Shown, target: Path) -> OutputChange:
    """Write the site as it would be.

    Args:
        shown: What to write.
        target: The folder; made when missing.

    Raises:
        ConflictError: A site is there, or files of somebody else.
        FaultsError: The theme fails; the folder stays as it was.
        BlognetError: The folder cannot be written.
    """
    root = shown.network.root
    _refuse_site(root, target)
    with writing_lock(root, doing="blognet preview"):
        return publish_output(target, _files(shown), network=root)


def _refuse_site(root: Path, target: Path) -> None:
    real, site = target.resolve(), (root / SITE).resolve()
    inside = real == site or site in real.parents or real in site.parents
    other = is_output(real) and not (real / STYLE.lstrip("/")).is_file()
    if inside or other:
        message = f"{target} is where a site is, and a preview holds what nobody approved"
        raise ConflictError(message, hint="name another folder: blognet preview --output DIR")


def _files(shown: Shown) -> Iterator[tuple[str, bytes]]:
    for page in shown.prospect.pages:
        yield output_name(page.path), _bytes_of(page, shown)
    style = files("blognet.preview").joinpath("static", STYLE.rpartition("/")[2])
    yield STYLE.lstrip("/"), style.read_bytes()


def _bytes_of(page: Page, shown: Shown) -> bytes:
    if page.path == ROBOTS:
        return _NO_ROBOTS
    raw = shown.prospect.file_of(page)
    if not page.template:
        return raw
    html = dressed(
        raw.decode("utf-8"),
        style=link_from(page.path, STYLE, site_url=shown.network.config.url) or STYLE,
        banner=banner_of_prospect(page, shown, base="", linked=False),
        live=None,
        noindex=True,
    )
    return html.encode("utf-8")
