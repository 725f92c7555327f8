"""Subjects of every kind in every state that readers must not see, with words of their own wherever one can be written.

A word is ``zq``, the mark of its subject and the place it stands in: ``zqheldtitle``. It is a slug as it is, so that
it looks the same in an address, in a file's name and in a text.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.invariants.network_folder import CONFIG, NOW, NetworkFolder, post, start
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.markup import Parser

EARLY, LATE = "2065-01-01T12:00:00Z", "2075-01-01T12:00:00Z"
"""Before and after `NOW`."""
PAGE_PLACES = (
    "title", "body", "heading", "code", "footnote", "link", "inlinealt", "description", "alias", "picturename",
    "attachment",
)  # fmt: skip
POST_PLACES = (*PAGE_PLACES, "tag", "topic", "series", "summary", "coveralt")
HIDDEN_PLACES = ("picturebytes", "face")
"""Where words of a subject stand that readers never get: beside the pixels of its pictures."""
PROFILE_PLACES = ("name", "role", "team", "bio", "label", "address")


def word(mark: str, place: str) -> str:
    """Return the word of a subject for a place."""
    return f"zq{mark}{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One subject that readers must not see.

    Attributes:
        mark: Names it.
        folder: Its bundle.
        name: What a mayor types.
        index: The bundle's text.
        places: Where its words are shown once it is approved; nowhere before.
        front: More front matter.
        shown: A time at which it is shown once everything is approved.
    """

    mark: str
    folder: str
    name: str
    index: str = "index.md"
    places: tuple[str, ...] = POST_PLACES
    front: Mapping[str, str] = field(default_factory=dict)
    shown: str = NOW

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word(self.mark, place) for place in self.places)


def _new(
    mark: str, tree: str = "queue", *, shown: str = NOW, suffix: str = "", **front: str
) -> Case:
    """Make a case of a new post, whose slug is a word, too."""
    slug = word(mark, "slug")
    return Case(
        mark=mark, folder=f"{tree}/{slug}", name=slug + suffix, index=f"index{suffix}.md",
        places=(*POST_PLACES, "slug"), front=MappingProxyType(front), shown=shown,
    )  # fmt: skip


QUEUED = _new("queued")
DRAFT = _new("draft", draft="true")
DRAFT_IN_POSTS = _new("draftinposts", "posts", draft="true")
DROPPED_IN_POSTS = _new("dropped", "posts")
FAULTY = _new("faulty", faulty="yes")
RETURNED = _new("returned")
DECLINED = _new("declined")
HELD = _new("held")
GERMAN = _new("german", suffix=".de")
CONTESTED = _new("contested")
SCHEDULED = _new("scheduled", shown=LATE, date="2072-01-05")
PUBLISHED_LATER = _new("publishedlater", shown=LATE, publish_at="2072-01-05")
EXPIRED = _new("expired", shown=EARLY, expires="2067-07-01")
QUIET = _new("quiet")
RETRACTED = Case(mark="retracted", folder="posts/gone", name="gone")
EDITED = Case(mark="edited", folder="posts/edited", name="edited")
DISPUTED = Case(mark="disputed", folder="posts/disputed", name="disputed")
NEW_PAGE = Case(
    mark="newpage", folder="pages/zqnewpageslug", name="page/zqnewpageslug", places=(*PAGE_PLACES, "slug")
)  # fmt: skip
EDITED_PAGE = Case(mark="editedpage", folder="pages/about", name="page/about", places=PAGE_PLACES)
NEW_PROFILE = Case(
    mark="newprofile", folder="authors/newcomer", name="profile/newcomer", places=PROFILE_PLACES
)
EDITED_PROFILE = Case(
    mark="editedprofile", folder="authors/bob", name="profile/bob", places=PROFILE_PLACES
)

CASES = (
    QUEUED, DRAFT, DRAFT_IN_POSTS, DROPPED_IN_POSTS, FAULTY, RETURNED, DECLINED, HELD, GERMAN, CONTESTED, SCHEDULED,
    PUBLISHED_LATER, EXPIRED, QUIET, RETRACTED, EDITED, DISPUTED, NEW_PAGE, EDITED_PAGE, NEW_PROFILE, EDITED_PROFILE,
)  # fmt: skip
LIVE_BEFORE = (EDITED, DISPUTED)
MAYORS_WORDS = (
    "returned",
    "declined",
    "held",
    "released",
    "approved",
    "commented",
    "quiet",
    "contested",
)
"""Verbs whose words are between a mayor and an author."""

UNLISTED = Case(
    mark="unlisted", folder="queue/zqunlistedslug", name="zqunlistedslug", places=(*POST_PLACES, "slug"),
    front=MappingProxyType({"unlisted": "true"}),
)  # fmt: skip
"""Readers who know its address may see it; nothing else of the site says that it exists."""


def put(network: NetworkFolder, case: Case, *, mark: str = "") -> None:
    """Write a subject's files with the words of its mark, or of another one."""
    said = mark or case.mark
    if case.places is PROFILE_PLACES:
        network.write(f"{case.folder}.md", _profile(said))
        network.write(f"{case.folder}.png", png(words=word(said, "face")))
        return
    network.write(f"{case.folder}/{case.index}", _text(said, case.front))
    picture = png(640, 360, words=word(said, "picturebytes"))
    network.write(f"{case.folder}/{word(said, 'picturename')}.png", picture)
    network.write(f"{case.folder}/{word(said, 'attachment')}.txt", word(said, "attachment"))


def withhold_everything(root: Path, parser: Parser) -> NetworkFolder:
    """Make a network in which every case stands where readers must not see it, beside posts that they may see."""
    network = start(root, config=f"{CONFIG}markdown: {{parser: {parser}}}\n")
    _publish_before(network)
    for case in (CONTESTED, DISPUTED):
        _approve_two_apart(network, case)
    for case in CASES:
        if case not in (RETRACTED, CONTESTED, DISPUTED):
            put(network, case)
    put(network, UNLISTED)
    network.approve(*(case.name for case in (SCHEDULED, PUBLISHED_LATER, EXPIRED, QUIET, UNLISTED)))
    network.decided("retract", QUIET.name, "--quiet", "-m", word("quiet", "words"))
    network.decided("return", RETURNED.name, "-m", word("returned", "words"))
    network.decided("decline", DECLINED.name, "-m", word("declined", "words"))
    network.decided("hold", HELD.name, "-m", word("held", "words"))
    network.decided("comment", QUEUED.name, "-m", word("commented", "words"))
    network.decided("hold", QUEUED.name, "-m", word("released", "words"))
    network.decided("release", QUEUED.name, "-m", word("released", "words"))
    return network


def approve_everything(network: NetworkFolder) -> None:
    """Let a mayor say yes to every case, as it lies there."""
    for path in network.root.rglob("*.md"):
        if path.relative_to(network.root).parts[0] != "record":
            text = path.read_text("utf-8")
            for line in ("draft: true\n", "faulty: yes\n", "unlisted: true\n"):
                text = text.replace(line, "")
            path.write_text(text, "utf-8")
    network.decided("restore", QUIET.name, RETRACTED.name)
    there = (SCHEDULED, PUBLISHED_LATER, EXPIRED, QUIET, RETRACTED)
    network.approve(*(case.name for case in CASES if case not in there), UNLISTED.name)


def _publish_before(network: NetworkFolder) -> None:
    """Publish what is edited, retracted or written by a newcomer later."""
    network.write("authors/newcomer.md", "---\nname: Someone\n---\n")
    network.write("queue/plain.md", post("Plain", author="newcomer"))
    network.write("queue/bobs.md", post("Of Bob", author="bob"))
    network.write(
        "pages/about/index.md", "---\ntitle: About us\nauthors: [ada]\n---\nWho we are.\n"
    )
    for case in LIVE_BEFORE:
        network.write(
            f"{case.folder.replace('posts', 'queue')}/{case.index}", post(f"First {case.mark}")
        )
    put(network, RETRACTED)
    network.approve(
        "plain", "bobs", "page/about", *(case.name for case in (*LIVE_BEFORE, RETRACTED)), "-m",
        word("approved", "words"),
    )  # fmt: skip
    network.decided("retract", RETRACTED.name, "-m", "Taken back for zqreasonshown.")


def _approve_two_apart(network: NetworkFolder, case: Case) -> None:
    """Let two mayors approve different bytes, neither knowing of the other, and bring both decisions together."""
    elsewhere = NetworkFolder(root=network.root.with_name(f"{network.root.name}-{case.mark}"))
    shutil.copytree(network.root, elsewhere.root)
    put(elsewhere, case, mark=f"{case.mark}elsewhere")
    put(network, case)
    elsewhere.approve(case.name, "-m", word("contested", "words"), who="max")
    network.approve(case.name)
    shutil.copytree(elsewhere.root / "record", network.root / "record", dirs_exist_ok=True)


def _text(mark: str, front: Mapping[str, str]) -> str:
    said = {place: word(mark, place) for place in POST_PLACES}
    body = (
        f"{said['body']}[^n] [link](https://{said['link']}.example/)\n\n## {said['heading']}\n\n"
        f"![{said['inlinealt']}]({said['picturename']}.png)\n\n```python\n{said['code']} = 1\n```\n\n"
        f"[file]({said['attachment']}.txt)\n\n[^n]: {said['footnote']}"
    )
    keys = {
        "tags": f"[{said['tag']}]",
        "topics": f"[{said['topic']}]",
        "series": said["series"],
        "summary": said["summary"],
        "description": said["description"],
        "aliases": f"[/{said['alias']}/]",
        "image": f"{said['picturename']}.png",
        "image_alt": said["coveralt"],
    }
    return post(said["title"], body=body, **(keys | dict(front)))


def _profile(mark: str) -> str:
    said = {place: word(mark, place) for place in PROFILE_PLACES}
    return (
        f"---\nname: {said['name']}\ntitle: {said['role']}\nteam: {said['team']}\nemail: zqmail@probe.example\n"
        f"links:\n  - {{label: {said['label']}, url: 'https://{said['address']}.example'}}\n---\n\n{said['bio']}\n"
    )
