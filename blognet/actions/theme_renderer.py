"""The templates of a network's theme, ready to run under its settings. Asked by whoever renders; keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.disk.template_code import code_of
from blognet.themes.environment import make_renderer

if TYPE_CHECKING:
    from blognet.config import Config
    from blognet.disk.themes import ThemeFiles
    from blognet.themes.environment import Renderer


def renderer_for(theme: ThemeFiles, config: Config) -> Renderer:
    """Return the renderer of a theme's templates.

    Args:
        theme: The theme, as it was read.
        config: The network's settings: its time zone, and the hosts that its pages may ask.
    """
    return make_renderer(
        theme.load,
        words=theme.words,
        zone=config.zone,
        hosts=tuple(config.hosts),
        where=theme.where,
        keep=code_of,
        kept=theme.built_in,
    )
