"""``blognet new``: a draft that explains itself, and nothing overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.terminal import type_at_terminal

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder


def test_new_writes_a_faultless_draft_and_prints_its_path_alone(
    network_folder: NetworkFolder,
) -> None:
    made = network_folder.blognet("new", "Our trip to Köln", "--json")
    assert made.code == 0
    assert made.json() == {
        "schema": 1,
        "subject": "post/our-trip-to-koeln",
        "name": "our-trip-to-koeln",
        "path": "queue/our-trip-to-koeln.md",
        "written": True,
    }
    checked = network_folder.blognet("check", "queue/our-trip-to-koeln.md")
    assert checked.out == "1 subject checked, no faults\n"
    place = network_folder.blognet("status", "our-trip", "--json").listed("subjects")[0]
    assert (place["proposed"], place["turn"], place["next"]) == (
        "draft",
        "author",
        "blognet submit our-trip-to-koeln",
    )


def test_new_says_what_to_type_next_beside_the_path(network_folder: NetworkFolder) -> None:
    made = network_folder.blognet("new", "My", "first", "post")
    assert made.out.strip().endswith("queue/my-first-post.md")
    assert "blognet submit my-first-post" in made.err


@pytest.mark.parametrize(
    "title",
    [
        "yes",
        "2024",
        "A: B # C",
        'She said "no"',
        "*Bold*",
        "- item",
        "日本語",
        "a\tb",
        "'",
        "@home",
    ],
)
def test_any_title_is_read_back_as_it_was_typed(network_folder: NetworkFolder, title: str) -> None:
    made = network_folder.blognet("new", "--slug", "it", "--", title)
    assert (made.code, made.err.count("error")) == (0, 0)
    place = network_folder.blognet("status", "it", "--json").listed("subjects")[0]
    assert place["title"] == " ".join(title.split())


def test_a_title_without_letters_asks_for_a_slug(network_folder: NetworkFolder) -> None:
    refused = network_folder.blognet("new", "?!")
    assert refused.code == 2
    assert "--slug" in refused.err
    assert network_folder.blognet("new", "?!", "--slug", "what").code == 0
    assert network_folder.blognet("new", "Hm", "--slug", "No Slug").code == 2


def test_new_never_writes_over_a_file(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md", title="Other", body="Kept.")
    network_folder.write(
        "queue/taken.md", "---\nslug: other\ntitle: T\nauthors: [ben]\n---\nKept.\n"
    )
    before = network_folder.files()
    same_id = network_folder.blognet("new", "Hello")
    assert same_id.code == 5
    assert "queue/hello.md" in same_id.err
    same_path = network_folder.blognet("new", "Taken")
    assert same_path.code == 5
    assert network_folder.files() == before


def test_the_address_of_a_post_that_was_decided_on_stays_its_own(
    network_folder: NetworkFolder,
) -> None:
    path = network_folder.post("queue/hello.md")
    network_folder.mayor("decline", "hello", "-m", "No.")
    path.unlink()
    refused = network_folder.blognet("new", "Hello")
    assert refused.code == 5
    assert "--slug" in refused.err


def test_a_bundle_is_a_folder_and_a_translation_goes_into_it(
    network_folder: NetworkFolder,
) -> None:
    made = network_folder.blognet("new", "--bundle", "Our trip", "--json")
    assert made.json()["path"] == "queue/our-trip/index.md"
    german = network_folder.blognet(
        "new", "Unsere Reise", "--lang", "de", "--slug", "our-trip", "--json"
    )
    assert german.json()["path"] == "queue/our-trip/index.de.md"
    assert german.json()["name"] == "our-trip.de"
    assert network_folder.blognet("check").code == 0


def test_a_language_that_is_not_configured_is_refused(network_folder: NetworkFolder) -> None:
    refused = network_folder.blognet("new", "Hi", "--lang", "fr")
    assert refused.code == 2
    assert "configured are en, de" in refused.err


def test_the_author_is_who_runs_the_command_else_who_is_named(
    network_folder: NetworkFolder,
) -> None:
    network_folder.blognet("new", "Mine")
    network_folder.blognet("new", "Hers", "--author", "dev")
    assert "authors: [ben]" in network_folder.read("queue/mine.md")
    assert "authors: [dev]" in network_folder.read("queue/hers.md")
    refused = network_folder.blognet("new", "Whose", "--author", "cloe")
    assert (refused.code, "did you mean 'cleo'?" in refused.err) == (2, True)


def test_tags_are_kept_as_typed(network_folder: NetworkFolder) -> None:
    network_folder.blognet("new", "T", "--tag", "Machines, old", "--tag", "yes", "--tag", "yes")
    assert '- "Machines, old"\n  - yes\nsummary' in network_folder.read("queue/t.md")
    assert network_folder.blognet("check").code == 0


def test_a_dry_run_prints_the_draft_and_writes_nothing(network_folder: NetworkFolder) -> None:
    before = network_folder.files()
    shown = network_folder.blognet("new", "Hello", "--dry-run")
    assert shown.code == 0
    assert shown.out.startswith("---\ntitle: Hello\n")
    assert network_folder.files() == before


def test_edit_opens_the_editor(network_folder: NetworkFolder) -> None:
    editor = {"EDITOR": "sed -i 's/^summary:.*/summary: Edited/'"}
    code, shown = type_at_terminal(
        network_folder.root, ["--as", "ben", "new", "Hello", "--edit"], [], settings=editor
    )
    assert code == 0, shown
    assert "summary: Edited" in network_folder.read("queue/hello.md")
    assert "blognet check hello" in shown
