"""Settings that were read once are the same when they are read from what was kept, and are read anew otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from blognet.actions import kept_settings
from blognet.actions.kept_settings import settings_of
from blognet.config import Config, read_config, reading
from blognet.disk.kept import forget_everything
from blognet.kernel.errors import ConfigError

FEW = "id: net\ntitle: Net\nurl: https://blog.example.org\nmayors: [ann]\n"
MANY = f"""{FEW}
languages: [de]
timezone: Europe/Berlin
deputies: [ben]
away: [{{mayor: ann, from: 2026-12-21, to: 2027-01-03}}]
stages: [{{id: legal, title: Legal, reviewers: [cay], when: {{tags: [law]}}}}]
policy: {{solo: false, survives: {{whitespace: true}}}}
replies: {{thanks: "Thank you, see {{title}}."}}
checks: {{links: error, alt-text: error, banned-words: {{severity: error, words: [{{words: [foo], why: Never}}]}}}}
topics: [{{id: law, title: Law, description: What binds us, translations: {{de: {{title: Recht}}}}}}]
teams: [{{id: dock, title: Dock}}]
tags: {{aliases: {{laws: law}}}}
navigation: [{{label: About, url: /about/}}]
theme: {{name: default, accent: "#225588"}}
feeds: {{items: 20}}
redirects: {{/old/: /new/}}
markdown: {{math: true}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "blognet.yml").write_text(FEW, encoding="utf-8")
    return tmp_path


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that was read, and not taken from what is kept."""
    found: list[str] = []

    def read(text: str) -> Config:
        found.append(text)
        return read_config(text)

    monkeypatch.setattr(reading, "read_config", read)
    return found


def repository_settings() -> str:
    return (Path(__file__).parents[3] / "blognet.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [FEW, MANY, repository_settings()], ids=["few", "many", "ours"])
def test_what_was_kept_is_what_was_read(root: Path, readings: list[str], text: str) -> None:
    (root / "blognet.yml").write_text(text, encoding="utf-8")
    assert settings_of(root) == settings_of(root) == read_config(text)
    assert len(readings) == 1


def test_another_text_is_read(root: Path, readings: list[str]) -> None:
    settings_of(root)
    (root / "blognet.yml").write_text(FEW.replace("Net", "Ten"), encoding="utf-8")
    assert settings_of(root).title == "Ten"
    assert len(readings) == 2


def test_another_program_reads(
    root: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_of(root)
    monkeypatch.setattr(kept_settings, "program_mark", lambda: "another")
    assert settings_of(root).title == "Net"
    assert len(readings) == 2


def test_bytes_that_were_cut_or_changed_anywhere_are_not_believed(
    root: Path, readings: list[str]
) -> None:
    expected, path = settings_of(root), root / ".blognet/settings"
    raw = path.read_bytes()
    spoilt = [raw[:end] for end in range(0, len(raw), 97)]
    spoilt += [raw[:at] + bytes([raw[at] ^ 0x41]) + raw[at + 1 :] for at in range(0, len(raw), 53)]
    for each in spoilt:
        path.write_bytes(each)
        assert settings_of(root) == expected
    assert len(readings) == 1 + len(spoilt)


def test_faults_are_told_each_time(root: Path) -> None:
    (root / "blognet.yml").write_text(FEW + "nonsense: 1\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ConfigError, match="a fault"):
            settings_of(root)
    assert not (root / ".blognet/settings").exists()


def test_a_folder_that_cannot_keep_them_reads_them_each_time(
    root: Path, readings: list[str]
) -> None:
    (root / ".blognet").write_text("in the way", encoding="utf-8")
    assert settings_of(root) == settings_of(root)
    assert len(readings) == 2


def test_a_purge_forgets_them(root: Path) -> None:
    settings_of(root)
    forget_everything(root)
    assert not (root / ".blognet/settings").exists()
