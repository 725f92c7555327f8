"""What a source said when it was read by itself, on a card (`blognet.actions.cards`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, assert_never

from blognet.actions.cards import line_of, said_moment, written, yes
from blognet.content import codes
from blognet.content.values import Author, Post
from blognet.kernel.problems import Location, Problem, Severity
from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from blognet.content.values import Proposal
    from blognet.kernel.ids import AuthorId


_HEAD = 3
"""Fields in the first line of a card."""


class TextCard(NamedTuple):
    """A source text that makes a proposal, as it was read by itself.

    Attributes:
        key: Its subject as a text: ``post/hello-world.de``.
        path: The text.
        bundle: Its folder, or "".
        content: Its content hash in hex; "" when it could not be decoded.
        draft: "1" when its author keeps it back.
        faulty: "1" when an error keeps it waiting.
        called: The title as JSON, with secrets masked; "" when its content could not be read.
        formerly: Aliases of a post as JSON, "" for none.
        files: Paths of the assets as JSON, "" for none.
        faults: Problems as JSON, with secrets masked, "" for none.
        said: The rest as JSON: authors of a post or None, its date or "", paths of assets in the bundle, and authors
            that its front matter names.
    """

    key: str
    path: str
    bundle: str
    content: str
    draft: str
    faulty: str
    called: str
    formerly: str
    files: str
    faults: str
    said: str

    @property
    def is_draft(self) -> bool:
        """Whether its author keeps it back."""
        return bool(self.draft)

    @property
    def is_faulty(self) -> bool:
        """Whether an error keeps it waiting."""
        return bool(self.faulty)

    @property
    def title(self) -> str | None:
        """The title, with secrets masked; None when its content could not be read."""
        return title_in(self.called)

    @property
    def aliases(self) -> Sequence[str]:
        """Old addresses of a post."""
        return texts_in(self.formerly)

    @property
    def sources(self) -> Sequence[str]:
        """Paths of the assets."""
        return texts_in(self.files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it, with secrets masked."""
        return _problems_in(self.faults)

    @property
    def rest(self) -> TextRest:
        """What few ask for."""
        return TextRest._make(json.loads(self.said))


class TextRest(NamedTuple):
    """What few ask of the card of a text.

    Attributes:
        authors: Those of a post; None when its content could not be read.
        date: Of a post, "" for none.
        assets: Paths in the bundle.
        named: Authors that its front matter names.
    """

    authors: Sequence[str] | None
    date: str
    assets: Sequence[str]
    named: Sequence[str]


class SourceCard(NamedTuple):
    """A text file, a bundle, or another file among the sources: what is read by itself.

    Attributes:
        authors: A digest of the authors that were known when it was read.
        folder: The author that its folders named.
        faults: Problems that belong to no subject as JSON, "" for none.
        texts: Its texts.
    """

    authors: str
    folder: str
    faults: str
    texts: Sequence[TextCard]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those that belong to no subject."""
        return _problems_in(self.faults)

    def holds(self, *, digest: str, authors: frozenset[AuthorId], folder: str) -> bool:
        """Whether it would be read in the same way knowing these authors."""
        if self.authors == digest:
            return True
        every = (problem for text in self.texts for problem in text.problems)
        return (
            self.folder == folder
            and all(authors.issuperset(text.rest.named) for text in self.texts)
            and all(problem.code != codes.UNKNOWN_AUTHOR for problem in every)
        )


def source_text(
    proposals: Iterable[Proposal], problems: Iterable[Problem], *, authors: str, folder: str
) -> str:
    """Return the card of a source, as it is kept. Its problems repeat no secret."""
    head = line_of((authors, folder, _faults(problems)))
    lines = [head, *(line_of(text_card(one)) for one in proposals)]
    return "\n".join(lines) if all(lines) else ""


def source_cards(said: Mapping[str, str]) -> dict[str, SourceCard]:
    """Read cards of sources; what is none is left out."""
    count, make = len(TextCard._fields), tuple.__new__
    cards: dict[str, SourceCard] = {}
    for unit, card in said.items():
        head, *lines = card.split("\n")
        facts = head.split("\t")
        # As `_make`, which would count them again.
        texts = [
            make(TextCard, fields) for line in lines if len(fields := line.split("\t")) == count
        ]
        if len(facts) == _HEAD and len(texts) == len(lines):
            authors, folder, faults = facts
            cards[unit] = SourceCard(authors, folder, faults, texts)
    return cards


def text_card(proposal: Proposal) -> TextCard:
    """Return the card of a text that was read."""
    post = proposal.content if isinstance(proposal.content, Post) else None
    title = title_of(proposal.content)
    date = said_moment(post.date) if post and post.date else ""
    assets = [asset.path for asset in proposal.assets]
    named = post.front.authors if post else ()
    return TextCard(
        key=str(proposal.subject),
        path=proposal.path,
        bundle=proposal.bundle or "",
        content=proposal.hash.hex if proposal.hash else "",
        draft=yes(proposal.is_draft),
        faulty=yes(proposal.is_faulty),
        called="" if title is None else json.dumps(title, ensure_ascii=not title.isprintable()),
        formerly=_texts(post.front.aliases if post else ()),
        files=_texts(proposal.asset_sources),
        faults=_faults(proposal.problems),
        said=written([post.authors if post else None, date, assets, named]),
    )


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


def _texts(texts: Sequence[str]) -> str:
    return written(texts) if texts else ""


def title_in(called: str) -> str | None:
    """Read a title as cards and lines hold it; None when there is none."""
    if "\\" in called:
        return str(json.loads(called))
    return called[1:-1] if called else None


def texts_in(said: str) -> Sequence[str]:
    """Read several texts as cards and lines hold them."""
    return tuple(json.loads(said)) if said else ()


def _faults(problems: Iterable[Problem]) -> str:
    listed = [_problem(one) for one in problems]
    return written(listed) if listed else ""


def _problems_in(said: str) -> tuple[Problem, ...]:
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
        for path, line, column, width, key, excerpt, code, severity, message, hint in (
            json.loads(said) if said else ()
        )
    )  # fmt: skip


def _problem(problem: Problem) -> list[str | int]:
    at = problem.location
    return [
        at.path, at.line, at.column, at.width, at.key, at.excerpt,
        problem.code, problem.severity.value, problem.message, problem.hint,
    ]  # fmt: skip
