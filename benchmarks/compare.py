"""blognet beside other generators: ``make bench``, or ``python -m benchmarks.compare --posts 1000 --rounds 3``.

Everyone builds the same posts into the same kinds of output, one after the other, in turn, as often as there are
rounds: a cold build, one with nothing changed, one with a post edited, and one with a template edited that all pages
share. Seconds say something about this machine
only; ratios to Hugo, taken within each round, carry. Files and bytes are counted so that nobody wins by doing less.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.contestants import PROJECT, Corpus, contestants, forget, settings
from benchmarks.measuring import Cost, Size, cost_of, size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.contestants import Contestant

BEGIN, END = "<!-- measured by make bench -->", "<!-- end of measured -->"
PAGES = (PROJECT / "docs/benchmarks.md", PROJECT / "README.md")
COLD, NOTHING, POST, TEMPLATE = STEPS = ("cold", "nothing changed", "one edit", "a template")
_MIB = 1 << 20


@dataclass(slots=True)
class Results:
    """Everything measured of one contestant, by step; a cost for each round."""

    costs: dict[str, list[Cost]] = field(default_factory=lambda: defaultdict(list))
    size: Size | None = None


def measure(
    chosen: tuple[Contestant, ...], corpus: Corpus, *, rounds: int, folder: Path
) -> dict[str, Results]:
    """Measure everyone in turn."""
    results = {one.name: Results() for one in chosen}
    for one in chosen:
        _say(f"writing {corpus.posts} posts for {one.name}")
        one.write(folder / one.name, corpus)
    for number in range(1, rounds + 1):
        for one in chosen:
            root, found = folder / one.name, results[one.name]
            forget(root, one)
            for step in STEPS:
                if step == POST:
                    one.edit(root, corpus, number)
                if step == TEMPLATE and not one.edit_template(root, number):
                    continue
                cost = cost_of(one.command(), folder=root, settings=settings())
                found.costs[step].append(cost)
                _say(
                    f"round {number}, {one.name}, {step}: {cost.wall:.2f} s, processor {cost.processor:.2f} s,"
                    f" {cost.memory / _MIB:.0f} MiB"
                )
            found.size = size_of(root / one.output)
    return results


def table(results: dict[str, Results]) -> Iterable[str]:
    """Yield the lines of the tables."""
    reference = next(iter(results.values()))
    yield (
        "| cold build | processor time to Hugo's | on the clock to Hugo's | processor time | on the clock | memory"
        " | files | MB |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, found in results.items():
        costs, others = found.costs[COLD], reference.costs[COLD]
        cells = (
            name,
            _ratio(costs, others, lambda cost: cost.processor),
            _ratio(costs, others, lambda cost: cost.wall),
            _seconds(cost.processor for cost in costs),
            _seconds(cost.wall for cost in costs),
            f"{median(cost.memory for cost in costs) / _MIB:.0f} MiB",
            str(found.size.files if found.size else 0),
            f"{found.size.total / 1e6:.0f}" if found.size else "",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield (
        "| built again, on the clock | nothing changed | to Hugo's | one post edited | to Hugo's"
        " | a template of all pages edited | to Hugo's |"
    )
    yield "|---|---|---|---|---|---|---|"
    for name, found in results.items():
        again = [name]
        for step in STEPS[1:]:
            costs, others = found.costs[step], reference.costs[step]
            again.append(_seconds(cost.wall for cost in costs) if costs else "–")
            again.append(_ratio(costs, others, lambda cost: cost.wall) if costs else "–")
        yield f"| {' | '.join(again)} |"


def report(results: dict[str, Results], corpus: Corpus, *, rounds: int) -> str:
    """Return the whole block, as pages hold it."""
    about = (
        f"{corpus.posts} posts by {corpus.authors} authors with {corpus.tags} tags on {platform.system()}"
        f" {platform.machine()} with {os.cpu_count()} cores, measured {rounds} times in turn: the median, and from the"
        " least to the most."
    )
    return "\n".join((BEGIN, about, "", *table(results), END))


def put_into(page: Path, block: str) -> bool:
    """Replace the block of a page; False when the page has none."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return False
    page.write_text(before + block + after, encoding="utf-8")
    return True


def _ratio(costs: list[Cost], others: list[Cost], of: Callable[[Cost], float]) -> str:
    ratios = [of(cost) / of(other) for cost, other in zip(costs, others, strict=True)]
    return f"**{median(ratios):.2f}** ({min(ratios):.2f}–{max(ratios):.2f})"


def _seconds(values: Iterable[float]) -> str:
    known = list(values)
    return f"{median(known):.2f} s ({min(known):.2f}–{max(known):.2f})"


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def main() -> int:
    """Measure what the arguments ask for, print the tables and put them into the pages."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--authors", type=int, default=200)
    parser.add_argument("--tags", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only", default="", help="names, or parts of them, joined by commas; Hugo is always there"
    )
    parser.add_argument(
        "--folder", type=Path, default=None, help="where to work; a temporary one otherwise"
    )
    parser.add_argument(
        "--write", action="store_true", help="put the tables into docs/benchmarks.md and README.md"
    )
    asked = parser.parse_args()
    wanted = [name.casefold() for name in asked.only.split(",") if name]
    everyone = contestants()
    chosen = tuple(
        one
        for one in everyone
        if one is everyone[0] or not wanted or any(name in one.name.casefold() for name in wanted)
    )
    corpus = Corpus(posts=asked.posts, authors=asked.authors, tags=asked.tags)
    folder = Path(tempfile.mkdtemp(prefix="blognet-bench-", dir=asked.folder))
    try:
        results = measure(chosen, corpus, rounds=asked.rounds, folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    block = report(results, corpus, rounds=asked.rounds)
    sys.stdout.write(block + "\n")
    if asked.write:
        for page in PAGES:
            _say(
                f"{page.name}: {'written' if put_into(page, block) else 'has no place for the tables'}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
