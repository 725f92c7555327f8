"""A page as it would be if the bytes on disk were approved: rendered with the real theme, into a temporary folder.

Nothing of it can reach the site: it is never written below the network, and it says on every page that it is a preview.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from blognet.actions.network import is_sound
from blognet.actions.published import published_from
from blognet.actions.studio import studio_of
from blognet.actions.theme_renderer import renderer_for
from blognet.content.values import Author, Post
from blognet.disk.logo import read_logo
from blognet.disk.reading import read_asset
from blognet.disk.record import read_asset_copy
from blognet.disk.scratch import write_scratch
from blognet.disk.themes import theme_files
from blognet.kernel.errors import ConflictError, FaultsError
from blognet.kernel.ids import Kind, SitePath
from blognet.moderation.approvals import first_approval
from blognet.moderation.urls import address_of
from blognet.render.context import make_context
from blognet.render.page import render_page
from blognet.site import LiveAuthor, LivePost, Published
from blognet.site.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.content.values import Proposal
    from blognet.kernel.ids import SourcePath
    from blognet.render.context import Context

_BODY = b"<body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A preview on disk.

    Attributes:
        folder: The temporary folder, to be removed when nobody looks at it any more.
        page: The file to open.
    """

    folder: Path
    page: Path


def preview_page(network: Network, entry: Entry) -> Preview:
    """Render what lies on disk of a subject.

    Its own author's published posts are there, too, so that an author's page has something to list; links to anything
    else lead nowhere.

    Raises:
        ConflictError: There is nothing to render, or it has no page of its own.
        FaultsError: The record is not sound, or a template fails.
    """
    if not is_sound(network.record):
        message = "the record has faults, so nothing can be shown as it would be"
        raise FaultsError(message, problems=network.record.problems, hint="mayor verify")
    proposal = entry.proposal
    if proposal is None or proposal.content is None or proposal.hash is None:
        message = f"{entry.subject.typed} has faults, so there is no page to show"
        raise ConflictError(message, hint="the faults stand at their lines")
    published = published_from(network.record, rules=network.rules, now=network.now)
    shown, path = _with_proposal(network, entry, proposal, published)
    context = _context(network, shown, proposal)
    files = dict(_files(context, entry.subject.name))
    name = _file_name(path)
    if name not in files:
        message = f"{entry.subject.typed} has no page of its own yet: an author's page needs a post"
        raise ConflictError(message, hint="the text is shown here")
    folder = write_scratch(files.items())
    return Preview(folder=folder, page=folder / name)


def _with_proposal(
    network: Network, entry: Entry, proposal: Proposal, published: Published
) -> tuple[Published, SitePath]:
    content, digest = proposal.content, proposal.hash
    if digest is None or content is None:
        raise AssertionError(entry.subject)
    others = tuple(live for live in published.posts if live.subject != entry.subject)
    if isinstance(content, Author):
        live_author = LiveAuthor(author=content, hash=digest, assets=proposal.assets)
        rest = tuple(a for a in published.authors if a.author.subject != entry.subject)
        mine = tuple(live for live in others if entry.subject.id in live.authors)
        path = SitePath(f"/authors/{entry.subject.id}/")
        return Published(posts=mine, authors=(live_author, *rest)), path
    live = _as_live(network, entry, content, proposal)
    same = tuple(one for one in others if set(one.authors) & set(live.authors))
    if entry.subject.kind is Kind.PAGE:
        return Published(pages=(live,), authors=published.authors), live.url
    return Published(posts=(*same, live), authors=published.authors), live.url


def _as_live(network: Network, entry: Entry, content: Post, proposal: Proposal) -> LivePost:
    first = first_approval(entry.decided.history)
    fixed = first.facts if first else None
    date = content.date or (fixed.date if fixed else network.now)
    url = fixed.url if fixed else address_of(
        entry.subject, date=date, permalink=network.config.permalink, zone=network.config.zone
    )  # fmt: skip
    if proposal.hash is None:
        raise AssertionError(entry.subject)
    return LivePost(
        subject=entry.subject,
        hash=proposal.hash,
        post=content,
        url=url,
        authors=content.authors,
        date=date,
        updated=content.front.updated,
        assets=proposal.assets,
    )


def _context(network: Network, published: Published, proposal: Proposal) -> Context:
    config = replace(network.config, title=f"Preview – {network.config.title}")
    theme = theme_files(network.root, config.theme.name)
    planned = plan(published, config, theme_files=tuple(theme.static))
    sources = {
        asset.sha256: source
        for asset, source in zip(proposal.assets, proposal.asset_sources, strict=True)
    }
    asset = partial(_asset, network.root, sources)
    return make_context(
        planned,
        config,
        renderer=renderer_for(theme, config),
        asset=asset,
        darkroom=studio_of(network.root, asset, config).darkroom,
        theme_file=theme.static.get,
        logo=read_logo(network.root, config.theme.logo) if config.theme.logo else None,
    )


def _asset(root: Path, sources: Mapping[str, SourcePath], sha256: str) -> bytes:
    if sha256 in sources:
        return read_asset(root, sources[sha256], sha256)
    return read_asset_copy(root, sha256)


def _files(context: Context, name: str) -> Iterator[tuple[str, bytes]]:
    for page in context.pages:
        file, raw = _file_name(page.path), render_page(page, context)
        yield file, _marked(raw, name) if file.endswith(".html") else raw


def _marked(html: bytes, name: str) -> bytes:
    """Say on a page that it is a preview, as its first words: a style sheet of any theme leaves plain words alone."""
    start = html.find(b">", html.find(_BODY)) + 1
    words = f"Preview of {name}, as it lies on disk. Not published, and seen by nobody but you."
    mark = f'<p role="note"><strong>{escape(words)}</strong></p>'.encode()
    return html[:start] + mark + html[start:]


def _file_name(path: SitePath) -> str:
    relative = path.lstrip("/")
    return f"{relative}index.html" if not relative or relative.endswith("/") else relative
