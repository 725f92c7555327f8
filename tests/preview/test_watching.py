"""An edit of any kind is noticed, and nothing is ever written."""

from __future__ import annotations

import random
import shutil
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from watchdog.events import FileSystemEventHandler
from watchdog.observers.api import BaseObserver

from blognet.preview.watch import Watcher
from tests.invariants.network_folder import NetworkFolder, post, tree_of
from tests.preview.serving import PATIENCE, Preview, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import ObservedWatch


def _saved(network: NetworkFolder) -> None:
    network.write("queue/fresh/index.md", post("Fresh", body="Other words."))


def _through_a_temporary_file(network: NetworkFolder) -> None:
    network.write("queue/fresh/.index.md.swp", post("Fresh", body="Other words.")).rename(
        network.root / "queue/fresh/index.md"
    )


def _renamed(network: NetworkFolder) -> None:
    _saved(network)
    (network.root / "queue/fresh").rename(network.root / "queue/sub-fresh")
    (network.root / "queue/sub-fresh").rename(network.root / "queue/fresh")


def _folder_exchanged(network: NetworkFolder) -> None:
    shutil.copytree(network.root / "queue", network.root / "queue-new")
    (network.root / "queue-new/fresh/index.md").write_text(post("Fresh", body="Other words."))
    shutil.rmtree(network.root / "queue")
    (network.root / "queue-new").rename(network.root / "queue")


@pytest.mark.parametrize("poll", [False, True], ids=["told", "polling"])
@pytest.mark.parametrize(
    "edit",
    [_saved, _through_a_temporary_file, _renamed, _folder_exchanged],
    ids=lambda f: f.__name__,
)
def test_an_edit_is_shown(
    network: NetworkFolder,
    edit: Callable[[NetworkFolder], None],
    poll: bool,  # noqa: FBT001
) -> None:
    with serving(network.root, poll=poll) as preview:
        version = preview.session.state.version
        edit(network)
        _until(
            preview,
            version,
            lambda: "Other words." in preview.get("/blog/_preview/2024/fresh/").text,
        )


def test_a_listener_is_told(network: NetworkFolder) -> None:
    with serving(network.root) as preview, preview.events() as states:
        first = next(states)
        assert first["faults"] == []
        _saved(network)
        # The write empties the file before it fills it: a look in between tells a fault, which the next one takes back.
        second = _first(
            states, lambda state: state["version"] != first["version"] and not state["faults"]
        )

    assert second["faults"] == []


def test_a_fault_that_is_made_is_told_with_its_line_and_caret_and_gone_when_mended(
    network: NetworkFolder,
) -> None:
    with serving(network.root) as preview, preview.events() as states:
        assert next(states)["faults"] == []
        network.write("queue/fresh/index.md", "---\ntitle: Fresh\ntag: sea\n---\nText.\n")
        faults = _first(states, lambda state: bool(state["faults"]))["faults"]
        network.write("queue/fresh/index.md", post("Fresh"))
        mended = _first(states, lambda state: not state["faults"])

    assert mended["faults"] == []
    assert isinstance(faults, list)
    places = [fault["place"] for fault in faults]
    assert all(place.startswith("queue/fresh/index.md") for place in places)


def test_a_post_that_cannot_be_read_while_it_is_typed_stays_as_it_was(
    network: NetworkFolder,
) -> None:
    with serving(network.root) as preview:
        version = preview.session.state.version
        network.write("queue/fresh/index.md", "---\ntitle: [\n---\nText.\n")
        _until(preview, version, lambda: bool(preview.session.state.faults))
        page = preview.get("/blog/_preview/2024/fresh/").text

    assert "Brand new." in page
    assert "<strong>faulty</strong>" in page


def test_another_branch_is_shown(network: NetworkFolder) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", *arguments], cwd=network.root, check=True, capture_output=True, timeout=60
        )

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "one")
    git("switch", "-qc", "other")
    git("rm", "-qr", "queue", "record")
    git("commit", "-qm", "two")
    with serving(network.root) as preview:
        version = preview.session.state.version
        assert preview.get("/blog/2024/shot/").status == 302  # nobody approved it on this branch
        git("switch", "-q", "-")
        git("switch", "-q", "other")
        git("switch", "-q", "-")
        _until(preview, version, lambda: "Fresh" in preview.get("/blog/_waiting/").text)
        _until(preview, version, lambda: preview.get("/blog/2024/shot/").status == 200)


def test_settings_that_cannot_be_read_leave_the_last_good_state_and_are_told(
    network: NetworkFolder,
) -> None:
    good = (network.root / "blognet.yml").read_text()
    with serving(network.root) as preview:
        version = preview.session.state.version
        (network.root / "blognet.yml").unlink()
        _until(preview, version, lambda: bool(preview.session.state.faults))
        assert "Shot" in preview.get("/blog/").text
        (network.root / "blognet.yml").write_text(good)
        _until(preview, version, lambda: not preview.session.state.faults)


def test_a_broken_template_is_told_on_the_page_and_gone_when_mended(network: NetworkFolder) -> None:
    with serving(network.root) as preview:
        version = preview.session.state.version
        broken = network.write("themes/default/templates/post.html", "{% if %}")
        _until(preview, version, lambda: preview.get("/blog/2024/shot/").status == 500)
        page = preview.get("/blog/2024/shot/").text
        broken.unlink()
        _until(preview, version, lambda: preview.get("/blog/2024/shot/").status == 200)

    assert "themes/default/templates/post.html:1" in page
    assert "preview.js" in page


def test_a_changed_word_of_the_theme_is_shown_in_pages_and_in_texts(
    network: NetworkFolder,
) -> None:
    network.write("queue/fresh/index.md", post("Fresh", body="> [!NOTE]\n> Mind the gap."))
    with serving(network.root, poll=True) as preview:
        version = preview.session.state.version
        network.write(
            "themes/default/locales/en.po",
            'msgctxt "text_note"\nmsgid "Note"\nmsgstr "Nota bene"\n\n'
            'msgctxt "skip"\nmsgid "Skip to content"\nmsgstr "On to the words"\n',
        )
        _until(
            preview,
            version,
            lambda: "On to the words" in preview.get("/blog/_preview/2024/fresh/").text,
        )
        assert "Nota bene" in preview.get("/blog/_preview/2024/fresh/").text


def test_an_approval_moves_a_post_to_the_site(network: NetworkFolder) -> None:
    with serving(network.root) as preview:
        version = preview.session.state.version
        network.approve("fresh")
        _until(preview, version, lambda: preview.get("/blog/2024/fresh/").status == 200)


def test_five_thousand_files_at_once_are_a_few_looks(network: NetworkFolder) -> None:
    with serving(network.root) as preview:
        version = preview.session.state.version
        for number in range(5000):
            network.write(f"queue/many/{number}.txt", "x")
        network.write("queue/last.md", post("Last"))
        _until(preview, version, lambda: "last.md" in preview.get("/blog/_waiting/").text)
        looks = preview.session.state.version - version

    assert looks < 50


def test_nothing_is_written_but_what_the_tool_remembers_of_pictures(network: NetworkFolder) -> None:
    before = _without_cache(network)
    with serving(network.root) as preview:
        for path in ("", "_waiting/", "_preview/", "_preview/2024/fresh/", "2024/plain/"):
            preview.get(f"/blog/{path}")

    assert _without_cache(network) == before


def _without_cache(network: NetworkFolder) -> dict[str, bytes]:
    found = tree_of(network.root)
    return {name: raw for name, raw in found.items() if not name.startswith(".blognet/")}


def _until(preview: Preview, version: int, holds: Callable[[], bool]) -> None:
    while not holds():
        version = preview.settled(version)


def _first(states: object, holds: Callable[[dict[str, object]], bool]) -> dict[str, object]:
    from collections.abc import Iterator  # noqa: PLC0415

    assert isinstance(states, Iterator)
    return next(state for state in states if holds(state))


def test_where_the_system_watches_too_few_folders_for_the_record_an_approval_is_seen_all_the_same(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = BaseObserver.schedule

    def limited(
        observer: BaseObserver,
        handler: FileSystemEventHandler,
        path: str,
        *,
        recursive: bool,
        event_filter: list[type[FileSystemEvent]],
    ) -> ObservedWatch:
        if path.endswith("/record"):
            raise OSError(28, "inotify watch limit reached")
        return schedule(observer, handler, path, recursive=recursive, event_filter=event_filter)

    monkeypatch.setattr(BaseObserver, "schedule", limited)
    with serving(network.root) as preview:
        version = preview.session.state.version
        _saved(network)
        _until(
            preview,
            version,
            lambda: "Other words." in preview.get("/blog/_preview/2024/fresh/").text,
        )
        network.approve("fresh")
        _until(preview, version, lambda: preview.get("/blog/2024/fresh/").status == 200)


def test_nobody_is_told_of_files_that_are_read(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    dispatch = FileSystemEventHandler.dispatch

    def noting(handler: FileSystemEventHandler, event: FileSystemEvent) -> None:
        seen.append(event.event_type)
        dispatch(handler, event)

    monkeypatch.setattr(FileSystemEventHandler, "dispatch", noting)
    watcher = Watcher(network.root)
    try:
        tree_of(network.root)
        _saved(network)
        heard = watcher.wait(PATIENCE)
    finally:
        watcher.close()

    assert heard.tops == {"queue"}
    assert {"opened", "closed_no_write"}.isdisjoint(seen)


def test_a_watcher_names_the_files_that_were_saved(network: NetworkFolder) -> None:
    watcher = Watcher(network.root)
    try:
        _through_a_temporary_file(network)
        heard = watcher.wait(PATIENCE)
    finally:
        watcher.close()

    assert "queue/fresh/index.md" in heard.paths
    assert heard.tops == {"queue"}


def test_folders_that_come_and_go_faster_than_they_are_looked_at_leave_it_listening(
    network: NetworkFolder,
) -> None:
    # The library's thread once ended of it, with an error of its own that fails whatever test runs then.
    chance = random.Random(1)  # noqa: S311  any order will do
    places = [network.root / top / f"a{number}" for top in ("posts", "queue") for number in (1, 2)]
    watcher = Watcher(network.root)
    try:
        for _ in range(1500):
            one, other = chance.choice(places), chance.choice(places)
            with suppress(OSError):  # there is none, or another lies there
                if chance.random() < 0.4:
                    (one / "b" / f"c{chance.randrange(3)}").mkdir(parents=True)
                elif chance.random() < 0.8:
                    one.rename(other)
                else:
                    shutil.rmtree(one)
        heard = watcher.wait(PATIENCE)
        network.write("queue/last.md", post("Last"))
        while heard.tops and "queue/last.md" not in heard.paths:
            heard = watcher.wait(PATIENCE)
    finally:
        watcher.close()

    assert "queue/last.md" in heard.paths
