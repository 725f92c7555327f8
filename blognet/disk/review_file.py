"""What a mayor chose in a review that is not written yet: ``.blognet/review.json``, for each person their own.

Private to one copy of the network, and safe to lose. What cannot be read counts as nothing kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.reading import MAX_TEXT, read_plain
from blognet.disk.writing import replace_file
from blognet.kernel.hashing import parse_content_hash
from blognet.kernel.ids import parse_subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import AuthorId, Subject

FORMAT = 1
NAME = "review.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChoice:
    """One choice: what would be said about which bytes.

    Attributes:
        content: None when the bytes could not be read.
        verb: As events name it.
        stage: The stage that an approval is for; "" for readers.
        waivers: Reasons by check, for an approval in spite of what that check found.
    """

    subject: Subject
    content: ContentHash | None
    verb: str
    words: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    stage: str = ""
    waivers: Mapping[str, str] = field(default_factory=dict)


def keep_choices(root: Path, actor: AuthorId, choices: tuple[KeptChoice, ...]) -> None:
    """Keep what somebody chose, in place of what was kept of them before; other people's stays.

    Raises:
        BlognetError: When the disk refuses.
    """
    reviews = {**_reviews(root), actor: [_to_dict(choice) for choice in choices]}
    if not choices:
        del reviews[actor]
    said = {"format": FORMAT, "reviews": reviews}
    raw = (json.dumps(said, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    replace_file(private_folder(root) / NAME, raw)


def kept_choices(root: Path, actor: AuthorId) -> tuple[KeptChoice, ...]:
    """Return what was kept of somebody, in the order of choosing."""
    found = _reviews(root).get(actor, [])
    read = (_from_dict(item) for item in found) if isinstance(found, list) else ()
    return tuple(choice for choice in read if choice is not None)


def _reviews(root: Path) -> dict[str, object]:
    raw = read_plain(root, (PRIVATE, NAME), limit=8 * MAX_TEXT)
    if isinstance(raw, FileFault):
        return {}
    try:
        said: object = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return {}
    reviews = said.get("reviews")
    return {str(key): value for key, value in reviews.items()} if isinstance(reviews, dict) else {}


def _to_dict(choice: KeptChoice) -> dict[str, object]:
    return {
        "content": str(choice.content) if choice.content else "",
        "options": dict(choice.options),
        "stage": choice.stage,
        "subject": str(choice.subject),
        "verb": choice.verb,
        "waivers": dict(choice.waivers),
        "words": choice.words,
    }


def _from_dict(item: object) -> KeptChoice | None:
    if not isinstance(item, dict):
        return None
    subject = parse_subject(str(item.get("subject")))
    options, waivers = item.get("options"), item.get("waivers", {})
    if subject is None or not isinstance(options, dict) or not isinstance(waivers, dict):
        return None
    return KeptChoice(
        subject=subject,
        content=parse_content_hash(str(item.get("content"))),
        verb=str(item.get("verb")),
        words=str(item.get("words", "")),
        options={str(key): str(value) for key, value in options.items()},
        stage=str(item.get("stage", "")),
        waivers={str(key): str(value) for key, value in waivers.items()},
    )
