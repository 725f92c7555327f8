"""``blognet me`` and who a command takes you for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.terminal import type_at_terminal

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder


def who(network_folder: NetworkFolder, as_id: str = "") -> tuple[object, object]:
    found = network_folder.blognet("me", "--json", who=as_id).json()
    return found["author"], found["source"]


def test_the_order_is_option_environment_git_and_what_was_kept(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert who(network_folder) == (None, None)
    network_folder.blognet("me", "ann", who="")
    assert who(network_folder) == ("ann", "kept")
    network_folder.git("init", "--quiet")
    network_folder.git("config", "user.email", "BEN@example.org")
    assert who(network_folder) == ("ben", "git")
    monkeypatch.setenv("BLOGNET_USER", "cleo")
    assert who(network_folder) == ("cleo", "environment")
    assert who(network_folder, "dev") == ("dev", "named")


def test_me_says_why_and_whether_you_are_a_mayor(network_folder: NetworkFolder) -> None:
    assert (
        network_folder.blognet("me", who="ann").out == "You are ann (Ann), a mayor: --as says so.\n"
    )
    assert network_folder.blognet("me", who="dev").out == "You are dev (Dev): --as says so.\n"


def test_keeping_an_id_that_something_else_overrules_says_so(
    network_folder: NetworkFolder,
) -> None:
    network_folder.git("init", "--quiet")
    network_folder.git("config", "user.email", "ben@example.org")
    shown = network_folder.blognet("me", "dev", who="")
    assert "You are ben" in shown.out
    assert "git's user.email goes first" in shown.err


@pytest.mark.parametrize("ident", ["nobody", "../../etc", "cleoo"])
def test_nobody_becomes_somebody_who_is_not_there(
    network_folder: NetworkFolder, ident: str
) -> None:
    shown = network_folder.blognet("me", ident, who="")
    assert shown.code == 2
    assert who(network_folder) == (None, None)


def test_unknown_me_exits_with_1_and_says_what_to_type(network_folder: NetworkFolder) -> None:
    shown = network_folder.blognet("me", who="")
    assert (shown.code, shown.out) == (1, "")
    assert "blognet me ID" in shown.err
    assert "ann, ben, cleo, dev" in shown.err


def test_on_a_terminal_a_command_asks_once_and_remembers(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    code, shown = type_at_terminal(
        network_folder.root, ["status"], [("your id:", "bem"), ("your id:", "ben")]
    )
    assert code == 0, shown
    assert "'bem' is no author" in shown
    assert "hello" in shown
    assert who(network_folder) == ("ben", "kept")
    code, shown = type_at_terminal(network_folder.root, ["status"], [])
    assert (code, "Who are you?" in shown) == (0, False)
