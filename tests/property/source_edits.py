"""What else may happen to the sources between two commands: bundles, links, editors, profiles, many files at once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.property.index_edits import EDITS, decide

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.property.index_edits import Folder

TREES = ("queue", "posts", "pages", "authors")


def bundle(folder: Folder, one: int, two: int) -> None:
    """Make a folder with an index of a text, or the other way round."""
    files = [path for path in folder.files("queue", "posts", "pages") if path.suffix == ".md"]
    if not files:
        return
    path = files[one % len(files)]
    if path.stem == "index" and path.parent.parent != folder.root:
        target = path.parent.with_suffix(".md")
        if not target.exists():
            path.replace(target)
            if two % 2:
                shutil.rmtree(path.parent)
    elif not path.with_suffix("").exists():
        path.with_suffix("").mkdir()
        path.replace(path.with_suffix("") / ("index.md", "index.de.md", "INDEX.md")[two % 3])


def link(folder: Folder, one: int, two: int) -> None:
    """Put a link where a file was, or beside it, as editors do that lock it; or a tree somewhere else."""
    files = folder.files(*TREES)
    if not files:
        return
    path = files[one % len(files)]
    beside, tree = path.with_name(f".#{path.name}"), folder.root / "queue"
    if two % 3 == 0:
        path.unlink()
        path.symlink_to(folder.root / "blognet.yml")
    elif two % 3 == 1 and not beside.is_symlink():
        beside.symlink_to("somebody@machine.1")
    elif tree.is_dir() and not tree.is_symlink() and not (folder.root / "elsewhere").exists():
        tree.replace(folder.root / "elsewhere")
        tree.symlink_to("elsewhere")


def without_links(folder: Folder, one: int, two: int) -> None:
    """Take all links away again."""
    del one, two
    tree, elsewhere = folder.root / "queue", folder.root / "elsewhere"
    if tree.is_symlink():
        tree.unlink()
        if elsewhere.exists():
            elsewhere.replace(tree)
    for path in [each for top in TREES for each in (folder.root / top).rglob("*")]:
        if path.is_symlink():
            path.unlink()


def save(folder: Folder, one: int, two: int) -> None:
    """Put a file in the place of another of its name, as editors do."""
    files = folder.files(*TREES)
    if files:
        path = files[one % len(files)]
        fresh = path.with_name(("4913", f".{path.name}.swp", "_new")[two % 3])
        fresh.write_bytes(path.read_bytes() + b"\n" * (two % 2))
        fresh.replace(path)


def crowd(folder: Folder, one: int, two: int) -> None:
    """Let many files come into a folder, or go."""
    place = ("posts", "queue", "queue/ann", "posts/trip")[one % 4]
    for number in range(two % 5):
        name = f"{place}/many-{number}.md"
        if one % 3:
            folder.put(name, b"---\ntitle: Many\nauthors: [ann]\n---\n\nText.\n")
        elif (folder.root / name).is_file():
            (folder.root / name).unlink()


def profile(folder: Folder, one: int, two: int) -> None:
    """Let an author come, or go."""
    name = f"authors/{('zoe', 'ben', 'ann')[one % 3]}.md"
    path = folder.root / name
    if path.is_file() and not path.is_symlink() and two % 2:
        path.unlink()
    else:
        folder.put(name, b"---\nname: Somebody\n---\n")


def copy(folder: Folder, one: int, two: int) -> None:
    """Let a text lie in two places."""
    files = folder.files(*TREES)
    if files:
        path = files[one % len(files)]
        names = (path.name, f"_{path.name}", path.name.upper(), f"{path.stem}.de.md")
        place = ("posts/else", "queue/ann", "posts", "pages")[one % 4]
        folder.put(f"{place}/{names[two % 4]}", path.read_bytes())


def move(folder: Folder, one: int, two: int) -> None:
    """Approve, and move something from the queue to the posts."""
    decide(folder, one, 0)
    files = folder.files("queue")
    if files and not (folder.root / "queue").is_symlink():
        path = files[two % len(files)]
        folder.put(f"posts/{path.relative_to(folder.root / 'queue')}", path.read_bytes())
        path.unlink()


ALL_EDITS: tuple[Callable[[Folder, int, int], None], ...] = (
    *EDITS, bundle, bundle, link, without_links, without_links, save, crowd, profile, profile, copy, copy, move, move,
)  # fmt: skip
