"""Imported posts and profiles as bytes: canonical keys, in one order, and the body. Knows no conversions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.write import compose_source

if TYPE_CHECKING:
    from blognet.importers.jekyll_author import OldAuthor
    from blognet.importers.jekyll_body import ConvertedPost
    from blognet.importers.jekyll_plan import PlannedPost
    from blognet.importers.values import ImportRules
    from blognet.kernel.yamltree import Plain


def written_post(post: PlannedPost, converted: ConvertedPost, rules: ImportRules) -> bytes:
    """Return the source of an imported post."""
    old = post.old
    date = old.date.astimezone(rules.zone) if old.date else None
    front: dict[str, Plain] = {
        "title": old.title,
        "date": (date.strftime("%Y-%m-%d") if old.bare_date else date.isoformat())
        if date
        else None,
        "updated": old.updated.astimezone(rules.zone).isoformat() if old.updated else None,
        "authors": list(old.authors),
        "tags": list(old.tags),
        "summary": old.summary,
        "description": old.description,
        "image": converted.image,
        "image_alt": old.image_alt if converted.image else "",
        **converted.media,
        "draft": True if old.draft else None,
        "lang": old.lang,
        "aliases": list(post.aliases),
        "canonical_url": old.canonical_url,
        "toc": converted.toc,
        **old.passed,
        "extra": dict(old.extra),
    }
    return _composed(front, converted.body)


def written_author(author: OldAuthor) -> bytes:
    """Return the source of an imported profile."""
    front: dict[str, Plain] = {
        "name": author.name,
        "title": author.title,
        "team": author.team,
        "email": author.email,
        "links": [{"label": link.label, "url": link.url} for link in author.links],
        "status": author.status.value,
        "extra": dict(author.extra),
    }
    return _composed(front, f"{author.body}\n" if author.body else "")


def _composed(front: dict[str, Plain], body: str) -> bytes:
    """Return a source without the keys that say nothing."""
    said = {key: value for key, value in front.items() if value is False or value}
    return compose_source(said, body).encode()
