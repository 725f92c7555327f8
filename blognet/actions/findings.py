"""What the checks say about subjects: gather the facts, render, ask plug-ins and tools, and let the checks look.

Everything is examined on what lies on disk at this moment; no finding is kept, so none can be older than its text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.actions.entries import profiles_in
from blognet.kernel.errors import UsageError
from blognet.kernel.ids import AuthorId
from blognet.kernel.nearest import did_you_mean
from blognet.moderation.findings import Examination, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.actions.kept_waiting import KeptWaiting
    from blognet.actions.network import Entry, Network
    from blognet.content.values import Proposal
    from blognet.kernel.ids import Subject
    from blognet.kernel.problems import Problem
    from blognet.markup import Document
    from blognet.moderation.checks import CheckedSource, Outside, SiteFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found in the text of one subject.

    Attributes:
        examination: Its findings, and the digest of the rules.
        problems: What the site would leave out of the text, but for what is a finding; no secret is in them.
        source: The text with its secrets masked; None when it cannot be parsed.
    """

    examination: Examination = field(default_factory=Examination)
    problems: tuple[Problem, ...] = ()
    source: CheckedSource | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, sorted."""
        return self.examination.findings


def examine(network: Network, proposals: Iterable[Proposal]) -> tuple[Examined, ...]:
    """Let the checks look at proposals, in the order given; faulty ones have no findings.

    Args:
        network: For the settings and the other subjects.
        proposals: Need not lie in the network's folders.
    """
    chosen = tuple(proposals)
    if not chosen:
        return ()
    from blognet.markup.codes import DIAGRAM, FORMULA
    from blognet.moderation.checks import findings_of, rules_digest, source_of

    sources = [None if each.is_faulty else source_of(each) for each in chosen]
    texts = {source.path: source.text for source in sources if source is not None}
    if not texts:
        _keep(network, chosen)
        return tuple(Examined() for _ in sources)
    settings, facts = network.config.checks, facts_of(network)
    outside = _outside(network, texts)
    rules = rules_digest(settings, outside)
    examined: list[Examined] = []
    for source in sources:
        if source is None:
            examined.append(Examined())
            continue
        document = _rendered(source, facts, network.kept)
        found = findings_of(source, document, settings, facts, outside)
        examined.append(
            Examined(
                examination=Examination(findings=found, rules=rules),
                problems=tuple(
                    one for one in document.problems if one.code not in {FORMULA, DIAGRAM}
                ),
                source=source,
            )
        )
    _keep(network, chosen)
    return tuple(examined)


def examine_entries(network: Network, entries: Iterable[Entry]) -> Mapping[Subject, Examined]:
    """Let the checks look at subjects that lie on disk; the others are not in the answer."""
    there = [entry for entry in entries if entry.proposal is not None]
    proposals = [entry.proposal for entry in there if entry.proposal is not None]
    return {
        entry.subject: one for entry, one in zip(there, examine(network, proposals), strict=True)
    }


def refuse_idle_waivers(
    network: Network, waived: Iterable[str], examined: Mapping[Subject, Examined]
) -> None:
    """Make sure that every waiver waives something: one that is misspelt must not look like a decision.

    Raises:
        UsageError: There is no such check, or it found nothing in any of these subjects.
    """
    names = tuple(waived)
    if not names:
        return
    from blognet.moderation.checks import check_names

    known = check_names(network.config.checks)
    found = {finding.check for one in examined.values() for finding in one.findings}
    for check in names:
        if check not in known:
            message = f"there is no check '{check}' to waive"
            hint = did_you_mean(check, known) or f"the checks are {', '.join(known)}"
            raise UsageError(message, hint=hint)
        if check not in found:
            message = f"'{check}' found nothing here, so there is nothing to waive"
            hint = f"found was {', '.join(sorted(found))}" if found else "leave --waive out"
            raise UsageError(message, hint=hint)


def facts_of(network: Network) -> SiteFacts:
    """Return what the checks may know of the network."""
    from blognet.actions.neighbours import Neighbours
    from blognet.moderation.checks import SiteFacts

    neighbours = Neighbours(network)
    config = network.config
    return SiteFacts(
        now=network.now,
        zone=config.zone,
        language=config.language,
        languages=config.languages,
        url=config.url,
        media_hosts=frozenset(config.hosts),
        parser=config.markdown.parser,
        math=config.markdown.math,
        diagrams=config.markdown.diagrams,
        authors=frozenset(AuthorId(one.subject.id) for one in profiles_in(network.entries)),
        neighbours=neighbours,
        by_url=neighbours.by_url,
        by_title=neighbours.by_title,
    )


def _outside(network: Network, texts: Mapping[str, str]) -> Outside | None:
    settings = network.config.checks
    tools = [tool for tool in settings.external if tool.severity != "off"]
    plugins = [plugin.name for plugin in settings.plugins if plugin.severity != "off"]
    if (
        not tools and not plugins
    ):  # as nearly everywhere: neither packages nor programs are looked for
        return None
    from blognet.disk.plugins import load_plugins
    from blognet.disk.tools import run_tool
    from blognet.moderation.checks import Outside

    return Outside(
        plugins=load_plugins(plugins),
        tools={tool.name: run_tool(network.root, tool, texts) for tool in tools},
    )


def _rendered(source: CheckedSource, facts: SiteFacts, kept: KeptWaiting | None) -> Document:
    from blognet.disk.generator import renderer_mark
    from blognet.engine import digest_of
    from blognet.markup.values import MarkupOptions, Parser

    host = urlsplit(facts.url).hostname
    options = MarkupOptions(
        path=source.path,
        first_line=source.body_line,
        media_hosts=facts.media_hosts,
        site_hosts=frozenset({host} if host else ()),
        parser=Parser(facts.parser),
        math=facts.math,
        diagrams=facts.diagrams,
    )
    name = digest_of((renderer_mark(), source.body, options)) if kept else ""
    known = kept.document(source.path, name) if kept else None
    if known is not None:
        return known
    from blognet.markup import render_markdown

    document = render_markdown(source.body, options=options)
    if kept is not None:
        kept.take(source.path, name, document)
    return document


def _keep(network: Network, proposals: tuple[Proposal, ...]) -> None:
    if network.kept is not None:
        network.kept.keep(proposals)
