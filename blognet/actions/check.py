"""Every fault of what lies in the network folder, or of a file that shall be put there. Decides and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from blognet.actions.entries import lying_at, proposed_in
from blognet.actions.findings import examine
from blognet.actions.naming import find_entry
from blognet.content.layout import TREES, is_skipped
from blognet.content.values import FileFault, FoundFile
from blognet.disk.reading import MAX_TEXT, read_plain
from blognet.kernel.errors import UsageError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import AuthorId, SourcePath
from blognet.moderation.secrets import without_secrets
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.actions.network import Network
    from blognet.content.values import Proposal
    from blognet.kernel.problems import Problem
    from blognet.moderation.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found.

    Attributes:
        problems: Every fault, sorted.
        subjects: How many posts, pages and profiles were looked at.
        passed_over: Named files that are no posts by their name, such as ``_notes.md``.
        findings: What the policy checks found, sorted.
    """

    problems: tuple[Problem, ...]
    subjects: int
    passed_over: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def check_all(network: Network) -> Checked:
    """Check everything. Texts that were approved already are not rendered again; a build warns about these."""
    library = network.library
    problems = [*library.problems]
    for shadowed in library.shadowed:
        problems += shadowed.problems
    for entry in network.entries.values():
        problems += entry.problems
    waiting = [
        entry.proposal
        for entry in proposed_in(network.entries)
        if entry.proposal is not None and entry.standing.proposed is not Proposed.NONE
    ]
    problems, findings = _with_findings(network, waiting, problems)
    return Checked(problems=_sorted(problems), subjects=len(library.proposals), findings=findings)


def check_named(network: Network, typed: Iterable[str], *, here: Path) -> Checked:
    """Check what was named: files and folders of the network, posts by their id, and files from elsewhere.

    A file from elsewhere is read as if it lay in ``queue/``.

    Raises:
        UsageError: There is no such file and no such post.
    """
    chosen: dict[SourcePath, Proposal] = {}
    problems: list[Problem] = []
    passed_over: list[str] = []
    for name in typed:
        inside = _inside(network, name, here)
        if inside is None and _exists(here / name):
            found = _from_elsewhere(network, name, here / name)
            problems += found.problems
            passed_over += found.passed_over
            chosen |= {SourcePath(name): one for one in found.proposals}
        elif inside is None:
            proposal = find_entry(network, name, here=here).entry.proposal
            if proposal is None:
                message = f"there is no file for '{name}' any more"
                raise UsageError(message, hint=f"what was decided about it: mayor log {name}")
            chosen[proposal.path] = proposal
        else:
            below = tuple(_below(network, inside))
            chosen |= {proposal.path: proposal for proposal in below}
            problems += [p for p in network.library.problems if _is_under(p.location.path, inside)]
            if inside in TREES or not is_skipped(inside) or below:
                continue
            passed_over.append(name)
    problems += [problem for proposal in chosen.values() for problem in proposal.problems]
    problems, findings = _with_findings(network, list(chosen.values()), problems)
    return Checked(
        problems=_sorted(problems),
        subjects=len(chosen),
        passed_over=tuple(passed_over),
        findings=findings,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Elsewhere:
    proposals: tuple[Proposal, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed_over: tuple[str, ...] = ()


def _inside(network: Network, name: str, here: Path) -> str | None:
    """Return the path from the network's root; None when it is not in one of its four folders, or does not exist.

    Symbolic links are not followed in the last step: a link in the queue is itself what is asked about.
    """
    path = here / name
    try:
        resolved = (
            path.parent.resolve() / path.name if path.name not in {"", ".."} else path.resolve()
        )
        inside = resolved.relative_to(network.root.resolve()).as_posix()
    except (ValueError, OSError, RuntimeError):
        return None
    if not _exists(resolved):
        return None
    return inside if inside == "." or inside.partition("/")[0] in TREES else None


def _exists(path: Path) -> bool:
    """Whether anything has this name, be it a link that leads nowhere; a name too long for the system has nothing."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def _below(network: Network, inside: str) -> Iterable[Proposal]:
    there = network.entries.values() if inside == "." else lying_at(network.entries, inside)
    for entry in there:
        if entry.proposal is not None:
            yield entry.proposal
    for proposal in network.library.shadowed:
        if any(_is_under(path, inside) for path in (proposal.path, *proposal.asset_sources)):
            yield proposal


def _is_under(path: str, folder: str) -> bool:
    return folder in {".", path} or path.startswith(f"{folder}/")


def _from_elsewhere(network: Network, name: str, path: Path) -> _Elsewhere:
    if path.is_dir():
        message = f"{name} is a folder outside of the network"
        raise UsageError(message, hint="name single files, or put the folder into queue/ first")
    from blognet.content.library import read_library

    resolved = path.absolute()
    raw = read_plain(resolved.parent, (resolved.name,), limit=MAX_TEXT)
    fault = raw.value if isinstance(raw, FileFault) else ""
    known = b"" if isinstance(raw, FileFault) else raw
    place = SourcePath(f"queue/{PurePosixPath(path.name)}")
    found = FoundFile(
        path=place,
        raw=None if fault else known,
        sha256=sha256_hex(known),
        size=len(known),
        fault=fault,
        head=known[:32],
    )
    authors = {AuthorId(each) for entry in network.entries.values() for each in entry.authors}
    library = read_library((found,), rules=network.rules, known_authors=frozenset(authors))
    return _Elsewhere(
        proposals=tuple(_placed_proposal(one, name) for one in library.proposals),
        problems=tuple(_placed(problem, name) for problem in library.problems),
        passed_over=() if library.proposals or library.problems else (name,),
    )


def _placed_proposal(proposal: Proposal, name: str) -> Proposal:
    problems = tuple(_placed(problem, name) for problem in proposal.problems)
    return replace(proposal, path=SourcePath(name), problems=problems)


def _placed(problem: Problem, name: str) -> Problem:
    return replace(problem, location=replace(problem.location, path=name))


def _with_findings(
    network: Network, proposals: list[Proposal], problems: list[Problem]
) -> tuple[list[Problem], tuple[Finding, ...]]:
    """Return the problems, those of the texts added and secrets masked in all, and what the checks found."""
    examined = examine(network, proposals)
    texts = {str(proposal.path): proposal.text for proposal in proposals}
    shown = [
        *without_secrets(problems, texts),
        *(problem for one in examined for problem in one.problems),
    ]
    return shown, tuple(sorted({finding for one in examined for finding in one.findings}))


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))
