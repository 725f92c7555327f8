"""Everything beside the record that decides what a site shows: settings, theme, kept addresses, logo and fonts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.actions.urls import kept_addresses
from blognet.disk.fonts import read_fonts
from blognet.disk.generator import texts_mark
from blognet.disk.input_marks import marks_of
from blognet.disk.logo import read_logo
from blognet.disk.themes import theme_files
from blognet.engine import digest_of
from blognet.kernel.hashing import sha256_hex
from blognet.moderation.record import ROOT

if TYPE_CHECKING:
    from blognet.actions.network import Network
    from blognet.config import Config
    from blognet.disk.themes import ThemeFiles
    from blognet.site.urls_lock import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a site is made in.

    Attributes:
        config: The network's settings; its address is where the site will live.
        theme: Its theme.
        addresses: Those that must be there or lead on.
        logo: The bytes of the configured logo; None when there is none.
        assets: The marks of the approved files, taken before any of them was read; "" when they say nothing.
        mark: Differs whenever anything of this does, or what makes texts into Documents; but for what templates and
            files of the theme say.
        theme_mark: Differs whenever these say something else.
    """

    config: Config
    theme: ThemeFiles
    addresses: tuple[Kept, ...]
    logo: bytes | None
    assets: str
    mark: str
    theme_mark: str


def surroundings_of(network: Network, *, base_url: str) -> Surroundings:
    """Read what the site of a network is made in.

    Args:
        network: As it was read.
        base_url: Where the site will live; "" for the configured address.

    Raises:
        ConfigError: The theme, the logo or a font is missing.
        FaultsError: A file of the theme cannot be read.
    """
    root, config = network.root, network.config
    if base_url:
        config = replace(config, url=base_url.rstrip("/"))
    theme = theme_files(root, config.theme.name)
    addresses = kept_addresses(root)
    logo = read_logo(root, config.theme.logo) if config.theme.logo else None
    fonts = read_fonts(root, config.social_cards.fonts) if config.social_cards.draw else ()
    said = (
        config,
        (theme.name, theme.settings),
        tuple(theme.static),  # each is a file of the site
        (theme.words.own, theme.words.built_in),
        (addresses, logo, fonts),
        (network.rules, texts_mark()),
    )
    files = {name: sha256_hex(raw) for name, raw in theme.static.items()}
    return Surroundings(
        config=config,
        theme=theme,
        addresses=addresses,
        logo=logo,
        assets=marks_of(root, (f"{ROOT}/assets",)),
        mark=digest_of(said),
        theme_mark=digest_of((theme.templates, files)),
    )
