"""``blognet doctor``: what is fine, what could be better, what is broken, each with what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cache_server import cache_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import RunBlognet
    from tests.cli.network_folder import NetworkFolder

BYTES = "".join(f"/{name}/** -text\n" for name in ("authors", "pages", "posts", "queue", "record"))


@pytest.fixture
def healthy(network_folder: NetworkFolder) -> NetworkFolder:
    """A network in a repository, about which there is nothing to say."""
    network_folder.git("init", "--quiet")
    network_folder.git("config", "user.email", "ann@example.org")
    network_folder.write(".gitattributes", BYTES)
    network_folder.write(".gitignore", "/site/*\n/.blognet/\n")
    return network_folder


def complaints(network_folder: NetworkFolder, who: str = "") -> dict[str, str]:
    """Return topic and health of everything that is not fine, and check that each says what to do."""
    looks = network_folder.blognet("doctor", "--json", who=who).listed("looks")
    found = [look for look in looks if look["health"] != "fine"]
    assert [look for look in found if not look["next"]] == []
    return {str(look["topic"]): str(look["health"]) for look in found}


def test_a_healthy_network_has_nothing_to_mend(healthy: NetworkFolder) -> None:
    looked = healthy.blognet("doctor", who="")
    assert looked.code == 0
    assert [line for line in looked.out.splitlines() if not line.startswith("ok ")] == []
    assert looked.err == "\nEverything is in order.\n"


def test_a_network_that_init_made_is_healthy(run_blognet: RunBlognet) -> None:
    options = ("--yes", "--title", "T", "--name", "Ann", "--email", "ann@example.org", "--git")
    run_blognet("init", "blog", *options)
    looked = run_blognet("-C", "blog", "doctor")
    assert (looked.code, looked.err) == (0, "\nEverything is in order.\n")


def no_git(net: NetworkFolder) -> None:
    (net.root / ".git").rename(net.root / "was-git")


def stranger(net: NetworkFolder) -> None:
    net.git("config", "user.email", "stranger@example.org")


def shared_address(net: NetworkFolder) -> None:
    net.write("authors/dev.md", "---\nname: Dev\nemail: ben@example.org\n---\n")


def settings(**changes: str) -> Callable[[NetworkFolder], None]:
    def change(net: NetworkFolder) -> None:
        text = net.read("blognet.yml")
        for before, after in changes.items():
            assert before in text
            text = text.replace(before, after)
        net.write("blognet.yml", text)

    return change


def conversions(net: NetworkFolder) -> None:
    net.write(".gitattributes", "* text=auto\n")


def some_conversions(net: NetworkFolder) -> None:
    net.write(".gitattributes", "/record/** -text\n")


def ignored_record(net: NetworkFolder) -> None:
    net.write(".gitignore", "/site/*\n/.blognet/\n*.json\n")
    net.mayor("approve", "profile/ben", "--yes")


def output_in_git(net: NetworkFolder) -> None:
    net.write(".gitignore", "/.blognet/\n")
    net.write("site/index.html", "<p>Hi</p>\n")


def leftovers(net: NetworkFolder) -> None:
    (net.root / ".site.blognet-new").mkdir()


def damaged_record(net: NetworkFolder) -> None:
    net.mayor("approve", "profile/ben", "--yes")
    event = next((net.root / "record").rglob("*.json"))
    event.write_text("{}")


def told_by_nobody(net: NetworkFolder) -> None:
    net.post("queue/hello.md", author="dev")
    net.mayor("return", "hello", "-m", "Shorter.")
    assert net.mayor("tell", "--since", "all", "--format", "md").code == 0


def server_without_sender(net: NetworkFolder) -> None:
    smtp = "messages: {smtp: {host: smtp.example.org}}\n"
    net.write("blognet.yml", net.read("blognet.yml") + smtp)


def server_with_sender(net: NetworkFolder) -> None:
    smtp = "messages: {from: ann@example.org, smtp: {host: smtp.example.org}}\n"
    net.write("blognet.yml", net.read("blognet.yml") + smtp)


def fault(net: NetworkFolder) -> None:
    net.write("queue/bad.md", "No front matter")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (no_git, {"git": "advice", "you": "advice"}),
        (stranger, {"you": "advice"}),
        (shared_address, {"you": "advice"}),
        (settings(mayors="policy: {solo: true}\nmayors"), {"mayors": "advice"}),
        (settings(**{"ann, cleo": "ann"}), {"mayors": "advice"}),
        (settings(**{"ann, cleo": "ann, eva"}), {"mayors": "advice"}),
        (conversions, {"git": "broken"}),
        (some_conversions, {"git": "advice"}),
        (ignored_record, {"git": "broken"}),
        (output_in_git, {"git": "advice"}),
        (leftovers, {"leftovers": "advice"}),
        (damaged_record, {"record": "broken"}),
        (fault, {"content": "advice"}),
        (told_by_nobody, {"messages": "advice"}),
        (server_without_sender, {"messages": "advice"}),
        (server_with_sender, {}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_weakness_is_found_and_nothing_else(
    healthy: NetworkFolder, change: Callable[[NetworkFolder], None], expected: dict[str, str]
) -> None:
    change(healthy)
    assert complaints(healthy) == expected


def test_broken_things_exit_with_1_and_advice_with_0(healthy: NetworkFolder) -> None:
    leftovers(healthy)
    assert healthy.blognet("doctor", who="").code == 0
    damaged_record(healthy)
    looked = healthy.blognet("doctor", who="")
    assert looked.code == 1
    assert "BN30" in looked.out
    assert "mayor verify" in looked.out


def test_faulty_settings_are_shown_with_their_place(healthy: NetworkFolder) -> None:
    healthy.write("blognet.yml", "titel: T\n")
    looked = healthy.blognet("doctor", who="")
    assert looked.code == 1
    assert "blognet.yml:1:1  error BN118" in looked.out


def test_outside_of_a_network_the_doctor_says_how_to_make_one(run_blognet: RunBlognet) -> None:
    looked = run_blognet("doctor")
    assert looked.code == 1
    assert "blognet init DIR" in looked.out


def test_the_doctor_changes_nothing(healthy: NetworkFolder) -> None:
    before = healthy.files()
    healthy.blognet("doctor")
    assert healthy.files() == before


@pytest.mark.parametrize(
    ("runs", "key", "health"),
    [
        (True, "0123456789abcdef", "fine"),
        (True, "short", "advice"),
        (False, "0123456789abcdef", "advice"),
    ],
)
def test_a_shared_cache_is_asked_whether_it_can_be_used(
    *, runs: bool, key: str, health: str, healthy: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cache_server() as server:
        monkeypatch.setenv("BLOGNET_CACHE_URL", server.url)
        monkeypatch.setenv("BLOGNET_CACHE_KEY", key)
        looks = healthy.blognet("doctor", "--json", who="").listed("looks") if runs else []
    looks = looks or healthy.blognet("doctor", "--json", who="").listed("looks")
    found = [look for look in looks if look["topic"] == "cache"]
    assert [(look["health"], bool(look["next"])) for look in found] == [(health, health != "fine")]
    assert bool(server.asked) == (health == "fine")
