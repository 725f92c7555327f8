"""``blognet.yml``: from a text to a frozen `Config`, and the text that a new network begins with."""

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
