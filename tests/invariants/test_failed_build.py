"""A build that fails or is killed leaves the site as it was, and the next one recovers by itself."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.invariants.interrupting import changes_in, full_from, killed_at
from tests.invariants.network_folder import NOW, NetworkFolder, post, start, tree_of
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

POINTS = 8
"""How many moments of a run are tried, spread evenly, and the first and the last few."""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    """A network with a site, and with decisions made since."""
    network = start(tmp_path_factory.mktemp("failing") / "network")
    network.write("queue/shot/index.md", post("Shot", body="![Shot](shot.png)", tags="[pictures]"))
    network.write("queue/shot/shot.png", png(words="shot"))
    network.write("queue/gone.md", post("Gone", author="bob"))
    network.approve("shot", "gone")
    network.build()
    network.write("queue/new/index.md", post("New", body="![New](new.png)"))
    network.write("queue/new/new.png", png(words="new"))
    network.approve("new")
    network.decided("retract", "gone", "-m", "Sorry.")
    return network


@pytest.fixture
def network(original: NetworkFolder, tmp_path: Path) -> NetworkFolder:
    shutil.copytree(original.root, tmp_path / "network")
    return NetworkFolder(root=tmp_path / "network")


@pytest.fixture(scope="module")
def good(original: NetworkFolder, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The site that a build makes which nothing interrupts."""
    output = tmp_path_factory.mktemp("good") / "site"
    said = original.blognet("build", "--now", NOW, "--output", str(output))
    assert said.code == 0, said.everything
    return tree_of(output)


def _template_is_no_jinja(network: NetworkFolder) -> None:
    network.write("themes/default/templates/post.html", "{% if %}")


def _template_asks_for_nonsense(network: NetworkFolder) -> None:
    network.write("themes/default/templates/tombstone.html", "<p>{{ tombstone.nonsense.deep }}</p>")


def _theme_has_a_link(network: NetworkFolder) -> None:
    (network.root / "themes/default").mkdir(parents=True)
    (network.root / "themes/default/theme.yml").symlink_to("/etc/passwd")


def _event(network: NetworkFolder, verb: str = "approve") -> Path:
    return next(iter((network.root / "record/post/new").glob(f"*-{verb}-*.json")))


def _event_is_damaged(network: NetworkFolder) -> None:
    _event(network).write_text("{", "utf-8")


def _event_was_edited(network: NetworkFolder) -> None:
    event = json.loads(_event(network).read_bytes())
    _event(network).write_text(json.dumps(event | {"actor": "max"}), "utf-8")


def _event_is_a_link(network: NetworkFolder) -> None:
    path = _event(network)
    path.rename(network.root / "moved.json")
    path.symlink_to(network.root / "moved.json")


def _approved_text_is_missing(network: NetworkFolder) -> None:
    next(iter((network.root / "record/post/new").glob("*.txt"))).unlink()


def _approved_text_was_edited(network: NetworkFolder) -> None:
    path = next(iter((network.root / "record/post/new").glob("*.txt")))
    path.write_text(path.read_text("utf-8") + "| More words.\n", "utf-8")


def _asset_is_missing(network: NetworkFolder) -> None:
    _copy_of(network, "new").unlink()


def _asset_was_edited(network: NetworkFolder) -> None:
    _copy_of(network, "new").write_bytes(_copy_of(network, "shot").read_bytes())


def _asset_is_no_base64(network: NetworkFolder) -> None:
    _copy_of(network, "new").write_bytes(b"\xff\xfe")


def _copy_of(network: NetworkFolder, content: str) -> Path:
    from blognet.kernel.hashing import sha256_hex  # noqa: PLC0415

    digest = sha256_hex(png(words=content))
    return network.root / f"record/assets/{digest}.b64"


def _actor_was_never_a_mayor(network: NetworkFolder) -> None:
    path = network.root / "blognet.yml"
    path.write_text(path.read_text("utf-8").replace("[mia, max]", "[max]"), "utf-8")


def _configuration_is_broken(network: NetworkFolder) -> None:
    network.write("blognet.yml", "id: [")


def _output_holds_a_strangers_file(network: NetworkFolder) -> None:
    network.write("site/2024/notes.txt", "mine")


BREAKING: tuple[tuple[Callable[[NetworkFolder], None], int, str], ...] = (
    (_template_is_no_jinja, 1, "themes/default/templates/post.html"),
    (_template_asks_for_nonsense, 1, "themes/default/templates/tombstone.html"),
    (_theme_has_a_link, 1, "themes/default/theme.yml"),
    (_event_is_damaged, 1, "record/post/new/"),
    (_event_was_edited, 1, "record/post/new/"),
    (_event_is_a_link, 1, "record/post/new/"),
    (_approved_text_is_missing, 1, "record/post/new/"),
    (_approved_text_was_edited, 1, "record/post/new/"),
    (_asset_is_missing, 1, "record/assets/"),
    (_asset_was_edited, 1, "record/assets/"),
    (_asset_is_no_base64, 1, "record/assets/"),
    (_actor_was_never_a_mayor, 1, "former_mayors"),
    (_configuration_is_broken, 3, "blognet.yml:"),
    (_output_holds_a_strangers_file, 5, "2024/notes.txt"),
)


@pytest.mark.parametrize(
    ("breaking", "code", "named"), BREAKING, ids=[each[0].__name__ for each in BREAKING]
)
def test_a_fault_leaves_the_site_as_it_was_names_the_place_and_once_mended_it_builds(
    breaking: Callable[[NetworkFolder], None],
    code: int,
    named: str,
    network: NetworkFolder,
    original: NetworkFolder,
    good: Mapping[str, bytes],
) -> None:
    breaking(network)
    before = network.site
    said = network.blognet("build", "--now", NOW)
    assert (said.code, named in said.err) == (code, True), said.everything
    assert network.site == before
    assert _left_over(network) == []
    _mend(network, original)
    network.build()
    assert network.site == good


def test_a_build_that_is_killed_leaves_one_whole_site_and_the_next_one_recovers(
    original: NetworkFolder, good: Mapping[str, bytes], tmp_path: Path
) -> None:
    old = original.site
    spare = _copy(original, tmp_path / "spare")
    steps = changes_in(spare.build)
    killed = 0
    for step in _moments(steps):
        network = _copy(original, tmp_path / str(step))
        killed += killed_at(step, network.build)
        assert network.site in (old, good), step
        network.build()
        assert network.site == good, step
        assert _left_over(network) == [], step
    assert killed == len(_moments(steps))


def test_a_full_disk_leaves_one_whole_site_and_says_so_and_the_next_build_recovers(
    original: NetworkFolder, good: Mapping[str, bytes], tmp_path: Path
) -> None:
    old = original.site
    for step in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89):
        network = _copy(original, tmp_path / str(step))
        with full_from(step):
            said = network.blognet("build", "--now", NOW, "--jobs", "1")
        assert said.code == 1, said.everything
        assert "no space left on device" in said.err
        assert network.site == old, step
        network.build()
        assert network.site == good, step


def test_an_approval_that_is_killed_happened_or_did_not_and_repeating_it_completes_it(
    original: NetworkFolder, tmp_path: Path
) -> None:
    waiting = _copy(original, tmp_path / "waiting")
    waiting.write("queue/late/index.md", post("Late", body="![Late](late.png)"))
    waiting.write("queue/late/late.png", png(words="late"))
    spare = _copy(waiting, tmp_path / "spare")
    steps = changes_in(lambda: spare.approve("late"))
    states, killed = set(), []
    for step in _moments(steps):
        network = _copy(waiting, tmp_path / str(step))
        # How much of what was read is kept in the index depends on how old the files are: some are over sooner.
        killed.append(killed_at(step, lambda network=network: network.approve("late")))  # type: ignore[misc]
        assert network.mayor("verify").code == 0
        states.add(_where(network))
        assert _text(network) == post("Late", body="![Late](late.png)"), step
        if network.mayor("approve", "--yes", "late").code != 0:
            network.decided("tidy")
        assert _where(network) == ("approved", "posts"), step
        assert (network.root / "posts/late/late.png").read_bytes() == png(words="late")
        network.build()
        assert "2024/late/index.html" in network.site
    assert {state for state, _ in states} == {"waits", "approved"}
    assert killed.count(True) > len(killed) / 2


def _where(network: NetworkFolder) -> tuple[str, str]:
    events = tuple((network.root / "record/post").glob("late/*.json"))
    folder = "posts" if (network.root / "posts/late/index.md").exists() else "queue"
    return ("approved" if events else "waits", folder)


def _text(network: NetworkFolder) -> str:
    return (network.root / _where(network)[1] / "late/index.md").read_text("utf-8")


def _moments(steps: int) -> list[int]:
    spread = {1 + number * (steps - 1) // (POINTS - 1) for number in range(POINTS)}
    return sorted(
        step for step in {1, 2, 3, *spread, steps - 2, steps - 1, steps} if 0 < step <= steps
    )


def _copy(network: NetworkFolder, to: Path) -> NetworkFolder:
    shutil.copytree(network.root, to)
    return NetworkFolder(root=to)


def _mend(network: NetworkFolder, original: NetworkFolder) -> None:
    for name in ("record", "themes"):
        shutil.rmtree(network.root / name, ignore_errors=True)
    shutil.copytree(original.root / "record", network.root / "record")
    shutil.copy(original.root / "blognet.yml", network.root / "blognet.yml")
    (network.root / "site/2024/notes.txt").unlink(missing_ok=True)


def _left_over(network: NetworkFolder) -> list[str]:
    return sorted(path.name for path in network.root.iterdir() if path.name.startswith(".site"))
