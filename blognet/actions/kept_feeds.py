"""Entries of feeds as the last build wrote them, read out of the feeds themselves.

A feed that gets a new entry keeps the others, each with the whole text of a post. Those that nothing changed are taken
from its file, when that holds the very bytes that were made then, and noted as if they had been made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.page_slices import FILE
from blognet.engine import ABSENT, fact_key
from blognet.kernel.hashing import sha256_hex
from blognet.render.context import ENTRY
from blognet.render.facts import PAGE
from blognet.render.feed_entries import entries_in
from blognet.render.feed_values import KeptEntry
from blognet.site import Page
from blognet.site.addresses import output_name
from blognet.site.pages import Feed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.actions.kept_scene import KeptUnits
    from blognet.disk.memory import Recall
    from blognet.engine import Recorder
    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.site import Catalogue


def use_kept_entries(
    context: Context, before: KeptUnits, recalled: Recall, catalogue: Catalogue, target: Path
) -> None:
    """Let feeds use the entries of the last build, now that those that changed were made again.

    Args:
        context: The look-ups; its recorder has traces of what was made again.
        before: The units of the last build.
        recalled: What it remembers.
        catalogue: What is live now, watched by nobody.
        target: The output, which nobody touched since.
    """
    context.memory.kept_entries = _KeptFeeds(
        before=before,
        recalled=recalled,
        recorder=context.recorder,
        catalogue=catalogue,
        target=target,
    ).entries_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeptFeeds:
    """Where they are; see `use_kept_entries`."""

    before: KeptUnits
    recalled: Recall
    recorder: Recorder
    catalogue: Catalogue
    target: Path

    def entries_of(self, page: Page) -> Mapping[Subject, KeptEntry]:
        """Return the entries of a feed that are as they were, of those that were in it."""
        name, feed = output_name(page.path), page.shows
        known = self.before.value(f"{PAGE} {page.key}")
        if not isinstance(feed, Feed) or not isinstance(known, Page) or known.path != page.path:
            return {}
        if not isinstance(known.shows, Feed) or known.shows.format is not feed.format:
            return {}
        try:
            raw = (self.target / name).read_bytes()
        except OSError:
            return {}
        if sha256_hex(raw) != self.recalled.digest_of(fact_key(FILE, name)):
            return {}
        pieces = entries_in(raw, feed.format)
        if len(pieces) != len(known.shows.entries):
            return {}
        written = dict(zip(known.shows.entries, pieces, strict=True))
        return {
            subject: KeptEntry(
                updated=self.catalogue.contents[subject].changed, raw=written[subject]
            )
            for subject in feed.entries
            if subject in written and self._is_as_it_was(subject)
        }

    def _is_as_it_was(self, subject: Subject) -> bool:
        key = fact_key(ENTRY, str(subject))
        return self.recorder.trace_of(key) is None and self.recalled.digest_of(key) != ABSENT
