"""The settings of videos: all but PeerTube are on, and a PeerTube site is one host."""

from __future__ import annotations

import pytest

from blognet.kernel.errors import ConfigError
from tests.unit.site.published_values import settings


def test_youtube_and_vimeo_are_on_until_they_are_turned_off() -> None:
    assert settings().embeds.sites == {"youtube", "vimeo"}
    assert settings("embeds: {youtube: false, vimeo: false}\n").embeds.sites == frozenset()


def test_hosts_of_peertube_are_named_one_by_one() -> None:
    assert "tube.example.org" in settings("embeds: {peertube: [tube.example.org]}\n").embeds.sites
    for wrong in ("'*.example.org'", "https://tube.example.org/", "a b"):
        with pytest.raises(ConfigError) as caught:
            settings(f"embeds: {{peertube: [{wrong}]}}\n")
        assert caught.value.problems[0].hint
