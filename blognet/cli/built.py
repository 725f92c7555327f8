"""What a build did, for people and as values for JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from blognet.cli.next_build import next_build_lines, next_build_values
from blognet.cli.output import counted, result

if TYPE_CHECKING:
    from blognet.actions.built import Built


def built_values(built: Built) -> dict[str, object]:
    """Return what a build did as values for JSON."""
    return {
        "output": str(built.target),
        "posts": built.posts,
        "pages": built.plain_pages,
        "authors": built.authors,
        "files": built.pages,
        "made": len(built.made),
        "written": len(built.change.written),
        "unchanged": built.change.unchanged,
        "removed": len(built.change.removed),
        "warnings": len(built.problems),
        "waiting": list(built.waiting),
        "faulty": list(built.faulty),
        **next_build_values(built.next_due, built.timezone),
    }


def print_built(built: Built, *, seconds: float) -> None:
    """Print what a build did, and what comes next."""
    numbers = built_values(built)
    result(
        f"Built {counted(built.posts, 'post')} by {counted(built.authors, 'author')} and"
        f" {counted(built.plain_pages, 'page')} in {seconds:.1f} s:"
        f" {counted(built.pages, 'file')} in {near_path(built.target)}"
    )
    result(
        f"  {numbers['written']} written, {numbers['unchanged']} unchanged, {numbers['removed']} removed"
        + (f"; {counted(len(built.problems), 'warning')} above" if built.problems else "")
    )
    if built.lost and built.change.unchanged:
        result(f"  everything was made anew: {built.lost}")
    if built.waiting:
        result(f"  {counted(len(built.waiting), 'subject')} waiting for the mayor: mayor queue")
    if built.faulty:
        result(f"  {counted(len(built.faulty), 'subject')} with faults: blognet check")
    if built.next_due:
        sentence, cron = next_build_lines(built.next_due, built.timezone, built.root)
        result(f"  {sentence}: something appears or expires then")
        result(f"  {cron}")


def near_path(target: Path) -> str:
    """Return a path as people type it from where they are."""
    here = Path.cwd()
    return (
        f"{target.relative_to(here)}/"
        if target.is_relative_to(here) and target != here
        else str(target)
    )
