"""A problem of a published text names the file that its author edits, while both say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.outlook import places_of_edits, where_people_edit
from blognet.kernel.problems import Location, Problem

if TYPE_CHECKING:
    from tests.unit.actions.conftest import Folder


def problem(path: str) -> Problem:
    return Problem(location=Location(path=path, line=3), code="BN404", message="m", hint="h")


def places(folder: Folder, *paths: str) -> list[str]:
    network, problems = folder.network(), tuple(map(problem, paths))
    found = where_people_edit(problems, network)
    assert places_of_edits(network)(problems) == found
    return [each.location.path for each in found]


def test_the_copy_of_an_approved_text_is_named_by_the_file_it_was_approved_from(
    folder: Folder,
) -> None:
    folder.write("queue/one.md")
    folder.approve("post/one")
    (copy,) = folder.root.glob("record/post/one/*.txt")
    path = copy.relative_to(folder.root).as_posix()
    assert places(folder, path, "blognet.yml") == ["posts/one.md", "blognet.yml"]


def test_a_file_that_was_edited_since_is_not_named_for_the_copy(folder: Folder) -> None:
    folder.write("queue/one.md")
    folder.approve("post/one")
    folder.write("posts/one.md", "Another text.")
    (copy,) = folder.root.glob("record/post/one/*.txt")
    path = copy.relative_to(folder.root).as_posix()
    assert places(folder, path) == [path]


def test_problems_elsewhere_stay_as_they_are_and_no_text_is_read_for_them(folder: Folder) -> None:
    folder.write("queue/one.md")
    network = folder.network()
    (folder.root / "queue/one.md").unlink()  # whoever reads it now fails
    problems = (problem("blognet.yml"), problem("record/post/other/0.txt"))
    assert where_people_edit(problems, network) == problems
