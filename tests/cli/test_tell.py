"""``mayor tell``: nothing is told twice or lost, into files, over a real mail server, to a chat, and as a feed."""

from __future__ import annotations

import email
import email.policy
import json
from email.message import EmailMessage
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.cli.terminal import type_at_terminal
from tests.smtp_server import Manners, mail_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

NO_DIGEST = "messages: {digest: false}\n"


@pytest.fixture
def net(network_folder: NetworkFolder) -> NetworkFolder:
    """A network without digests, which depend on the day of the week; it knows what was told: nothing."""
    settings(network_folder, NO_DIGEST)
    assert network_folder.mayor("tell").code == 0
    return network_folder


def settings(net: NetworkFolder, lines: str) -> None:
    kept = net.read("blognet.yml").partition("messages:")[0]
    net.write("blognet.yml", kept + lines)


def smtp(net: NetworkFolder, port: int, more: str = "") -> None:
    settings(
        net,
        "messages:\n  from: Our blog <blog@example.org>\n  digest: false\n"
        f"  smtp: {{host: 127.0.0.1, port: {port}, security: none{more}}}\n",
    )


def outbox(net: NetworkFolder) -> dict[str, str]:
    """Return the files of the outbox by person, and empty it."""
    folder = net.root / ".blognet/outbox"
    found = {}
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        found[path.name.partition("-")[0]] = path.read_bytes().decode()
        path.unlink()
    return found


def mail(text: str) -> EmailMessage:
    found = email.message_from_string(text, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def tomorrow(net: NetworkFolder) -> None:
    """Let the last messages have been yesterday's."""
    path = net.root / ".blognet/told.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["letters"] = dict.fromkeys(said["letters"], "2026-01-01")
    path.write_text(json.dumps(said), encoding="utf-8")


def test_a_decision_becomes_one_email_with_the_words_and_what_to_do(net: NetworkFolder) -> None:
    net.post("queue/hello.md", title="Grüße")
    net.mayor("return", "hello", "-m", "Say where.\nAnd when.")
    done = net.mayor("tell")
    assert done.code == 0, done.err
    assert "wrote .blognet/outbox/ben-" in done.out
    found = outbox(net)
    assert list(found) == ["ben"]
    message = mail(found["ben"])
    assert message["From"] == "Ann <ann@example.org>"
    assert message["To"] == "Ben <ben@example.org>"
    assert message["Subject"] == "[Test] Sent back to you: Grüße"
    assert message["X-Unsent"] == "1"
    text = message.get_content()
    for part in (
        "> Say where.",
        "> And when.",
        "It is your turn. Change queue/hello.md",
        "blognet status hello",
    ):
        assert part in text


def test_nothing_is_told_twice_and_a_dry_run_tells_nobody(net: NetworkFolder) -> None:
    net.post("queue/hello.md")
    net.mayor("decline", "hello", "-m", "Not this one.")
    shown = net.mayor("tell", "--dry-run")
    assert "Not this one." in shown.out
    assert outbox(net) == {}
    assert "wrote" in net.mayor("tell").out
    assert list(outbox(net)) == ["ben"]
    again = net.mayor("tell")
    assert "There is nothing to tell." in again.err
    assert outbox(net) == {}


def test_a_person_gets_one_message_a_day_unless_something_is_urgent(net: NetworkFolder) -> None:
    for name in ("a", "b", "c"):
        net.post(f"queue/{name}.md", title=name.upper())
    net.mayor("approve", "a", "--yes")
    net.mayor("tell")
    assert list(outbox(net)) == ["ben"]
    net.mayor("return", "b", "-m", "Shorter.")
    waits = net.mayor("tell")
    assert "1 event waits for tomorrow" in waits.err
    assert outbox(net) == {}
    net.mayor("retract", "a", "-m", "It named a customer.")
    net.mayor("tell")
    (urgent,) = outbox(net).values()
    assert "> It named a customer." in mail(urgent).get_content()
    assert "> Shorter." in mail(urgent).get_content()
    net.mayor("decline", "c", "-m", "No.")
    tomorrow(net)
    net.mayor("tell")
    assert "> No." in mail(outbox(net)["ben"]).get_content()


def test_an_authors_comment_reaches_the_mayor_who_took_part_and_not_the_author(
    net: NetworkFolder,
) -> None:
    net.post("queue/hello.md")
    net.mayor("comment", "hello", "-m", "Is this public?", who="cleo")
    net.mayor("tell")
    assert list(outbox(net)) == ["ben"]
    net.mayor("comment", "hello", "-m", "It is.", who="ben")
    net.mayor("tell")
    found = outbox(net)
    assert list(found) == ["cleo"]
    assert "What authors said:" in mail(found["cleo"]).get_content()


def test_a_profile_says_the_language_and_the_approved_one_says_the_address(
    net: NetworkFolder,
) -> None:
    profile = "---\nname: Ben\nemail: {}@example.org\nextra: {{language: de}}\n---\n\nHello.\n"
    net.write("authors/ben.md", profile.format("ben"))
    net.mayor("approve", "profile/ben", "--yes")
    net.write("authors/ben.md", profile.format("mallory"))
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Kürzer.")
    net.mayor("tell")
    message = mail(outbox(net)["ben"])
    assert message["To"] == "Ben <ben@example.org>"
    assert "Du bist an der Reihe." in message.get_content()


def test_an_author_without_an_address_is_named_and_gets_markdown(net: NetworkFolder) -> None:
    net.write("authors/ben.md", "---\nname: Ben\n---\n\nHello.\n")
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Shorter.")
    done = net.mayor("tell")
    assert "ben has no e-mail address for 1 event: add one to authors/ben.md" in done.err
    found = outbox(net)["ben"]
    assert found.startswith("---\nto: Ben\nsubject: ")
    assert "> Shorter." in found


def test_a_copy_that_does_not_know_what_was_told_asks_before_it_floods(
    network_folder: NetworkFolder,
) -> None:
    net = network_folder
    settings(net, NO_DIGEST)
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Shorter.")
    refused = net.mayor("tell")
    assert refused.code == 2
    assert "1 event of the record would be told" in refused.err
    assert "--since" in refused.err
    assert not (net.root / ".blognet/told.json").exists()
    assert net.mayor("tell", "--dry-run").code == 0
    assert net.mayor("tell", "--to", "hook").code == 2
    assert net.mayor("tell", "--since", "now").code == 0
    assert outbox(net) == {}
    assert "There is nothing to tell." in net.mayor("tell").err
    (net.root / ".blognet/told.json").write_text("{", encoding="utf-8")
    assert net.mayor("tell").code == 2
    assert net.mayor("tell", "--since", "all").code == 0
    assert list(outbox(net)) == ["ben"]


def test_at_a_terminal_a_person_is_asked(network_folder: NetworkFolder) -> None:
    net = network_folder
    settings(net, NO_DIGEST)
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Shorter.")
    code, shown = type_at_terminal(net.root, ["mayor", "tell"], [("Tell all of them?", "n")])
    assert (code, "nothing was told" in shown) == (2, True)
    code, shown = type_at_terminal(net.root, ["mayor", "tell"], [("Tell all of them?", "y")])
    assert (code, "wrote" in shown) == (0, True)


def test_over_smtp_the_message_arrives_and_the_answer_goes_to_the_mayor(net: NetworkFolder) -> None:
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Shorter.", who="cleo")
    with mail_server(Manners()) as server:
        smtp(net, server.port)
        done = net.mayor("tell", "--to", "smtp")
        assert (done.code, "sent to ben@example.org" in done.out) == (0, True), done.err
        assert net.mayor("tell", "--to", "smtp").code == 0
    (received,) = server.received
    assert (received.sender, received.recipients) == ("blog@example.org", ("ben@example.org",))
    message = mail(received.raw.decode())
    assert message["From"] == "Our blog <blog@example.org>"
    assert message["Reply-To"] == "Cleo <cleo@example.org>"
    assert message["X-Unsent"] is None
    assert "> Shorter." in message.get_content()


def test_what_a_server_does_not_take_is_told_by_the_next_run_and_the_rest_is_not_told_again(
    net: NetworkFolder,
) -> None:
    for author in ("ann", "ben", "dev"):
        net.post(f"queue/{author}-writes.md", title=author, author=author)
        net.mayor("return", f"{author}-writes", "-m", "Shorter.", who="cleo")
    with mail_server(Manners(refuses=frozenset({"ben@example.org"}))) as server:
        smtp(net, server.port)
        first = net.mayor("tell", "--to", "smtp")
    assert first.code == 1
    assert "not told to ben (ben@example.org): the server said 550" in first.err
    assert {one.recipients[0] for one in server.received} == {"ann@example.org", "dev@example.org"}
    with mail_server(Manners(breaks_at=1)) as server:
        smtp(net, server.port)
        second = net.mayor("tell", "--to", "smtp")
    assert (second.code, "broke" in second.err) == (1, True)
    with mail_server(Manners()) as server:
        smtp(net, server.port)
        third = net.mayor("tell", "--to", "smtp")
    assert third.code == 0
    assert [one.recipients for one in server.received] == [("ben@example.org",)]


def test_a_password_comes_from_the_environment_and_stands_nowhere(
    net: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Shorter.")
    with mail_server(Manners(users={"blog": "open sesame"})) as server:
        smtp(net, server.port, ", user: blog, password_env: BLOGNET_SMTP_PASSWORD")
        missing = net.mayor("tell", "--to", "smtp")
        assert (missing.code, "BLOGNET_SMTP_PASSWORD" in missing.err) == (3, True)
        monkeypatch.setenv("BLOGNET_SMTP_PASSWORD", "wrong sesame")
        refused = net.mayor("tell", "--to", "smtp")
        assert (refused.code, "sesame" in refused.err + refused.out) == (1, False)
        monkeypatch.setenv("BLOGNET_SMTP_PASSWORD", "open sesame")
        assert net.mayor("tell", "--to", "smtp").code == 0
    assert server.received[0].user == "blog"
    kept = [path.read_bytes() for path in (net.root / ".blognet").rglob("*") if path.is_file()]
    assert not any(b"sesame" in raw for raw in kept)


def test_without_a_server_or_a_sender_nothing_is_sent_and_the_settings_are_named(
    net: NetworkFolder,
) -> None:
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Shorter.")
    missing = net.mayor("tell", "--to", "smtp")
    assert (missing.code, "messages: smtp: host:" in missing.err) == (3, True)
    settings(net, "messages: {digest: false, smtp: {host: 127.0.0.1, security: none, port: 1}}\n")
    nobody = net.mayor("tell", "--to", "smtp")
    assert (nobody.code, "from:" in nobody.err) == (3, True)
    settings(net, "messages: {from: no-reply@example.org}\n")
    refused = net.mayor("tell")
    assert (refused.code, "BN231" in refused.err) == (3, True)


def test_a_chat_hook_gets_one_json_object_a_line_once(net: NetworkFolder) -> None:
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Say\u2028\nwhere.")
    net.mayor("tell")
    lines = net.mayor("tell", "--to", "hook").out.splitlines()
    said = [json.loads(line) for line in lines]
    assert len(said) == 1
    assert said[0] | {"id": "", "time": "", "text": ""} == {
        "schema": 1, "id": "", "time": "", "text": "", "verb": "return", "actor": "ann", "actor_name": "Ann",
        "kind": "post", "name": "hello", "title": "Hello", "authors": ["ben"], "words": "Say\u2028\nwhere.",
        "state": "returned", "published": "-", "url": None, "path": "queue/hello.md", "urgent": False,
    }  # fmt: skip
    assert said[0]["text"].startswith("Ann sent “Hello” back to you")
    assert net.mayor("tell", "--to", "hook").out == ""


def test_the_feed_of_the_queue_is_private_and_never_lands_in_the_site(net: NetworkFolder) -> None:
    net.post("queue/hello.md", title="A & <b>")
    done = net.mayor("tell", "--to", "feed")
    assert done.code == 0
    tree = ET.fromstring((net.root / ".blognet/queue.atom").read_text(encoding="utf-8"))  # noqa: S314  our own
    names = {"a": "http://www.w3.org/2005/Atom"}
    titles = [found.text for found in tree.findall("a:entry/a:title", names)]
    assert "A & <b> (new)" in titles
    ids = [found.text for found in tree.findall("a:entry/a:id", names)]
    assert len(ids) == len(set(ids))
    assert net.mayor("tell", "--to", "feed", "--feed", str(net.root / "feed.atom")).code == 0
    for inside in ("site/feed.atom", "site/deep/feed.atom", "queue/../site/feed.atom"):
        refused = net.mayor("tell", "--to", "feed", "--feed", str(net.root / inside))
        assert (refused.code, "everybody could read" in refused.err) == (2, True)
    assert net.mayor("tell", "--feed", "x.atom").code == 2


def test_a_feed_does_not_follow_a_link_into_the_site(net: NetworkFolder, tmp_path: Path) -> None:
    (net.root / "site").mkdir(exist_ok=True)
    (tmp_path / "outside").symlink_to(net.root / "site")
    refused = net.mayor("tell", "--to", "feed", "--feed", str(tmp_path / "outside/feed.atom"))
    assert refused.code == 2
    assert list((net.root / "site").iterdir()) == []


def test_mayors_get_one_digest_a_working_day_of_what_waits(network_folder: NetworkFolder) -> None:
    net = network_folder
    everyday = "policy: {working_days: [mon, tue, wed, thu, fri, sat, sun]}\n"
    net.write("blognet.yml", net.read("blognet.yml") + everyday)
    net.post("queue/hello.md", title="Hello there")
    net.mayor("tell")
    found = outbox(net)
    assert list(found) == ["ann", "cleo"]
    text = mail(found["ann"]).get_content()
    assert "hello: “Hello there” by Ben (2 d left)" in text or "1 d 23 h left" in text
    assert "mayor queue" in text
    net.post("queue/again.md")
    net.mayor("tell")
    assert outbox(net) == {}


def test_a_faulty_record_is_told_to_nobody(net: NetworkFolder) -> None:
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Shorter.")
    next((net.root / "record/post/hello").glob("*.md")).unlink()
    refused = net.mayor("tell")
    assert (refused.code, "mayor verify" in refused.err) == (1, True)
    assert outbox(net) == {}


def test_what_was_told_is_printed_as_json(net: NetworkFolder) -> None:
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Shorter.")
    (message,) = net.mayor("tell", "--json").listed("messages")
    assert (message["to"], message["address"], message["failed"]) == (
        "ben",
        "ben@example.org",
        None,
    )
    assert str(message["told"]).startswith(".blognet/outbox/ben-")
