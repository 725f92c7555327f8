"""What the mayors say of a topic at length, as safe HTML; and what is wrong with it. The text is in blognet.yml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.leads import Origin
from blognet.kernel.problems import Location, Problem, Severity
from blognet.render import codes
from blognet.render.bodies import render_setting
from blognet.render.labels import labels_in
from blognet.render.links import destination
from blognet.render.texts import html_for_page
from blognet.site import ListKind, addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.markup import Document
    from blognet.render.context import Context
    from blognet.site import ListKey


def introduction_of(key: ListKey, context: Context) -> Document | None:
    """Return the introduction of a topic in the language of a list; None when it has none."""
    if key.kind is not ListKind.TOPIC:
        return None
    return context.memory.introductions.of(str(key), lambda: _introduction(key, context))


def shown_introduction(key: ListKey, context: Context) -> str:
    """Return the introduction of a topic as safe HTML for its page; "" when it has none."""
    document = introduction_of(key, context)
    if document is None:
        return ""
    return html_for_page(document.html, _origin(key), addresses.of_list(key), context)


def introduction_problems(context: Context) -> Iterator[Problem]:
    """Yield a warning for each link of an introduction that leads nowhere, and what was left out of it."""
    for language in context.catalogue.languages:
        for listing in context.catalogue.lists(ListKind.TOPIC, language):
            document = introduction_of(listing.key, context)
            if document is not None:
                yield from document.problems
                yield from _dead_links(listing.key, document, context)


def _introduction(key: ListKey, context: Context) -> Document | None:
    topic = next((topic for topic in context.config.topics if topic.id == key.id), None)
    if topic is None:
        return None
    said = topic.translations.get(key.language, topic)
    if not said.introduction:
        return None
    spoken = key.language if said is not topic else ""
    labels = labels_in(context.words, context.tag(spoken))
    return render_setting(said.introduction, context.config, labels)


def _dead_links(key: ListKey, document: Document, context: Context) -> Iterator[Problem]:
    for link in document.links:
        if not destination(link.target, _origin(key), context.ground).exists:
            yield Problem(
                location=Location(path="blognet.yml", key=f"topics.{key.id}.introduction"),
                code=codes.LINK_LEADS_NOWHERE,
                severity=Severity.WARNING,
                message=f"the introduction of '{key.id}' leads to {link.target!r}, and nothing is published there",
                hint="correct the link, or approve what it points at",
            )


def _origin(key: ListKey) -> Origin:
    return Origin(path=addresses.of_list(key), language=key.language)
