"""Which posts are like a post, by the words they share. Pure: the same posts give the same answer, in any order.

Each post is a handful of weighted words (TF-IDF): those of its text, title and summary, and its tags, topics and
authors. Two posts are as alike as the angle between their words says. What is chosen from the likest is then made
various: a post that says the same as one chosen already, or comes from the same people, counts for less.

Weights and likenesses are whole numbers, and every order is total, so that no platform's rounding shows. How rare a
word is counts in powers of two, so that one more post with it changes the weights of others seldom. Posts are compared
within their language; unlisted ones are neither asked nor answered.

What was worked out can be kept on a shelf (`blognet.site.kinship`): then the work follows the number of posts that
changed. The time of the first answer is about linear in the number of posts: only posts that share a rare word are
compared at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.ids import Kind, subject_of
from blognet.kernel.shelves import LostError
from blognet.site.kinship import Asked, Kinship
from blognet.site.pages import ListKey, ListKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.kernel.ids import Subject
    from blognet.kernel.shelves import Shelf
    from blognet.site.catalogue import Catalogue
    from blognet.site.published import LivePost

    Change = tuple[LivePost | None, LivePost | None]
    """A post as it was and as it is; None when it was not there, or is not there any more."""


def related_posts(
    catalogue: Catalogue, count: int, shelf: Shelf | None = None
) -> Mapping[Subject, tuple[Subject, ...]]:
    """Return for each listed post those that are like it.

    Args:
        catalogue: What is live.
        count: How many at most; 0 asks for none.
        shelf: Where what was worked out is kept; None for nowhere. It changes nothing but the time.

    Returns:
        The likest first. Posts that nothing is like have no entry; parts of one series are never each other's answer,
        since each of them names the others anyway.
    """
    if not count:
        return {}
    found: dict[Subject, tuple[Subject, ...]] = {}
    for language in catalogue.languages:
        posts = {
            str(live.subject): Asked(live=live, terms=catalogue.terms[live.subject])
            for live in catalogue.listings[ListKey(kind=ListKind.HOME, language=language)].posts
        }
        for name, others in _answers(posts, language, count, shelf).items():
            found[posts[name].live.subject] = tuple(posts[each].live.subject for each in others)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedChange:
    """What a few other posts come to.

    Attributes:
        related: The posts whose answer may be another one, with it; () for none.
        marks: As `related_marks` gives them now.
    """

    related: Mapping[Subject, tuple[Subject, ...]]
    marks: Mapping[str, str]


def related_marks(catalogue: Catalogue, count: int, shelf: Shelf) -> Mapping[str, str]:
    """Return by language what tells whether the shelf holds what `related_posts` left there."""
    if not count:
        return {}
    return {each: Kinship(shelf, each, count).mark_of_state() for each in catalogue.languages}


def related_again(
    changes: Iterable[Change],
    terms: Mapping[Subject, tuple[ListKey, ...]],
    count: int,
    shelf: Shelf,
    marks: Mapping[str, str],
) -> RelatedChange:
    """Return what becomes of `related_posts` when a few posts are others, new or gone, and nothing else is another.

    Args:
        changes: Those, as they were and as they are, listed or not.
        terms: The lists that posts belong to now.
        count: As in `related_posts`.
        shelf: The same.
        marks: As `related_marks` gave them then.

    Raises:
        LostError: What is kept is not what it was, or of no use.
    """
    found: dict[Subject, tuple[Subject, ...]] = {}
    after = dict(marks)
    listed = [(_listed(old), _listed(new)) for old, new in changes]
    lives = [live for pair in listed for live in pair if live]
    for language in sorted({live.subject.language for live in lives}) if count else ():
        were, are = (
            {str(live.subject): live for live in some if live and live.subject.language == language}
            for some in ((old for old, _ in listed), (new for _, new in listed))
        )
        if language not in marks or any(live.subject not in terms for live in are.values()):
            raise LostError
        asked = {name: Asked(live=live, terms=terms[live.subject]) for name, live in are.items()}
        kinship = Kinship(shelf, language, count)
        answers, after[language] = kinship.exchanged(
            asked, marks[language], fresh=are.keys() - were.keys(), gone=were.keys() - are.keys()
        )
        for name, others in answers.items():
            found[subject_of(name)] = tuple(map(subject_of, others))
    return RelatedChange(related=found, marks=after)


def _listed(live: LivePost | None) -> LivePost | None:
    is_post = live is not None and live.subject.kind is Kind.POST
    return live if live is not None and is_post and live.is_listed else None


def _answers(
    posts: Mapping[str, Asked], place: str, count: int, shelf: Shelf | None
) -> Mapping[str, tuple[str, ...]]:
    try:
        return Kinship(shelf, place, count).answers(posts)
    except LostError:
        return Kinship(shelf, place, count, anew=True).answers(posts)
