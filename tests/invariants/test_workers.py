"""Any number of workers makes the same site, and so does one that is killed, fails, or gives something else."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.actions import build as building
from blognet.actions import making, page_slices, placing, texts
from blognet.actions.build import build
from blognet.disk.laid import Laid
from blognet.disk.processes import kit_in
from blognet.kernel.errors import FaultsError
from tests.invariants.network_folder import NOW, NetworkFolder, post, start, tree_of
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.actions.built import Built
    from blognet.actions.page_slices import MadeSlice

real_slice = page_slices.made_slice


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    network = start(tmp_path_factory.mktemp("workers") / "network")
    for number in range(14):
        body = (
            f"Words {number} and [another](post-{number + 1}.md).\n\n```python\nx = {number}\n```"
        )
        front = {"tags": f"[tag-{number % 3}]", "extra": "{free: [data]}"}
        network.write(f"queue/post-{number}.md", post(f"Post {number}", body=body, **front))
    network.write("queue/shot/index.md", post("Shot", body="![Shot](é.png)"))
    network.write("queue/shot/é.png", png(words="shot"))
    network.decided("approve", "--all", "--yes")
    network.decided("retract", "post-3", "-m", "Taken down.")
    network.build()
    return network


@pytest.fixture(scope="module")
def whole(original: NetworkFolder) -> Mapping[str, bytes]:
    """The site as one process makes it."""
    return original.site


@pytest.fixture
def network(
    original: NetworkFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> NetworkFolder:
    """The network without a site, in which workers are worth it and get a few pages at a time."""
    shutil.copytree(original.root, tmp_path / "network", ignore=shutil.ignore_patterns("site"))
    for memory in (tmp_path / "network" / ".blognet").glob("memory*"):
        memory.unlink()
    monkeypatch.setattr(texts, "WORTH_WORKERS", 3)
    monkeypatch.setattr(making, "WORTH_WORKERS", 3)
    monkeypatch.setattr(page_slices, "WORTH_WORKERS", 3)
    monkeypatch.setattr(page_slices, "_SLICE", 4)
    monkeypatch.setattr(page_slices, "_ENTRIES", 5)
    return NetworkFolder(root=tmp_path / "network")


def built(network: NetworkFolder, jobs: int = 2) -> Built:
    return build(network.root, now=datetime.fromisoformat(NOW), jobs=jobs)


def replaced(
    monkeypatch: pytest.MonkeyPatch, slices: Callable[[object, tuple[str, ...]], MadeSlice]
) -> None:
    monkeypatch.setattr(page_slices, "made_slice", slices)


def killed_at_tags(given: object, names: tuple[str, ...]) -> MadeSlice:
    if any(name.startswith("tags/") for name in names):
        os.kill(os.getpid(), signal.SIGKILL)
    return real_slice(given, names)


def none_made(given: object, names: tuple[str, ...]) -> MadeSlice:
    return replace(real_slice(given, names), files=(None,) * len(names))


def one_too_few(given: object, names: tuple[str, ...]) -> MadeSlice:
    made = real_slice(given, names)
    return replace(made, files=made.files[1:])


def other_bytes(given: object, names: tuple[str, ...]) -> MadeSlice:
    made = real_slice(given, names)
    files = (replace(one, sha256="0" * 64) for one in made.files if isinstance(one, Laid))
    return replace(made, files=tuple(files))


def bytes_of_others(given: object, names: tuple[str, ...]) -> MadeSlice:
    return replace(real_slice(given, names), files=(b"<script>",) * len(names))


def laid_elsewhere(given: object, names: tuple[str, ...]) -> MadeSlice:
    made = real_slice(given, names)
    for one in made.files:
        if isinstance(one, Laid):
            Path(one.path).unlink()
    return made


def cut_short(given: object, names: tuple[str, ...]) -> MadeSlice:
    made = real_slice(given, names)
    for one in made.files:
        if isinstance(one, Laid):
            os.truncate(one.path, one.size - 1)
    return made


def without_briefs(given: object, names: tuple[str, ...]) -> MadeSlice:
    vars(page_slices)["kept_brief"] = no_brief  # in this worker
    return real_slice(given, names)


def no_brief(_cache: object, _key: str) -> None:
    """Find nothing beside a Document."""


def no_slice(given: object, names: tuple[str, ...]) -> MadeSlice:
    del given
    return names  # type: ignore[return-value]


def bug(given: object, names: tuple[str, ...]) -> MadeSlice:
    del given
    raise KeyError(names)


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_workers_makes_the_same_site(
    jobs: int, network: NetworkFolder, whole: Mapping[str, bytes]
) -> None:
    done = built(network, jobs)
    assert network.site == whole
    assert done.help_problems == ()


def test_workers_make_every_page_that_is_rendered(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the other tests here would prove nothing: what a worker cannot make is made by the one who asked."""
    near: list[str] = []
    real = page_slices.make_file
    owner = os.getpid()

    def noted(context: object, name: str, page: object) -> bytes:
        if os.getpid() == owner:
            near.append(name)
        return real(context, name, page)  # type: ignore[arg-type]

    monkeypatch.setattr(page_slices, "make_file", noted)
    built(network)
    rendered = [name for name in near if name.endswith((".html", ".xml", ".json"))]
    # The files of the search are worked out of all texts together, with what is kept of them.
    assert [name for name in rendered if not name.startswith("search/")] == []


def test_what_workers_made_is_remembered_like_what_one_process_made(
    network: NetworkFolder, whole: Mapping[str, bytes]
) -> None:
    built(network)
    network.write("posts/post-5.md", post("Another title", tags="[tag-1]"))
    network.approve("post-5")
    done = built(network, jobs=1)
    assert 0 < len(done.made) < done.pages / 2
    clean = network.blognet("build", "--now", NOW, "--output", str(network.root.parent / "clean"))
    assert clean.code == 0
    assert network.site == tree_of(network.root.parent / "clean") != whole


def test_a_killed_worker_changes_no_byte_and_is_told(
    network: NetworkFolder, whole: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(monkeypatch, killed_at_tags)
    done = built(network)
    assert network.site == whole
    assert [problem.code for problem in done.help_problems] == ["BN756"]
    again = built(network)
    assert again.help_problems == ()


def killed_at_once(given: object, sent: object) -> None:
    del given, sent
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("work", ["studio._measured", "studio._made", "texts._text_slice"])
def test_a_worker_killed_at_texts_or_pictures_changes_no_byte(
    work: str,
    network: NetworkFolder,
    whole: Mapping[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.rmtree(network.root / ".blognet")
    monkeypatch.setattr("blognet.actions.studio.WORTH_WORKERS", 1)
    monkeypatch.setattr(f"blognet.actions.{work}", killed_at_once)
    done = built(network)
    assert network.site == whole
    assert [problem.code for problem in done.help_problems] == ["BN756"]


WRONG = [none_made, one_too_few, other_bytes, bytes_of_others, laid_elsewhere, cut_short]
WRONG += [no_slice, bug]


@pytest.mark.parametrize("slices", WRONG)
def test_a_worker_that_gives_something_else_changes_no_byte(
    slices: Callable[[object, tuple[str, ...]], MadeSlice],
    network: NetworkFolder,
    whole: Mapping[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replaced(monkeypatch, slices)
    built(network)
    assert network.site == whole


def laid_whatever_happens(given: object, names: tuple[str, ...]) -> MadeSlice:
    _, _, folder = page_slices._prepared(kit_in(given))  # noqa: SLF001  # as workers prepare
    Path(folder).mkdir(exist_ok=True)
    (Path(folder) / str(os.getpid())).write_bytes(b"laid")
    return real_slice(given, names)


def test_nobody_lays_files_any_more_when_a_build_that_failed_clears_up(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(monkeypatch, laid_whatever_happens)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(placing, "publish_output", interrupted)
    with pytest.raises(KeyboardInterrupt):
        built(network)
    assert not (network.root / ".blognet/laid").exists()


def test_a_template_that_fails_says_the_same_with_workers(network: NetworkFolder) -> None:
    network.write("themes/default/templates/tombstone.html", "<p>{{ tombstone.nonsense.deep }}</p>")
    said = []
    for jobs in (1, 2):
        with pytest.raises(FaultsError) as caught:
            built(network, jobs)
        said.append((caught.value.message, caught.value.problems))
    assert said[0] == said[1]
    assert not (network.root / "site").exists()


def test_a_worker_that_finds_no_briefs_reads_documents(
    network: NetworkFolder, whole: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(monkeypatch, without_briefs)
    assert not built(network).help_problems
    assert network.site == whole


def test_workers_are_gone_when_the_build_remembers(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int]] = []

    def noting(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def called(*args: object, **named: object) -> object:
            seen.append((name, len(multiprocessing.active_children())))
            return real(*args, **named)

        return called

    for module, name in ((making, "make_files"), (building, "remember")):
        monkeypatch.setattr(module, name, noting(name, getattr(module, name)))
    built(network)
    assert seen == [("make_files", 2), ("remember", 0)]
