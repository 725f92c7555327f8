"""``blognet.yml``: from a text to a frozen `Config`, and the text that a new network begins with."""

from typing import TYPE_CHECKING

from blognet.kernel.fronts import shown_later

if TYPE_CHECKING:
    from blognet.config.checks import Checks
    from blognet.config.config import (
        Away,
        Config,
        Feeds,
        Link,
        Policy,
        Search,
        Stage,
        Survives,
        Term,
        Theme,
        When,
    )
    from blognet.config.default import default_config_text
    from blognet.config.reading import read_config
else:
    __getattr__ = shown_later(
        __name__,
        {
            "checks": ("Checks",),
            "config": (
                "Away",
                "Config",
                "Feeds",
                "Link",
                "Policy",
                "Search",
                "Stage",
                "Survives",
                "Term",
                "Theme",
                "When",
            ),
            "default": ("default_config_text",),
            "reading": ("read_config",),
        },
    )

__all__ = [
    "Away",
    "Checks",
    "Config",
    "Feeds",
    "Link",
    "Policy",
    "Search",
    "Stage",
    "Survives",
    "Term",
    "Theme",
    "When",
    "default_config_text",
    "read_config",
]
