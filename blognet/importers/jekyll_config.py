"""``_config.yml`` of a Jekyll tree: where the old site was, and how it made the addresses of posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.importers.front import text_of
from blognet.kernel.problems import Severity
from blognet.kernel.text import Undecodable, decode_source
from blognet.kernel.yamltext import MAX_CONFIG, load_yaml
from blognet.kernel.yamltree import YamlDocument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.importers.values import ImportRules
    from blognet.kernel.problems import Problem

# https://jekyllrb.com/docs/permalinks/; without the key, `date` is meant. Categories are no part of ours.
_STYLES: Mapping[str, str] = {
    "date": "/:year/:month/:day/:title.html",
    "pretty": "/:year/:month/:day/:title/",
    "ordinal": "/:year/:y_day/:title.html",
    "weekdate": "/:year/W:week/:short_day/:title.html",
    "none": "/:title.html",
}


def with_config(
    rules: ImportRules, raw: bytes | None, *, path: str
) -> tuple[ImportRules, tuple[Problem, ...]]:
    """Return the rules with what the old site's settings say; the problems when they cannot be read."""
    text = decode_source(raw) if raw is not None else None
    if text is None or isinstance(text, Undecodable):
        return rules, ()
    document = load_yaml(text, path=path, limit=MAX_CONFIG)
    if not isinstance(document, YamlDocument):
        # The import goes on without the settings.
        return rules, tuple(replace(problem, severity=Severity.WARNING) for problem in document)
    settings = {entry.key.text: text_of(entry.value) for entry in document.root.entries}
    pattern = settings.get("permalink") or "date"
    url = settings.get("url", "").rstrip("/")
    known = {*rules.old_urls, ""}
    return replace(
        rules,
        old_urls=rules.old_urls if url in known else (*rules.old_urls, url),
        old_permalink=_STYLES.get(pattern, pattern),
    ), ()
