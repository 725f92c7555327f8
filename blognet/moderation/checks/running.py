"""All checks over one text: from settings and facts to findings. Pure; reading and rendering are the caller's."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from blognet.kernel.hashing import sha256_hex
from blognet.kernel.problems import Severity
from blognet.kernel.yamlmodels import plain_model
from blognet.moderation.checks.table import CHECKS
from blognet.moderation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blognet.config.checks import Checks
    from blognet.markup import Document
    from blognet.moderation.checks.facts import SiteFacts
    from blognet.moderation.checks.outside import Outside
    from blognet.moderation.checks.reports import Report
    from blognet.moderation.checks.source import CheckedSource

OFF = "off"
MOST_OF_ONE = 50
"""Findings of one check in one text; the rest would only be repetition."""


def findings_of(
    source: CheckedSource,
    document: Document,
    settings: Checks,
    facts: SiteFacts,
    outside: Outside | None = None,
) -> tuple[Finding, ...]:
    """Return everything that the checks find in a text, sorted.

    Args:
        source: The text, as `source_of` makes it.
        document: Its body rendered from `source.body`, so that no secret is in it.
        settings: Which check is how bad, and what it looks for.
        facts: What a check may know of the rest of the network.
        outside: Plug-ins and what external tools said.
    """
    found: list[Finding] = []
    for check in CHECKS:
        severity = check.severity(settings)
        if severity != OFF:
            reports = check.looks(source, document, settings, facts)
            found += _named(reports, check.name, severity, source)
    if outside is not None:
        found += _from_outside(source, settings, facts, outside)
    return tuple(sorted(found))


def rules_digest(settings: Checks, outside: Outside | None = None) -> str:
    """Return a digest of everything that decides what is found in a given text, 64 hex digits.

    Equal settings give equal digests, however they are written in ``blognet.yml``. The time, the other posts, and what
    an external tool reads besides its command are not in it.
    """
    plugins = outside.plugins if outside else ()
    rules = {
        "settings": plain_model(settings),
        "versions": {check.name: check.version for check in CHECKS},
        "plugins": {one.name: one.version for one in plugins},
    }
    text = json.dumps(rules, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256_hex(text.encode("utf-8"))


def check_names(settings: Checks) -> tuple[str, ...]:
    """Return the names of all checks: ours, then the plug-ins and tools of the settings."""
    ours = [check.name for check in CHECKS]
    plugins = [plugin.name for plugin in settings.plugins]
    return tuple(dict.fromkeys((*ours, *plugins, *(tool.name for tool in settings.external))))


def _from_outside(
    source: CheckedSource, settings: Checks, facts: SiteFacts, outside: Outside
) -> Iterator[Finding]:
    from blognet.moderation.checks.outside import (  # noqa: PLC0415  # networks with checks of others are few
        ask_plugin,
        tool_reports,
    )

    loaded = {one.name: one for one in outside.plugins}
    for plugin in settings.plugins:
        if plugin.severity != OFF and plugin.name in loaded:
            reports = ask_plugin(loaded[plugin.name], source, facts)
            yield from _named(reports, plugin.name, plugin.severity, source)
    for tool in settings.external:
        if tool.severity != OFF and tool.name in outside.tools:
            said = tool_reports(outside.tools[tool.name], tool.name, source)
            yield from _named(said, tool.name, tool.severity, source)


def _named(
    reports: Iterable[Report], name: str, severity: str, source: CheckedSource
) -> tuple[Finding, ...]:
    found = {
        Finding(
            location=report.location,
            code=report.code,
            check=name,
            severity=Severity(severity),
            # What words of the text a message repeats must not be a secret, wherever the check had them from.
            message=source.clean(report.message),
            hint=source.clean(report.hint),
        )
        for report in islice(reports, MOST_OF_ONE * 2)
    }
    return tuple(sorted(found)[:MOST_OF_ONE])
