"""The words that posts are gathered by: topics, tags, series, and the teams of their authors.

Answers which lists a post belongs to, and what people call each of them. A word and a list are joined by the word's
slug, so that "Machine Learning" and "machine-learning" are one tag.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.text import slug_of_word
from blognet.site import codes
from blognet.site.pages import ListKey, ListKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from blognet.config import Config
    from blognet.config.config import Term as ConfiguredTerm
    from blognet.config.config import Topic as ConfiguredTopic
    from blognet.kernel.ids import AuthorId
    from blognet.site.published import LiveAuthor, LivePost

    FindTerm = Callable[[ListKind, str, str], "Term"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of a post: the list it stands for and how it is spelled there.

    Attributes:
        key: Its id is "" when the word has no letter or digit.
        spelling: Without needless blanks.
        meant: As written, or the word that it is another word for.
    """

    key: ListKey
    spelling: str
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a list is called in a language; `foreign` when these are words of the main language."""

    name: str
    description: str = ""
    foreign: bool = False


def terms_of(
    live: LivePost, authors: Mapping[AuthorId, LiveAuthor], find: FindTerm
) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the topics, tags, series and teams of a post, each list once, in the order written.

    Args:
        live: The post.
        authors: The known ones.
        find: As `term_finder` returns it.

    Returns:
        The terms, and a warning for each word that has no letter or digit.
    """
    terms: dict[ListKey, Term] = {}
    problems: list[Problem] = []
    for kind, written in _words(live, authors):
        term = find(kind, written, live.subject.language)
        if term.key.id:
            terms.setdefault(term.key, term)
        else:
            problems.append(_wordless(live, kind, term.meant))
    return tuple(terms.values()), tuple(problems)


def term_finder(config: Config) -> FindTerm:
    """Return what finds the term that a word stands for: a few hundred words are used by thousands of posts."""

    @cache
    def find(kind: ListKind, written: str, language: str) -> Term:
        meant = _meant(kind, written, config)
        slug = _configured_id(kind, meant, config) or slug_of_word(meant)
        key = ListKey(kind=kind, id=slug, language=language)
        return Term(key=key, spelling=" ".join(meant.split()), meant=meant)

    return find


def team_key(live: LiveAuthor, language: str, config: Config) -> ListKey | None:
    """Return the list of an author's team in a language; None without a team."""
    spelling = live.author.team
    slug = _configured_id(ListKind.TEAM, spelling, config) or slug_of_word(spelling)
    return ListKey(kind=ListKind.TEAM, id=slug, language=language) if slug else None


def commonest(spellings: Iterable[str]) -> str:
    """Return the spelling used most often; of equals the first in alphabetical order."""
    counts = Counter(spellings)
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))


def stays_commonest(name: str, gone: Iterable[str], come: Iterable[str]) -> bool:
    """Whether the commonest spelling is so still, whatever the others are, when some go and some come."""
    change = Counter(come)
    change.subtract(gone)
    return change.pop(name, 0) >= 0 and all(number <= 0 for number in change.values())


def configured(kind: ListKind, config: Config) -> Mapping[str, ConfiguredTerm | ConfiguredTopic]:
    """Return the configured terms of a kind by their ids, in their order."""
    entries: tuple[ConfiguredTerm | ConfiguredTopic, ...] = ()
    if kind is ListKind.TOPIC:
        entries = config.topics
    elif kind is ListKind.TEAM:
        entries = config.teams
    return {entry.id: entry for entry in entries}


def named(kind: ListKind, ident: str, language: str, config: Config) -> Named | None:
    """Return what a configured term is called in a language; as in the main one where it is not translated."""
    term = configured(kind, config).get(ident)
    if term is None:
        return None
    words = term.translations.get(language)
    if words is not None:
        return Named(name=words.title, description=words.description)
    return Named(
        name=term.title or term.id,
        description=term.description,
        foreign=bool(language),
    )


def _words(
    live: LivePost, authors: Mapping[AuthorId, LiveAuthor]
) -> Iterable[tuple[ListKind, str]]:
    front = live.post.front
    yield from ((ListKind.TOPIC, word) for word in front.topics)
    yield from ((ListKind.TAG, word) for word in front.tags)
    if front.series:
        yield ListKind.SERIES, front.series
    for author in live.authors:
        if author in authors and authors[author].author.team:
            yield ListKind.TEAM, authors[author].author.team


def _meant(kind: ListKind, spelling: str, config: Config) -> str:
    """Return the tag that a word is another word for; the word itself where it is none."""
    aliases = config.tags.aliases if kind is ListKind.TAG else {}
    return aliases.get(slug_of_word(spelling), spelling)


def _configured_id(kind: ListKind, spelling: str, config: Config) -> str:
    """Return the id of the configured term that a word means; "" when it means none."""
    return _id_among(
        slug_of_word(spelling),
        tuple(
            (term.id, (term.title, *(words.title for words in term.translations.values())))
            for term in configured(kind, config).values()
        ),
    )


@lru_cache(maxsize=4096)  # a few hundred words are used by thousands of posts
def _id_among(wanted: str, terms: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """Return the id of the configured term that a word means: by its id or by its title in any language."""
    for ident, titles in terms:
        if wanted and wanted in {ident, slug_of_word(ident), *map(slug_of_word, titles)}:
            return ident
    return ""


def _wordless(live: LivePost, kind: ListKind, spelling: str) -> Problem:
    return Problem(
        location=Location(path=f"record/{live.subject}/{live.hash.file_stem}.txt"),
        code=codes.TERM_WITHOUT_LETTERS,
        severity=Severity.WARNING,
        message=f"the {kind.value} {spelling!r} of '{live.subject.name}' has no letter or digit; it gets no page",
        hint="use a word",
    )
