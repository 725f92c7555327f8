"""``blognet build --compare-parser``: what another Markdown parser would change, without building anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.cli.output import counted, print_json, result, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.compare_parsers import Comparison

_WIDTH = 96


def print_comparison(
    folder: Path, *, now: datetime, as_json: bool, progress: Callable[[str, int, int], None]
) -> int:
    """Compare and print; return 1 when a text would change, as findings do."""
    from blognet.actions.compare_parsers import compare_parsers

    found = compare_parsers(folder, now=now, progress=progress)
    if as_json:
        _print_json(found)
    else:
        _print(found)
    return 1 if found.differences else 0


def _print(found: Comparison) -> None:
    for one in found.differences:
        result(f"{one.path}  {counted(one.lines, 'line')}")
        result(f"  {found.chosen:11}  {_shortened(one.before, one.after)}")
        result(f"  {found.other:11}  {_shortened(one.after, one.before)}")
    texts = counted(found.texts, "text")
    if found.differences:
        say(f"{len(found.differences)} of {texts} would read otherwise with {found.other}.")
    else:
        say(f"{texts}: {found.other} would change none of them.")
        say(f"  To change: markdown: {{parser: {found.other}}} in blognet.yml")


def _print_json(found: Comparison) -> None:
    print_json(
        1,
        chosen=found.chosen.value,
        other=found.other.value,
        texts=found.texts,
        differences=[
            {
                "subject": str(one.subject),
                "path": one.path,
                "lines": one.lines,
                "before": one.before,
                "after": one.after,
            }
            for one in found.differences
        ],
    )


def _shortened(line: str, other: str) -> str:
    """Return what fits of a line, from a little before the place where it differs from the other."""
    same = next(
        (at for at, (one, two) in enumerate(zip(line, other, strict=False)) if one != two),
        min(len(line), len(other)),
    )
    start = max(0, same - _WIDTH // 3)
    cut = line[start : start + _WIDTH]
    return ("…" if start else "") + cut + ("…" if start + _WIDTH < len(line) else "")
