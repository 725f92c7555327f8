"""Who may ask."""

from __future__ import annotations

import pytest

from blognet.preview.gate import refusal


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "[::1]:8000"]
)
def test_this_machine_may_ask(host: str) -> None:
    assert refusal({"host": host, "origin": "http://localhost:8000"}, port=8000) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "evil.example:8000"},
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1:8001"},
        {"host": "127.0.0.1:8000, evil.example"},
        {"host": "127.0.0.1:8000.evil.example"},
        {"host": "127.0.0.1:8000", "origin": "https://evil.example"},
        {"host": "127.0.0.1:8000", "origin": "null"},
        {"host": "127.0.0.1:8000", "origin": "http://localhost:3000"},
        {"host": "127.0.0.1:8000", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
    ],
)
def test_nobody_else_may(headers: dict[str, str]) -> None:
    assert refusal(headers, port=8000) != ""


def test_a_link_from_elsewhere_may_be_followed() -> None:
    headers = {
        "host": "127.0.0.1:8000",
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
    }

    assert refusal(headers, port=8000) == ""
