"""What people do to a network while a preview of it runs: beside everything else, they write what nobody approved."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.invariants.network_folder import post
from tests.picture_files import png
from tests.property.edits import AUTHORS, BODIES, WORDS, Edits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ("w1", "w2", "w3", "p1", "p2")
BURST = 60
THINGS = (
    "anchor",
    "buoy",
    "cable",
    "derrick",
    "engine",
    "funnel",
    "gauge",
    "hawser",
    "keel",
    "lantern",
)
"""Rare enough to make posts alike."""


def step(edits: Edits) -> None:
    """Do one thing, by chance."""
    acts: tuple[tuple[int, Callable[[Edits], str]], ...] = (
        (6, _decide),
        (8, _write),
        (6, _retype),
        (2, _approve_for_a_while),
        (2, _pass_time),
        (4, _write_in_bundle),
        (2, _change_picture),
        (3, _delete),
        (2, _rename),
        (2, _write_page),
        (1, _write_profile),
        (1, _burst),
        (1, _switch),
    )
    ((_, act),) = edits.chance.choices(acts, [weight for weight, _ in acts])
    edits.done.append(act(edits))


def waiting_files(edits: Edits) -> list[Path]:
    """Return the texts in the queue, sorted."""
    return sorted((edits.network.root / "queue").rglob("*.md"))


def _decide(edits: Edits) -> str:
    edits.step()
    return f"({edits.done.pop()})"


def _text(edits: Edits) -> str:
    chance = edits.chance
    keys = {
        "tags": f"[{', '.join(chance.sample(WORDS, chance.randrange(3)))}]",
        "date": chance.choice(("2024-01-11", "2024-12-11", "2023-05-05")),
        "series": chance.choice(("", "S")),
        "slug": chance.choice(("", "", "", "w9", "p3")),
        "aliases": chance.choice(("", "[/old/w/]", "[/2024/p4/]")),
        "unlisted": chance.choice(("", "true")),
        "draft": chance.choice(("", "", "true")),
        "image": chance.choice(("", "shot.png")),
    }
    said = {key: value for key, value in keys.items() if value}
    title = chance.choice(("A title", "Another title"))
    body = chance.choice((*BODIES, _words(edits), _words(edits), _words(edits)))
    return post(title, body=body, author=chance.choice(AUTHORS), **said)


def _write(edits: Edits) -> str:
    language = edits.chance.choice(("", "", ".de"))
    path = f"{edits.chance.choice(('queue', 'queue', 'posts'))}/{edits.chance.choice(NAMES)}{language}.md"
    if edits.chance.random() < 0.5:  # as many editors do
        edits.network.write("queue/.saving~", _text(edits)).rename(_place(edits, path))
    else:
        edits.network.write(path, _text(edits))
    return f"wrote {path}"


def _retype(edits: Edits) -> str:
    """Change the text of a post that waits, and nothing else."""
    found = waiting_files(edits)
    if not found:
        return "nothing to type"
    place = edits.chance.choice(found)
    head, end, _ = place.read_text().rpartition("\n---\n")
    place.write_text(f"{head}{end}\n{_words(edits)}\n")
    return f"typed in {place.name}"


def _words(edits: Edits) -> str:
    return " ".join(edits.chance.sample(THINGS, 4))


def _approve_for_a_while(edits: Edits) -> str:
    until = edits.now + timedelta(days=edits.chance.randrange(1, 9))
    edits.network.write(
        "posts/soon.md", post("Soon", body=_words(edits), expires=f"{until:%Y-%m-%d}")
    )
    return f"approved until {until}: {edits.network.mayor('approve', '--yes', 'soon').code}"


def _pass_time(edits: Edits) -> str:
    edits.now += timedelta(days=3)
    return f"it is {edits.now}"


def _write_in_bundle(edits: Edits) -> str:
    folder = f"queue/{edits.chance.choice(NAMES)}"
    edits.network.write(f"{folder}/index.md", _text(edits))
    edits.network.write(f"{folder}/shot.png", png(words=str(edits.chance.randrange(3))))
    return f"wrote {folder}/"


def _change_picture(edits: Edits) -> str:
    found = sorted((edits.network.root / "queue").rglob("*.png"))
    if found:
        edits.chance.choice(found).write_bytes(png(words=str(edits.chance.randrange(3))))
    return "changed a picture"


def _delete(edits: Edits) -> str:
    found = sorted(edits.network.root.glob("queue/*"))
    if not found:
        return "nothing to delete"
    place = edits.chance.choice(found)
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
    return f"deleted {place.name}"


def _rename(edits: Edits) -> str:
    found = sorted(edits.network.root.glob("queue/*"))
    if not found:
        return "nothing to rename"
    place, name = edits.chance.choice(found), edits.chance.choice(NAMES)
    target = place.with_name(name if place.is_dir() else f"{name}.md")
    if target.exists():
        return "nothing to rename to"
    place.rename(target)
    return f"renamed {place.name} to {target.name}"


def _write_page(edits: Edits) -> str:
    edits.network.write("pages/about.md", post(edits.chance.choice(("About", "On us"))))
    return "wrote about"


def _write_profile(edits: Edits) -> str:
    name = edits.chance.choice(("Somebody", "Somebody else"))
    edits.network.write("authors/bob.md", f"---\nname: {name}\n---\n")
    return "wrote a profile"


def _burst(edits: Edits) -> str:
    for number in range(BURST):
        edits.network.write(f"queue/many/m{number}.md", post(f"Many {number}"))
    shutil.rmtree(edits.network.root / "queue/many")
    for number in range(2):
        edits.network.write(f"queue/few{number}.md", _text(edits))
    return "many files"


def _switch(edits: Edits) -> str:
    """Put another folder in the place of the queue, as a change of branches does."""
    queue, other = edits.network.root / "queue", edits.network.root / ".other"
    if other.exists():
        other.rename(edits.network.root / ".third")
    if queue.exists():
        queue.rename(other)
    if (third := edits.network.root / ".third").exists():
        third.rename(queue)
    return "switched"


def _place(edits: Edits, path: str) -> Path:
    place = edits.network.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
