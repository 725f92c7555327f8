"""What a source said when it was read by itself, on a card (`blognet.actions.cards`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from blognet.actions.cards import cards_in, said_moment, written
from blognet.content import codes
from blognet.content.values import Author, Post
from blognet.kernel.ids import Kind, Subject
from blognet.kernel.problems import Location, Problem, Severity
from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from blognet.content.values import Proposal
    from blognet.kernel.ids import AuthorId


class TextCard(NamedTuple):
    """A source text that makes a proposal, as it was read by itself.

    Attributes:
        path: The text.
        bundle: Its folder, or "".
        kind, id, language: Its subject.
        content: Its content hash in hex; "" when it could not be decoded.
        is_draft: Whether its author keeps it back.
        title: With secrets masked; None when its content could not be read.
        authors: Those of a post; None when its content could not be read.
        date: Of a post, "" for none.
        aliases: Of a post.
        assets: Paths in the bundle.
        sources: Paths of the assets.
        named: Authors that its front matter names.
        problems: With secrets masked, as lists.
    """

    path: str
    bundle: str
    kind: str
    id: str
    language: str
    content: str
    is_draft: bool
    title: str | None
    authors: Sequence[str] | None
    date: str
    aliases: Sequence[str]
    assets: Sequence[str]
    sources: Sequence[str]
    named: Sequence[str]
    problems: Sequence[Sequence[str | int]]

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(kind=Kind(self.kind), id=self.id, language=self.language)

    @property
    def key(self) -> str:
        """The subject as a text: ``post/hello-world.de``."""
        return (
            f"{self.kind}/{self.id}.{self.language}" if self.language else f"{self.kind}/{self.id}"
        )

    @property
    def is_faulty(self) -> bool:
        """Whether an error keeps it waiting."""
        return any(problem[7] == Severity.ERROR for problem in self.problems)


class SourceCard(NamedTuple):
    """A text file, a bundle, or another file among the sources: what is read by itself.

    Attributes:
        authors: A digest of the authors that were known when it was read.
        folder: The author that its folders named.
        problems: Those that belong to no subject, as lists.
        texts: Its texts.
    """

    authors: str
    folder: str
    problems: Sequence[Sequence[str | int]]
    texts: Sequence[TextCard]

    def holds(self, *, digest: str, authors: frozenset[AuthorId], folder: str) -> bool:
        """Whether it would be read in the same way knowing these authors."""
        if self.authors == digest:
            return True
        every = (problem for text in self.texts for problem in text.problems)
        return (
            self.folder == folder
            and all(authors.issuperset(text.named) for text in self.texts)
            and all(problem[6] != codes.UNKNOWN_AUTHOR for problem in every)
        )


def source_text(
    proposals: Iterable[Proposal], problems: Iterable[Problem], *, authors: str, folder: str
) -> str:
    """Return the card of a source, as it is kept. Its problems repeat no secret."""
    return written(
        [authors, folder, [_problem(one) for one in problems], [_text(one) for one in proposals]]
    )


def source_cards(said: Mapping[str, str]) -> dict[str, SourceCard]:
    """Read cards of sources; what is none is left out."""
    return cards_in(said, _source_card)


def text_card(proposal: Proposal) -> TextCard:
    """Return the card of a text that was read."""
    post = proposal.content if isinstance(proposal.content, Post) else None
    return TextCard(
        path=proposal.path,
        bundle=proposal.bundle or "",
        kind=proposal.subject.kind.value,
        id=proposal.subject.id,
        language=proposal.subject.language,
        content=proposal.hash.hex if proposal.hash else "",
        is_draft=proposal.is_draft,
        title=title_of(proposal.content),
        assets=[asset.path for asset in proposal.assets],
        sources=proposal.asset_sources,
        problems=[_problem(one) for one in proposal.problems],
        authors=post.authors if post else None,
        date=said_moment(post.date) if post and post.date else "",
        aliases=post.front.aliases if post else (),
        named=post.front.authors if post else (),
    )


def problems_on(said: Sequence[Sequence[str | int]]) -> tuple[Problem, ...]:
    """Return the problems on a card."""
    return tuple(
        Problem(
            location=Location(
                path=str(path), line=int(line), column=int(column), width=int(width),
                key=str(key), excerpt=str(excerpt),
            ),
            code=str(code),
            severity=Severity(str(severity)),
            message=str(message),
            hint=str(hint),
        )
        for path, line, column, width, key, excerpt, code, severity, message, hint in said
    )  # fmt: skip


def title_of(content: Post | Author | None) -> str | None:
    """Return the title or name as it lies on disk, with secrets masked; None when it cannot be read."""
    match content:
        case Post():
            return masked(content.front.title)
        case Author():
            return content.name
        case None:
            return None
        case _:
            assert_never(content)


def _source_card(values: list[Any]) -> SourceCard:
    authors, folder, problems, texts = values
    return SourceCard(authors, folder, problems, [TextCard._make(text) for text in texts])


def _text(proposal: Proposal) -> list[object]:
    return list(text_card(proposal))


def _problem(problem: Problem) -> list[str | int]:
    at = problem.location
    return [
        at.path, at.line, at.column, at.width, at.key, at.excerpt,
        problem.code, problem.severity.value, problem.message, problem.hint,
    ]  # fmt: skip
