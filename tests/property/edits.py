"""A small network and everything that people do to it, by chance but the same for the same seed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.invariants.network_folder import CONFIG, NetworkFolder, post, start
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

SLUGS = tuple(f"p{number}" for number in range(9))
AUTHORS = ("ada", "bob")
WORDS = ("Bells", "bells", "Wheels", "C++", "Ünï")
BODIES = (
    "Some words.",
    "Other words, and [a link](p1.md).",
    "See [that](/2024/p2/) and ![a picture](shot.png).",
    "# A heading\n\n> [!NOTE]\n> Mind it.\n\n```python\nx = 1\n```",
    "A [link](p3.md) and [another](nowhere.md).\n\nMore.\n\n<!-- more -->\n\nThe rest[^1].\n\n[^1]: Foot.",
)
SETTINGS = (
    "title: Another title\n",
    "tagline: A tagline\n",
    "posts_per_page: 2\n",
    "feeds: {items: 2}\n",
    "feeds: {content: summary}\n",
    "feeds: {author_topics: true}\n",
    "navigation: [About: /about/, Elsewhere: https://example.org/]\n",
    "links: [Code: https://code.example/]\n",
    "footer: Below\n",
    "timezone: Asia/Tokyo\n",
    "topics: [{id: bells, title: All bells, description: Ringing}]\n",
    "topics: [{id: bells, title: bells, translations: {de: bells}}]\n",
    "topics: [{id: bells, title: bells}]\n",
    "topics: [{id: bells, introduction: 'See [this](/2024/p1/), **now**.', pinned: [p2, p1], experts: [ada]}]\n",
    "topics: [{id: bells, pinned: [p3], experts: [bob, ada], translations: {de: {title: B, introduction: Da}}}]\n",
    "tags: {aliases: {wheels: bells}}\n",
    "teams: [{id: night, title: The night shift}]\n",
    "theme: {accent: '#aa3300'}\n",
    "theme: {name: own}\n",
    "url: https://probe.example/blog\n",
    "hosts: [pictures.example]\n",
    "policy: {answer_within: 3}\n",
    "copyright: Ours\n",
)
TEMPLATES = {
    "own/templates/post.html": '{% extends "default/post.html" %}{% block main %}{{ super() }}<p>Own</p>{% endblock %}',
    "own/templates/tombstone.html": '{% extends "base.html" %}{% block main %}<p>Gone</p>{% endblock %}',
    "own/templates/list.html": '{% extends "base.html" %}{% block main %}{% include "part.html" ignore missing %}'
    "<p>{{ view.term.count }}</p>{% for card in view.posts %}<p>{{ card.title }}</p>{% endfor %}{% endblock %}",
    "own/templates/author.html": '{% extends "base.html" %}{% block main %}'
    "<p>{{ view.author.count }}</p>{% endblock %}",
    "own/templates/part.html": "<p>A part</p>",
    "own/static/extra.css": "p { color: red }",
    "default/templates/404.html": '{% extends "default/404.html" %}{% block main %}<p>Not here</p>{% endblock %}',
}
FIRST = datetime(2070, 1, 1, 12, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Edits:
    """A network, its time, and what was done to it."""

    network: NetworkFolder
    chance: Random
    now: datetime = FIRST
    done: list[str] = field(default_factory=list)

    def step(self) -> None:
        """Do one thing, by chance."""
        acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (8, self._write_and_approve),
            (3, self._write_front_matter),
            (2, self._write_profile),
            (2, self._write_page),
            (2, self._retract),
            (1, self._restore),
            (3, self._change_setting),
            (3, self._change_theme),
            (2, self._pass_time),
            (1, self._rename_in_posts),
            (1, self._touch_output),
            (1, self._leave_unapproved),
            (2, self._harm_memory),
        )
        weights = [weight for weight, _ in acts]
        ((_, act),) = self.chance.choices(acts, weights)
        self.done.append(act())

    def _write_and_approve(self) -> str:
        slug = self.chance.choice(SLUGS)
        return self._post(slug, body=self.chance.choice(BODIES))

    def _write_front_matter(self) -> str:
        slug = self.chance.choice(SLUGS)
        some = {
            "tags": f"[{', '.join(self.chance.sample(WORDS, self.chance.randrange(3)))}]",
            "topics": self.chance.choice(("[]", "[bells]")),
            "series": self.chance.choice(('""', "S")),
            "unlisted": self.chance.choice(("false", "false", "true")),
            "summary": self.chance.choice(('""', "A summary")),
            "aliases": self.chance.choice(("[]", f"[/old/{slug}/]", "[/2024/p4/]")),
            "image": self.chance.choice(('""', "shot.png")),
            "media": self.chance.choice(('""', "clip.mp3", "https://pictures.example/a.mp3")),
            "expires": self.chance.choice(('""', "2070-01-20")),
            "updated": self.chance.choice(('""', "2024-09-01")),
        }
        return self._post(slug, **{key: said for key, said in some.items() if said != '""'})

    def _post(self, slug: str, *, body: str = "Some words.", **keys: str) -> str:
        language = self.chance.choice(("", "", "", ".de"))
        date = f"2024-{self.chance.randrange(1, 13):02}-11"
        author = self.chance.choice(AUTHORS)
        title = self.chance.choice((f"Title {slug}", "New title"))
        path = f"posts/{slug}/index{language}.md"
        self.network.write(path, post(title, body=body, author=author, **{"date": date, **keys}))
        if self.chance.random() < 0.3:
            self.network.write(f"posts/{slug}/shot.png", png(words=str(self.chance.randrange(3))))
        if self.chance.random() < 0.3:
            self.network.write(f"posts/{slug}/clip.mp3", b"ID3" + b"x" * self.chance.randrange(3))
        name = f"{slug}{language}"
        said = self.network.mayor("approve", "--yes", "--takeover", name)
        return f"{name} by {author}: {said.code} {keys or body!r}"

    def _write_profile(self) -> str:
        author = self.chance.choice(AUTHORS)
        name = self.chance.choice(("The good one", "The other one"))
        team = self.chance.choice(("", "team: night\n", "team: Day\n"))
        bio = self.chance.choice(("", "A bio.", "See [this](/2024/p1/)."))
        self.network.write(f"authors/{author}.md", f"---\nname: {name}\n{team}---\n{bio}\n")
        said = self.network.mayor("approve", "--yes", f"profile/{author}")
        return f"profile {author}: {said.code}"

    def _write_page(self) -> str:
        name = self.chance.choice(("about", "imprint"))
        language = self.chance.choice(("", ".de"))
        title = self.chance.choice(("About", "About us"))
        self.network.write(
            f"pages/{name}{language}.md", post(title, body=self.chance.choice(BODIES))
        )
        said = self.network.mayor("approve", "--yes", f"page/{name}{language}")
        return f"page {name}{language}: {said.code}"

    def _retract(self) -> str:
        slug = self.chance.choice(SLUGS)
        how = self.chance.choice(((), ("--quiet",), ("--kind", "moved", "--to", "p1")))
        said = self.network.mayor("retract", slug, "-m", "Sorry.", *how)
        return f"retract {slug} {how}: {said.code}"

    def _restore(self) -> str:
        slug = self.chance.choice(SLUGS)
        return f"restore {slug}: {self.network.mayor('restore', slug, '-m', 'Back.').code}"

    def _change_setting(self) -> str:
        some = self.chance.sample(SETTINGS, self.chance.randrange(3))
        names = {line.partition(":")[0] for line in some}
        base = [
            line for line in CONFIG.splitlines(keepends=True) if line.partition(":")[0] not in names
        ]
        unique = {line.partition(":")[0]: line for line in some}
        self.network.write("blognet.yml", "".join([*base, *unique.values()]))
        (self.network.root / "themes/own/templates").mkdir(parents=True, exist_ok=True)
        return f"settings {sorted(unique.values())}"

    def _change_theme(self) -> str:
        path = self.chance.choice(sorted(TEMPLATES))
        target = self.network.root / "themes" / path
        if target.exists() and self.chance.random() < 0.5:
            target.unlink()
            return f"remove {path}"
        mark = self.chance.choice(("", "\n", "\n\n"))
        self.network.write(f"themes/{path}", TEMPLATES[path] + mark)
        return f"write {path} {mark!r}"

    def _pass_time(self) -> str:
        self.now += timedelta(days=self.chance.choice((0, 1, 15, 400)), hours=7)
        return f"now {self.now}"

    def _rename_in_posts(self) -> str:
        slug = self.chance.choice(SLUGS)
        folder = self.network.root / "posts" / slug
        if not folder.exists():
            return "rename nothing"
        there = self.network.root / "posts/deep" / slug
        shutil.rmtree(there, ignore_errors=True)
        there.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(there)
        shutil.rmtree(there)
        return f"remove {folder.name} from posts"

    def _touch_output(self) -> str:
        files = sorted(path for path in (self.network.root / "site").rglob("*") if path.is_file())
        files = [path for path in files if not path.name.startswith(".")]
        if not files:
            return "touch nothing"
        path = self.chance.choice(files)
        if self.chance.random() < 0.5:
            path.unlink()
            return f"remove {path}"
        path.write_bytes(b"touched")
        return f"touch {path}"

    def _harm_memory(self) -> str:
        return harm_memory(self.network.root, self.chance)

    def _leave_unapproved(self) -> str:
        slug = self.chance.choice(SLUGS)
        self.network.write(f"posts/{slug}/index.md", post("Waits", body="Nobody saw this."))
        return f"{slug} waits"


def begin(root: Path, chance: Random) -> Edits:
    """Make a network with a few posts."""
    network = start(root)
    edits = Edits(network=network, chance=chance)
    for slug in SLUGS[:4]:
        edits.done.append(edits._post(slug))  # noqa: SLF001  # its own
    return edits


def harm_memory(root: Path, chance: Random) -> str:
    """Damage what a network remembers, or take it away; return what was done."""
    private = root / ".blognet"
    files = sorted(private.rglob("*.sqlite"))
    how = chance.choice(("remove", "damage", "cut", "remove all"))
    if how == "remove all":
        shutil.rmtree(private, ignore_errors=True)
    elif files:
        path = chance.choice(files)
        raw = path.read_bytes()
        place = chance.randrange(len(raw))
        if how == "remove":
            path.unlink()
        elif how == "cut":
            path.write_bytes(raw[:place])
        else:
            path.write_bytes(raw[:place] + chance.randbytes(2000) + raw[place + 2000 :])
    return f"{how} of {[path.name for path in files]}"
