"""Who saves never waits for who looks at everything, and no process is left behind. Looks are held by the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from blognet.kernel.errors import BlognetError
from blognet.preview.apart import Apart
from tests.invariants.network_folder import NetworkFolder, post
from tests.preview.serving import Listening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.preview.session import Session

FRESH = "queue/fresh/index.md"
PAGE = "/blog/_preview/2024/fresh/"
HOME = "/blog/_preview/"
REPOSITORY = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system copies no processes")


@dataclass(frozen=True)
class Held:
    """A preview whose looks are held."""

    process: subprocess.Popen[str]
    said: IO[str]
    told: IO[str]
    listening: Listening

    def looks(self) -> int:
        """Wait until a look has begun; return the number of its process."""
        words = self.said.readline().split()
        assert words[:1] == ["looking"], words
        return int(words[1])

    def let_go(self, many: int = 1) -> None:
        """Let looks go on."""
        self.told.write("\n" * many)
        self.told.flush()


@contextmanager
def held(root: Path) -> Iterator[Held]:
    process = subprocess.Popen(
        (sys.executable, "-m", "tests.preview.held", str(root)),
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            listening = Listening(address=address, port=urlsplit(address).port or 0)
            yield Held(
                process=process, said=process.stdout, told=process.stdin, listening=listening
            )
        finally:
            process.kill()


def _kill_children_of(process: int) -> None:
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    assert children, "nobody stands in"
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def test_an_edit_is_shown_while_everything_is_looked_at_and_stays_when_that_is_done(
    network: NetworkFolder,
) -> None:
    with held(network.root) as preview, preview.listening.events() as states:
        get = preview.listening.get
        preview.looks()
        preview.let_go()
        network.write(FRESH, post("Fresh one", body="First words."))
        preview.looks()
        network.write(FRESH, post("Fresh two", body="Second words."))
        next(_ for _ in states if "Second words." in get(PAGE).text)
        during = get(HOME).text
        preview.let_go(many=50)
        for _ in states:
            assert "Second words." in get(PAGE).text
            if "Fresh two" in get(HOME).text:
                break

    assert "Fresh two" not in during, "the look was not held, so nothing was proved"


def test_pages_are_given_while_everything_is_looked_at(network: NetworkFolder) -> None:
    with held(network.root) as preview:
        preview.looks()
        shot = preview.listening.get("/blog/2024/shot/")
        waiting = preview.listening.get("/blog/_waiting/")

    assert (shot.status, waiting.status) == (200, 200)
    assert "queue/broken.md" in waiting.text


def test_when_the_preview_is_killed_no_process_is_left(network: NetworkFolder) -> None:
    with held(network.root) as preview:
        preview.looks()
        preview.process.kill()
        preview.told.close()
        # It ends when nobody can write there any more: every process has it open as long as it lives.
        rest = preview.said.read()

    assert rest == ""


def test_when_the_process_that_looks_is_killed_the_preview_ends_and_says_so(
    network: NetworkFolder,
) -> None:
    with held(network.root) as preview:
        os.kill(preview.looks(), signal.SIGKILL)
        _, said = preview.process.communicate()

    assert "the process that reads the network ended" in said
    assert preview.process.returncode != 0


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to find a process")
def test_when_the_copy_is_killed_the_process_that_looks_answers_as_soon_as_it_can(
    network: NetworkFolder,
) -> None:
    with held(network.root) as preview, preview.listening.events() as states:
        looking = preview.looks()
        _kill_children_of(looking)
        network.write(FRESH, post("Fresh one", body="First words."))
        preview.let_go(many=50)
        shot = preview.listening.get("/blog/2024/shot/")
        shown = next(_ for _ in states if "Fresh one" in preview.listening.get(HOME).text)

    assert (shot.status, bool(shown)) == (200, True)


def test_when_the_process_is_killed_in_its_first_look_that_is_said() -> None:
    def killed() -> Session:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    with pytest.raises(BlognetError, match="the process that reads the network ended"):
        Apart(killed)


def test_without_room_for_a_copy_nothing_is_said_to_be_new_that_is_not(
    network: NetworkFolder,
) -> None:
    said = subprocess.run(
        (sys.executable, "-m", "tests.preview.alone", str(network.root), FRESH),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == "2 3 3 3"


def test_what_keeps_the_first_look_from_showing_anything_is_raised_where_a_person_is_told(
    network: NetworkFolder,
) -> None:
    network.write("blognet.yml", "title: [\n")
    process = subprocess.run(
        (sys.executable, "-m", "blognet", "-C", str(network.root), "serve", "--port", "0"),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert process.returncode == 3
    assert "blognet.yml:1" in process.stderr
