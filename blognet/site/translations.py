"""Which contents say the same in other languages. Answers for every live post and page at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.ids import Kind, Subject
    from blognet.site.published import LivePost


def translations_of(contents: tuple[LivePost, ...]) -> Mapping[Subject, tuple[Subject, ...]]:
    """Link contents of one kind that share their id or their ``translation_key``.

    Returns:
        For each content that has any: one listed version in each other language, sorted by language, so that the main
        language comes first. Where a language offers two, that of the same id wins, then the first by id.
    """
    by_id: dict[tuple[Kind, str], list[Subject]] = defaultdict(list)
    by_key: dict[tuple[Kind, str], list[Subject]] = defaultdict(list)
    for live in contents:
        if live.is_listed:
            by_id[live.subject.kind, live.subject.id].append(live.subject)
            if key := live.post.front.translation_key:
                by_key[live.subject.kind, key].append(live.subject)
    linked: dict[Subject, tuple[Subject, ...]] = {}
    for live in contents:
        subject, key = live.subject, live.post.front.translation_key
        same_key = sorted(by_key[subject.kind, key]) if key else []
        chosen = {other.language: other for other in reversed(same_key)}
        chosen |= {other.language: other for other in by_id[subject.kind, subject.id]}
        others = tuple(
            chosen[language] for language in sorted(chosen) if language != subject.language
        )
        if others:
            linked[subject] = others
    return linked
