"""``blognet import``: posts from another blog become files in the queue, and every loss is reported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from blognet.cli.json_values import problem_values
from blognet.cli.near import near
from blognet.cli.output import print_json, print_problems, problem_lines, result, safe, say
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import BlognetError
from blognet.kernel.problems import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.actions.import_jekyll import Brought
    from blognet.importers.values import LeftOut


@click.group("import")
def import_command() -> None:
    """Bring posts from another blog into the queue. Nothing is approved, and nothing is overwritten."""


@import_command.command("jekyll")
@click.argument("path", type=click.Path())
@click.option(
    "--old-url",
    "old_urls",
    multiple=True,
    metavar="URL",
    help="Address of the old site; repeat for several.",
)
@click.option(
    "--report", type=click.Path(dir_okay=False), help="Write the whole report to this new file."
)
@click.option("--dry-run", is_flag=True, help="Write nothing, report everything.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_place
def jekyll_command(
    place: Place,
    path: str,
    old_urls: tuple[str, ...],
    report: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Import the Jekyll site in the folder PATH: posts, drafts, authors and the pictures they use."""
    from blognet.actions.import_jekyll import bring_jekyll

    kept_report = place.folder / report if report else None
    if kept_report is not None and kept_report.exists():
        message = f"{kept_report} exists already"
        raise BlognetError(message, hint="name a new file; nothing was imported")
    brought = bring_jekyll(
        place.folder,
        place.folder / path,
        now=now(),
        old_urls=tuple(url.rstrip("/") for url in old_urls),
        dry_run=dry_run,
    )
    if kept_report is not None:
        _write_report(kept_report, brought)
    if as_json:
        print_json(1, **_values(brought))
        return 0
    if kept_report is None:
        print_problems(brought.imported.problems, to_result=True)
        for line in _left_out_lines(brought):
            result(line)
    _print_summary(brought)
    _say_what_next(brought, kept_report)
    return 0


def _left_out_lines(brought: Brought) -> list[str]:
    lines: list[str] = []
    for title, left_out in (
        ("Could not be read:", brought.unread),
        ("Not brought along:", brought.imported.left_out),
        ("Not written, because the network has it:", brought.kept),
    ):
        if left_out:
            lines += ["", title, *(f"  {one.path}: {one.reason}" for one in left_out)]
    return lines


def _print_summary(brought: Brought) -> None:
    counts = brought.imported.counts
    verb = "Brought" if brought.was_written else "Would bring"
    drafts = f" ({_many(counts.drafts, 'draft')})" if counts.drafts else ""
    result()
    result(
        f"{verb} {_many(counts.posts, 'post')}{drafts}, {_many(counts.authors, 'author')} and"
        f" {_many(counts.assets, 'picture or attachment', 'pictures and attachments')}:"
        f" {_many(len(brought.written), 'new file')}"
    )
    if brought.unchanged:
        result(
            f"  {_many(len(brought.unchanged), 'file was', 'files were')} here already, with the same bytes"
        )
    if brought.kept:
        result(
            f"  {_many(len(brought.kept), 'file')} not written, because the network has something else there"
        )
    left_out = (*brought.unread, *brought.imported.left_out)
    if left_out:
        result(f"  {_many(len(left_out), 'file')} of the old site not brought along")
    _print_codes(brought)


def _print_codes(brought: Brought) -> None:
    from blognet.actions.explain import all_codes

    titles = {entry.code: entry.title for entry in all_codes()}
    codes = Counter(problem.code for problem in brought.imported.problems)
    for code, number in codes.most_common():
        result(f"  {number:5} × {code}  {titles.get(code, '')}".rstrip())


def _say_what_next(brought: Brought, report: Path | None) -> None:
    if report is not None:
        say(f"Every loss by file and line: {near(report)}")
    if not brought.was_written:
        say("Nothing was written. To import: the same command without --dry-run")
        return
    if not brought.written:
        say("Nothing new was written. What the network has: blognet status --all")
        return
    if report is None and brought.imported.problems:
        say(
            "To keep this report, import with --report FILE. What a code means: blognet explain CODE"
        )
    say("Nothing is approved yet. See what waits: mayor queue · look for faults: blognet check")
    say("All that is faultless at once: mayor approve --all")


def _write_report(path: Path, brought: Brought) -> None:
    from blognet.disk.writing import write_new_file

    lines = [
        line
        for problem in brought.imported.problems
        for line in problem_lines(problem, error=False)
    ]
    text = "\n".join(safe(line) for line in (*lines, *_left_out_lines(brought)))
    write_new_file(path, f"{text}\n".encode())


def _values(brought: Brought) -> dict[str, object]:
    counts = brought.imported.counts
    return {
        "posts": counts.posts,
        "drafts": counts.drafts,
        "authors": counts.authors,
        "assets": counts.assets,
        "written": list(brought.written) if brought.was_written else [],
        "would_write": [] if brought.was_written else list(brought.written),
        "unchanged": list(brought.unchanged),
        "not_written": _pairs(brought.kept),
        "unread": _pairs(brought.unread),
        "left_out": _pairs(brought.imported.left_out),
        "errors": sum(p.severity is Severity.ERROR for p in brought.imported.problems),
        "problems": [problem_values(problem) for problem in brought.imported.problems],
    }


def _pairs(left_out: tuple[LeftOut, ...]) -> list[dict[str, str]]:
    return [{"path": one.path, "reason": one.reason} for one in left_out]


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number} {one}" if number == 1 else f"{number} {several or one + 's'}"
