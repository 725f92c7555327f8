"""Checks that read a text before a person does. Answers: what in it does the network's policy ask somebody to look at?

Pure: the text, the settings, and facts about the other subjects come in, findings come out; no check asks a file, the
clock or the network. Each family of checks is a module; `table` lists them all, `running` runs them. Checks of others
come in through `outside`. Every check reads the text with its secrets masked.
"""

from typing import TYPE_CHECKING

from blognet.kernel.fronts import shown_later

if TYPE_CHECKING:
    from blognet.moderation.checks.facts import Neighbour, SiteFacts, indexed, title_key
    from blognet.moderation.checks.outside import (
        GROUP,
        CheckPlugin,
        LoadedPlugin,
        Outside,
        ToolReport,
        ToolRun,
    )
    from blognet.moderation.checks.running import check_names, findings_of, rules_digest
    from blognet.moderation.checks.source import CheckedSource, source_of
    from blognet.moderation.checks.table import CHECKS
else:
    __getattr__ = shown_later(
        __name__,
        {
            "facts": ("Neighbour", "SiteFacts", "indexed", "title_key"),
            "outside": ("GROUP", "CheckPlugin", "LoadedPlugin", "Outside", "ToolReport", "ToolRun"),
            "running": ("check_names", "findings_of", "rules_digest"),
            "source": ("CheckedSource", "source_of"),
            "table": ("CHECKS",),
        },
    )

__all__ = [
    "CHECKS",
    "GROUP",
    "CheckPlugin",
    "CheckedSource",
    "LoadedPlugin",
    "Neighbour",
    "Outside",
    "SiteFacts",
    "ToolReport",
    "ToolRun",
    "check_names",
    "findings_of",
    "indexed",
    "rules_digest",
    "source_of",
    "title_key",
]
