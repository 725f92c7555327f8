"""What texts that wait came to: read, and rendered for the checks, kept in the index from one command to the next.

A mayor looks at the same few texts again and again, and nothing takes as long as loading what reads front matter and
what renders. A row is good while all files of a text's unit have the marks that they had, its text has the same
bytes, and the same authors are known. It holds no text and no body: these are read from the file. A text with a key or
a token in it is not kept. What cannot be kept, or is not certain, is read again.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple

from blognet.actions.nameless import KeptFaultError, Kinds, as_bytes, from_bytes
from blognet.content.values import Proposal
from blognet.disk.index import Row
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.text import decode_source
from blognet.moderation.secrets import secrets_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from blognet.disk.index import Index
    from blognet.markup import Document

SECTION = "waiting"
_KINDS = Kinds(
    (
        "blognet.content.values",
        "blognet.kernel.hashing",
        "blognet.kernel.ids",
        "blognet.kernel.problems",
    ),
    *(datetime, timedelta, timezone),
)
_FEW = 8
"""Rows that are looked up one by one; who asks for more gets all at once. Also texts that are kept although they do not
wait: who looks at more goes through what is live, which would be in the way of the next who looks at what waits."""


class _Known(NamedTuple):
    """What is kept of a text.

    Attributes:
        proposal: Without its text and its body.
        body: The character of the text at which the body begins.
        digest: Of the text.
        name: A digest of everything that the Document is made from; "" when it was never rendered.
        document: As bytes.
    """

    proposal: Proposal
    body: int
    digest: str
    name: str
    document: bytes


@dataclass(slots=True, kw_only=True)
class KeptWaiting:
    """What is known of texts that wait, for one command.

    Attributes:
        index: Where it is kept.
        authors: A digest of the authors that are known.
        lying: Gives the names and marks of all files of the unit of a text, named by its path; None when these could
            still change unseen.
        is_waiting: Whether a subject, named as a text, is proposed.
        read: Gives a text as it was read by itself, secrets masked in its problems; None when that was not done.
        beside: Paths of texts that had to be read because others are the same subject, and of what lies beside these
            texts; they are kept, too.
    """

    index: Index
    authors: str
    lying: Callable[[str], Row | None]
    is_waiting: Callable[[str], bool]
    read: Callable[[str], Proposal | None]
    beside: frozenset[str] = frozenset()
    _asked: int = 0
    _all: Mapping[str, Row] | None = None
    _known: dict[str, _Known] = field(default_factory=dict)
    _documents: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def proposal(self, path: str, raw: bytes) -> Proposal | None:
        """Return a text as it was read by itself; None when it has to be read.

        Args:
            path: Of the text.
            raw: The bytes of the text.
        """
        known, text = self._found(path), decode_source(raw)
        if known is None or not isinstance(text, str) or known.digest != _digest(text):
            return None
        content = known.proposal.content
        whole = content and replace(content, body=text[known.body :])
        return replace(known.proposal, text=text, content=whole)

    def document(self, path: str, name: str) -> Document | None:
        """Return a text rendered; None when it has to be.

        Args:
            path: Of the text.
            name: A digest of everything that it is made from.
        """
        from blognet.render.documents import document_from_bytes

        known = self._found(path)
        if known is None or known.name != name:
            return None
        try:
            return document_from_bytes(known.document)
        except ValueError:
            return None

    def take(self, path: str, name: str, document: Document) -> None:
        """Note a text that was rendered, to be kept."""
        from blognet.render.documents import document_as_bytes

        self._documents[path] = (name, document_as_bytes(document))

    def keep(self, proposals: Iterable[Proposal]) -> None:
        """Keep what proposals that somebody looked at came to, and forget those that wait no more."""
        looked_at = tuple(proposals)
        kept = (
            each.path
            for each in looked_at
            if len(looked_at) <= _FEW or self.is_waiting(str(each.subject))
        )
        fresh: dict[str, Row] = {}
        for path in {*kept, *self.beside}:
            if path in self._known and path not in self._documents:
                continue
            row = self.lying(path)
            said = self._said(path) if row is not None else ""
            if row is not None and said:
                fresh[path] = Row(row.names, row.marks, said)
        if not fresh:
            return
        gone = [
            path
            for path, row in self.index.rows(SECTION).items()
            if path not in fresh and not self.is_waiting(row.said.partition("\n")[0])
        ]
        self.index.keep(SECTION, fresh, gone=gone)

    def _found(self, path: str) -> _Known | None:
        if path not in self._known:
            row, lying = self._row(path), self.lying(path)
            if row is None or lying is None or row[:2] != lying[:2]:
                return None
            known = _known_from(row.said, self.authors)
            if known is None or known.proposal.path != path:
                return None
            self._known[path] = known
        return self._known[path]

    def _row(self, path: str) -> Row | None:
        self._asked += 1
        if self._all is None and self._asked <= _FEW:
            return self.index.rows_at(SECTION, [path]).get(path)
        if self._all is None:
            self._all = self.index.rows(SECTION)
        return self._all.get(path)

    def _said(self, path: str) -> str:
        proposal, known = self.read(path), self._known.get(path)
        if proposal is None or proposal.hash is None:
            return ""
        text = proposal.text
        body = proposal.content.body if proposal.content else ""
        if not text.endswith(body) or secrets_in(text):
            return ""
        name, document = self._documents.get(path, ("", b""))
        if known is not None and not document:
            name, document = known.name, known.document
        bare = replace(proposal.content, body="") if proposal.content else None
        values = (replace(proposal, text="", content=bare), len(text) - len(body), name, document)
        try:
            raw = as_bytes(values, _KINDS)
        except (KeptFaultError, TypeError):
            return ""  # what an author put under 'extra' is of a kind that cannot be kept
        head = (str(proposal.subject), self.authors, _digest(text))
        return "\n".join((*head, b64encode(raw).decode("ascii")))


def _known_from(said: str, authors: str) -> _Known | None:
    """Read what is kept of a text; None when it is nothing, or was read when other authors were known."""
    _, known_then, digest, *rest = (*said.split("\n"), "", "")
    if known_then != authors:
        return None
    try:
        match from_bytes(b64decode(rest[0]), _KINDS):
            case Proposal() as proposal, int() as body, str() as name, bytes() as document:
                return _Known(proposal, body, digest, name, document)
            case _:
                return None
    except (KeptFaultError, ValueError):
        return None


def _digest(text: str) -> str:
    return sha256_hex(text.encode("utf-8", "surrogatepass"))
