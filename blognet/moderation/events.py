"""Events: one decision or remark each, as values. Knows no files and no clock; decides nothing.

How an event is written as bytes is `blognet.moderation.event_json`; what each verb does to a standing is the table in
`blognet.moderation.standing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from blognet.kernel.hashing import PathFacts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from blognet.kernel.hashing import AssetEntry, ContentHash
    from blognet.kernel.ids import AuthorId, EventId, SitePath, Subject


class Verb(StrEnum):
    """What an event does. The effect of each on a standing is the table in `blognet.moderation.standing`."""

    SUBMIT = "submit"
    RECALL = "recall"
    APPROVE = "approve"
    RETURN = "return"
    DECLINE = "decline"
    HOLD = "hold"
    RELEASE = "release"
    COMMENT = "comment"
    SUGGEST = "suggest"
    RESOLVE = "resolve"
    RETRACT = "retract"
    RESTORE = "restore"
    FORCE = "force"
    CORRECT = "correct"
    GRANT = "grant"
    REVOKE = "revoke"
    THANK = "thank"
    FEATURE = "feature"
    PURGE = "purge"


CLAIM = "claim"
"""The ``kind`` of a comment that is no remark about the text: its actor has taken the subject on."""


class Seen(StrEnum):
    """How an actor had seen the bytes that the event is about."""

    SHOWN = "shown"
    """A command had shown exactly these bytes (a receipt)."""
    ASKED = "asked"
    """Shown at the prompt that asked for the decision."""
    NAMED = "named"
    """The hash was named on the command line."""
    LISTED = "listed"
    """Titles and hashes were listed and confirmed at once (``--all``)."""
    ASSUMED = "assumed"
    """``--yes``: nobody claims to have looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an approval fixed, beside the bytes.

    Attributes:
        url: Where the subject lives; "" for profiles. The first approval's is kept for ever.
        authors: The resolved authors.
        date: The resolved date.
        publish: When it may appear: the later of the date and ``publish_at``.
        expires: When it leaves the site again, if ever.
        title: The title at the time, in events of before; no longer written, since it would outlive a purge.
    """

    url: SitePath
    authors: tuple[AuthorId, ...]
    date: datetime
    publish: datetime
    expires: datetime | None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One decision or remark about one subject.

    Attributes:
        network: The network's id, so that an event cannot be replayed in another network.
        subject: What it is about.
        verb: What it does.
        actor: Who did it.
        time: Aware UTC, whole seconds; orders nothing.
        prev: The heads of this subject that the actor had, sorted.
        content: Hash of the bytes it is about; None when there were none.
        path_facts: With `assets` and the approved text, what `content` is computed from.
        assets: The manifest of the bytes it is about.
        facts: On approve, what the approval fixed.
        words: SHA-256 in hex of the words file's text; "" when there is none.
        seen: How the actor had seen the bytes; None where it does not matter.
        findings: On approve, what the checks found in these bytes: ``CHECK:LINE:SEVERITY`` each.
        waivers: On approve, why findings did not matter: ``CHECK: REASON`` each.
        stage: On approve, the stage whose reviewer says yes; such an approval publishes nothing. On a must and
            its settling, the stage in whose name a reviewer insists.
        options: Settings of the verb, texts only: ``until`` (hold), ``kind``, ``to``, ``quiet`` (retract), ``solo``,
            ``takeover``, ``rules``, ``grant``, ``carried_from``, ``rule`` (approve), ``second`` (force), ``until``,
            ``posts`` (grant), ``uses`` (revoke), ``topic``, ``off`` (feature), ``deputy`` (any decision of a
            deputy), ``quote``, ``before``, ``after`` (comment, suggest), ``kind`` (comment), ``with`` (suggest),
            ``note``, ``how``, ``suggested_by`` (resolve), ``private`` (what of it lies in the words file:
            `blognet.moderation.kept_words`).
        unknown: Keys of a later minor version, kept as they were.
    """

    network: str
    subject: Subject
    verb: Verb
    actor: AuthorId
    time: datetime
    prev: tuple[EventId, ...] = ()
    content: ContentHash | None = None
    path_facts: PathFacts = field(default_factory=PathFacts)
    assets: tuple[AssetEntry, ...] = ()
    facts: Facts | None = None
    words: str = ""
    seen: Seen | None = None
    stage: str = ""
    findings: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_for_readers(self) -> bool:
        """Whether it says yes to bytes for readers: an approval that is no stage's, or a force."""
        return self.verb is Verb.FORCE or (self.verb is Verb.APPROVE and not self.stage)
