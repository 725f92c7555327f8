"""Making again what a trace says was made, by its key alone. Knows each kind that `Memory` keeps."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from blognet.engine import kind_of, name_of
from blognet.kernel.ids import AuthorId, subject_of
from blognet.render.cards import author_view, post_card, uncounted_term
from blognet.render.feeds import feed_entry, site_said
from blognet.render.frame import site_frame
from blognet.render.introductions import introduction_of
from blognet.render.media import media_view
from blognet.render.structured import company
from blognet.render.texts import problems_of
from blognet.render.views import series_parts, team_members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.engine import FactKey
    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.site import Listing, ListKey


class Again:
    """Makes things again in one context."""

    def __init__(self, context: Context) -> None:
        """Keep the context."""
        self._context = context

    def make(self, key: FactKey) -> bool:  # noqa: C901, PLR0912  # one for each kind of thing
        """Make something again, so that the context's recorder holds its new trace.

        Returns:
            False when it cannot be made by its key: then whatever used it has to be made again.

        Raises:
            KeyError: What it shows is no longer on the site.
        """
        name, context = name_of(key), self._context
        match kind_of(key):
            case "card":
                post_card(_subject(name), context)
            case "author":
                author, _, language = name.partition(" ")
                author_view(AuthorId(author), language, context)
            case "company":
                company(context)
            case "term":
                uncounted_term(self._lists[name], context)
            case "entry":
                feed_entry(_subject(name), context)
            case "said":
                site_said(name, context)
            case "frame":
                site_frame(name, context)
            case "series":
                series_parts(self._listing(name), context)
            case "members":
                team_members(self._listing(name), context)
            case "introduction":
                introduction_of(self._lists[name], context)
            case "media":
                media_view(_subject(name), context)
            case "problems":
                problems_of(_subject(name), context)
            case "template":
                context.memory.use_template(name)
            case _:
                return False
        return context.recorder.trace_of(key) is not None

    # Nothing is being made while these are read, so nobody is noted to depend on everything.

    @cached_property
    def _lists(self) -> Mapping[str, ListKey]:
        """All lists by what their keys are as texts; none of them is read for that."""
        return {str(key): key for key in self._context.catalogue.listings}

    def _listing(self, name: str) -> Listing:
        return self._context.catalogue.listings[self._lists[name]]


def _subject(name: str) -> Subject:
    try:
        return subject_of(name)
    except ValueError:
        raise KeyError(name) from None
