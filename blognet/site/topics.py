"""What the mayors say of a topic beside its name: whom to ask, and what to read first. Knows no HTML.

Both come from blognet.yml, which is the mayors'. What they name is shown when it is live, and told when it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.problems import Location, Problem, Severity
from blognet.site import codes
from blognet.site.pages import ListKey, ListKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config import Config
    from blognet.site.catalogue import Catalogue


def experts_on(key: ListKey, catalogue: Catalogue, config: Config) -> tuple[AuthorId, ...]:
    """Return whom readers of a list can ask, in the configured order; those with an approved profile alone."""
    if key.kind is not ListKind.TOPIC:
        return ()
    named = (ident for topic in config.topics if topic.id == key.id for ident in topic.experts)
    return tuple(
        AuthorId(ident) for ident in dict.fromkeys(named) if AuthorId(ident) in catalogue.authors
    )


def topics_of_expert(key: ListKey, catalogue: Catalogue, config: Config) -> tuple[ListKey, ...]:
    """Return the topics that the author of a list can be asked about, where they have a page in its language."""
    if key.kind is not ListKind.AUTHOR or AuthorId(key.id) not in catalogue.authors:
        return ()
    topics = (
        ListKey(kind=ListKind.TOPIC, id=topic.id, language=key.language)
        for topic in config.topics
        if key.id in topic.experts
    )
    return tuple(topic for topic in topics if topic in catalogue.listings)


def pinned_on(key: ListKey, catalogue: Catalogue, config: Config) -> tuple[Subject, ...]:
    """Return what newcomers to a topic should read first, in the configured order and in the topic's language."""
    if key.kind is not ListKind.TOPIC:
        return ()
    named = (ident for topic in config.topics if topic.id == key.id for ident in topic.pinned)
    found = (_post_in(ident, key.language, catalogue) for ident in dict.fromkeys(named))
    return tuple(dict.fromkeys(subject for subject in found if subject is not None))


def topic_problems(catalogue: Catalogue, config: Config) -> Iterator[Problem]:
    """Yield a warning for each expert without an approved profile, and each pinned post that is not live."""
    posts = {subject.id for subject in catalogue.contents if subject.kind is Kind.POST}
    for topic in config.topics:
        for ident in dict.fromkeys(topic.experts):
            if AuthorId(ident) not in catalogue.authors:
                yield _warning(
                    codes.EXPERT_UNKNOWN,
                    f"'{ident}', an expert on '{topic.title}', has no approved profile, and is left out",
                    did_you_mean(ident, catalogue.authors) or f"approve profile/{ident}",
                    key=f"topics.{topic.id}.experts",
                )
        for ident in dict.fromkeys(topic.pinned):
            if not any(
                _post_in(ident, language, catalogue) for language in ("", *catalogue.languages)
            ):
                yield _warning(
                    codes.PINNED_NOT_LIVE,
                    f"the post '{ident}', pinned to '{topic.title}', is not live or not listed, and is left out",
                    did_you_mean(ident, posts) or f"approve {ident}, or take it out of 'pinned'",
                    key=f"topics.{topic.id}.pinned",
                )


def _post_in(ident: str, language: str, catalogue: Catalogue) -> Subject | None:
    """Return the listed post of this id in a language, or one that says the same there."""
    subject = Subject(kind=Kind.POST, id=ident, language=language)
    live = catalogue.contents.get(subject)
    if live is not None:
        return subject if live.is_listed else None
    for other in catalogue.languages:
        elsewhere = Subject(kind=Kind.POST, id=ident, language=other)
        for translation in catalogue.translations.get(elsewhere, ()):
            if translation.language == language:
                return translation
    return None


def _warning(code: str, message: str, hint: str, *, key: str) -> Problem:
    return Problem(
        location=Location(path="blognet.yml", key=key),
        code=code,
        severity=Severity.WARNING,
        message=message,
        hint=hint,
    )
