"""The settings of a network, read once for each text of ``blognet.yml``.

What reads them (YAML, pydantic and what it makes of some forty classes) takes longer than most commands do otherwise.
So what they came to is kept beside the index, under a digest of the text and of the program, and the marks of the file:
settings that came along with a clone are not believed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from blognet.actions.nameless import KeptFaultError, Kinds, as_bytes, from_bytes
from blognet.config import Config
from blognet.disk.network import read_config_text
from blognet.disk.program import program_mark
from blognet.disk.settings import keep_settings, kept_settings
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = Kinds(
    (
        "blognet.config.checks",
        "blognet.config.config",
        "blognet.config.deciding",
        "blognet.config.embeds",
        "blognet.config.messages",
        "blognet.config.outward",
        "blognet.config.search",
        "blognet.config.site",
        "blognet.config.translations",
    ),
    *(date, datetime, time, timedelta, timezone),
)


def settings_of(root: Path) -> Config:
    """Return the settings of a network.

    Args:
        root: The network folder.

    Raises:
        ConfigError: ``blognet.yml`` cannot be read, or has faults.
    """
    text = read_config_text(root)
    name = sha256_hex(f"{program_mark()}\n{text}".encode())
    raw = kept_settings(root, name)
    if raw is not None:
        try:
            kept = from_bytes(raw, _KINDS)
        except KeptFaultError:
            kept = None
        if isinstance(kept, Config):
            return kept
    from blognet.config import read_config

    config = read_config(text)
    keep_settings(root, name, as_bytes(config, _KINDS))
    return config
