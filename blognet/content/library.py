"""Everything that lies in the network folder, read. Pure: files come in as values, a `Library` comes out.

Nothing is dropped in silence: each file is a subject's text, one of its assets, skipped by a rule of docs/posts.md,
or named in a problem. A fault keeps its own subject waiting and no other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from blognet.content import codes
from blognet.content.layout import TREES, lay_out
from blognet.content.profiles import lay_out_profiles
from blognet.content.values import Library
from blognet.kernel.ids import AuthorId, Kind
from blognet.kernel.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.content.layout import FoundText
    from blognet.content.values import FoundFile, Proposal, ReadingRules
    from blognet.kernel.ids import Subject

__all__ = ["TREES", "read_library"]


class Propose(Protocol):
    """Reads one text, as `propose` does."""

    def __call__(
        self, text: FoundText, *, rules: ReadingRules, known_authors: frozenset[AuthorId]
    ) -> Proposal | Problem:
        """Return the text as a proposal, or why it is none."""
        ...


def read_library(
    files: tuple[FoundFile, ...],
    *,
    rules: ReadingRules,
    known_authors: frozenset[AuthorId] = frozenset(),
    proposing: Propose | None = None,
) -> Library:
    """Read every source of the network folder.

    Args:
        files: Every file below `queue/`, `posts/`, `pages/` and `authors/`, in any order; others are not looked at.
        rules: The network's settings.
        known_authors: Authors who exist although `authors/` does not hold them (any more), such as those with an
            approved profile.
        proposing: Reads one text; `propose` when None, or one that remembers what it read before.
    """
    if proposing is None:
        from blognet.content.proposals import propose  # noqa: PLC0415  # what reads front matter takes long to load

        proposing = propose
    profiles = lay_out_profiles(files, languages=rules.languages)
    others = lay_out(files, languages=rules.languages)
    authors = known_authors | {AuthorId(text.name) for text in profiles.texts}
    problems = [*profiles.problems, *others.problems]
    by_tree: dict[str, list[Proposal]] = {tree: [] for tree in TREES}
    for text in (*profiles.texts, *others.texts):
        proposal = proposing(text, rules=rules, known_authors=authors)
        if isinstance(proposal, Problem):
            problems.append(proposal)
        else:
            by_tree[text.tree].append(proposal)
    in_tree = {tree: _one_for_each(proposals) for tree, proposals in by_tree.items()}
    shadowed = [p for s, p in sorted(in_tree["posts"].items()) if s in in_tree["queue"]]
    chosen = {**in_tree["posts"], **in_tree["queue"], **in_tree["pages"], **in_tree["authors"]}
    return Library(
        proposals=_without_case_twins(chosen),
        shadowed=tuple(shadowed),
        problems=tuple(sorted(problems)),
    )


def _one_for_each(proposals: Iterable[Proposal]) -> dict[Subject, Proposal]:
    """Return the first proposal for each subject; of several, it carries the faults of all, at each place."""
    grouped: dict[Subject, list[Proposal]] = {}
    for proposal in sorted(proposals, key=lambda proposal: proposal.path):
        grouped.setdefault(proposal.subject, []).append(proposal)
    return {
        subject: group[0] if len(group) == 1 else _clashing(group)
        for subject, group in grouped.items()
    }


def _clashing(group: list[Proposal]) -> Proposal:
    problems = [problem for proposal in group for problem in proposal.problems]
    for proposal in group:
        others = ", ".join(other.path for other in group if other is not proposal)
        problems.append(
            Problem(
                location=Location(path=proposal.path),
                code=codes.DUPLICATE_ID,
                message=f"this would be {proposal.subject}, and so would {others}",
                hint="give one of them another 'slug', or delete it",
            )
        )
    return replace(group[0], problems=tuple(sorted(problems)))


def _without_case_twins(chosen: Mapping[Subject, Proposal]) -> tuple[Proposal, ...]:
    """Sort the proposals; report those whose ids differ in case alone. Only profiles can: slugs are lower-case."""
    by_folded: dict[tuple[Kind, str, str], list[Subject]] = {}
    for subject in sorted(chosen):
        by_folded.setdefault((subject.kind, subject.id.casefold(), subject.language), []).append(
            subject
        )
    result: list[Proposal] = []
    for subject, proposal in sorted(chosen.items()):
        twins = by_folded[subject.kind, subject.id.casefold(), subject.language]
        extra = tuple(
            Problem(
                location=Location(path=proposal.path),
                code=codes.CASE_ONLY,
                message=f"'{subject.id}' and '{twin.id}' differ only in upper and lower case",
                hint=f"rename this file or {chosen[twin].path}",
            )
            for twin in twins
            if twin != subject
        )
        result.append(replace(proposal, problems=tuple(sorted((*proposal.problems, *extra)))))
    return tuple(result)
