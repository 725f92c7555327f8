"""A build that finds a few other posts plans no whole site; whatever reaches further leads the whole way."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from blognet.disk import memory
from blognet.disk.private import PRIVATE
from blognet.disk.remembered import Kind, Remembered, leaves_in, sum_of
from blognet.site.plan import plan
from tests.invariants.network_folder import NOW, PNG, NetworkFolder, post, start, tree_of
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[NetworkFolder], object]

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
KEYS = {"tags": "[bells]", "topics": "[]"}


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    """A network of five posts, one with a picture, that was built."""
    network = start(tmp_path / "network")
    for name in ("one", "two"):
        network.write(f"posts/{name}/index.md", post(name.title(), **KEYS))
    network.write("posts/one/shot.png", PNG)
    network.write("posts/three.md", post("Three", author="bob", expires="2070-06-01"))
    for name in ("five", "six"):
        network.write(f"posts/{name}.md", post(name.title(), tags="[bells]"))
    network.write("pages/about.md", post("About"))
    network.approve("one", "two", "three", "five", "six", "page/about")
    network.build()
    return network


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was planned since."""
    found: list[str] = []

    def counted(*some: object, **more: object) -> object:
        found.append("the site")
        return plan(*some, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("blognet.actions.preparing.plan", counted)
    return found


def _text(network: NetworkFolder, name: str = "one", body: str = "Other words.") -> None:
    network.write(f"posts/{name}/index.md", post(name.title(), body=body, **KEYS))
    network.approve(name)


def _two_texts(network: NetworkFolder) -> None:
    _text(network)
    _text(network, "two", "See [one](one.md).")


def _page(network: NetworkFolder) -> None:
    network.write("pages/about.md", post("About", body="Who we are."))
    network.approve("page/about")


def _title(network: NetworkFolder) -> None:
    network.write("posts/one/index.md", post("Another", **KEYS))
    network.approve("one")


def _keys(**keys: str) -> Edit:
    """Return an edit of what stands in front of a text."""

    def edit(network: NetworkFolder) -> None:
        network.write("posts/one/index.md", post("One", **{**KEYS, **keys}))
        network.approve("one")

    return edit


def _new(name: str = "four", **keys: str) -> Edit:
    """Return the approval of a new post."""

    def edit(network: NetworkFolder) -> None:
        network.write(f"posts/{name}.md", post(name.title(), **keys))
        network.approve(name)

    return edit


def _after(*edits: Edit) -> Edit:
    """Return the last of some edits; a build follows each of those before."""

    def edit(network: NetworkFolder) -> None:
        for each in edits[:-1]:
            each(network)
            network.build()
        edits[-1](network)

    return edit


def _new_with_a_picture(file: str = "shot.png", **keys: str) -> Edit:
    """Return the approval of a new post with a large picture beside it, or a drawing."""

    def edit(network: NetworkFolder) -> None:
        network.write("posts/four/index.md", post("Four", body=f"![A shot]({file})", **keys))
        network.write(f"posts/four/{file}", DRAWING if file.endswith("svg") else png(800, 450))
        network.approve("four")

    return edit


def _new_with_a_file(network: NetworkFolder) -> None:
    network.write("posts/four/index.md", post("Four", body="See [the notes](notes.txt)."))
    network.write("posts/four/notes.txt", b"Bells.\n")
    network.approve("four")


def _picture_that_was_named_before(network: NetworkFolder) -> None:
    network.write("posts/five.md", post("Five", body="![A shot](/2024/four/shot.png)"))
    network.approve("five")
    network.build()
    network.write("posts/four/index.md", post("Four", body="Nothing is shown."))
    network.write("posts/four/shot.png", png(800, 450))
    network.approve("four")


def _picture_beside_a_post(network: NetworkFolder) -> None:
    network.write("posts/two/shot.png", PNG)
    _text(network, "two", "![A shot](shot.png)")


def _taken_down_with_a_picture(network: NetworkFolder) -> None:
    _new_with_a_picture()(network)
    network.build()
    network.decided("retract", "four", "-m", "Sorry.")


def _taken_down(network: NetworkFolder) -> None:
    network.decided("retract", "two", "-m", "Sorry.")


def _tag_by_another_name(network: NetworkFolder) -> None:
    for name in ("five", "six", "seven"):
        network.write(f"posts/{name}.md", post(name.title(), tags="[Bells]"))
    network.approve("five", "six", "seven")


def _tag_by_the_name_of_a_post_that_was_in_no_list(network: NetworkFolder) -> None:
    for name in ("five", "six"):
        network.write(f"posts/{name}.md", post(name.title(), tags="[Bells]"))
    network.write("posts/seven.md", post("Seven", tags="[bells]", unlisted="true"))
    network.approve("five", "six", "seven")
    network.build()
    network.write("posts/seven.md", post("Seven", tags="[bells]"))
    network.approve("seven")


def _tag_of_a_post_that_is_in_no_list(network: NetworkFolder) -> None:
    network.write("posts/five.md", post("Five", tags="[wheels]", unlisted="true"))
    network.approve("five")
    network.build()
    network.write("posts/six.md", post("Six", tags="[wheels]"))
    network.approve("six")


def _tag_of_another_language(network: NetworkFolder) -> None:
    network.write("posts/five.de.md", post("Fünf", tags="[wheels]"))
    network.approve("five.de")
    network.build()
    network.write("posts/six.md", post("Six", tags="[wheels]"))
    network.approve("six")


def _year_that_ends(network: NetworkFolder) -> None:
    _new(date="2023-05-02")(network)
    network.build()
    network.decided("retract", "four", "-m", "Sorry.")


def _year_of_another_language(network: NetworkFolder) -> None:
    network.write("posts/seven.de.md", post("Sieben", date="2023-05-02"))
    network.approve("seven.de")
    network.build()
    _new(date="2023-05-02")(network)


def _year_after_another(network: NetworkFolder) -> None:
    _new(date="2023-05-02")(network)
    network.build()
    _new("eight", date="2022-05-02")(network)


def _translation(network: NetworkFolder) -> None:
    network.write("posts/one/index.de.md", post("Eins"))
    network.approve("one.de")


def _translation_of_a_language_that_is_no_more(network: NetworkFolder) -> None:
    config = (network.root / "blognet.yml").read_text("utf-8")
    network.write("blognet.yml", config.replace("[en, de]", "[en, de, fr]"))
    network.write("posts/seven.fr.md", post("Sept"))
    network.approve("seven.fr")
    network.write("blognet.yml", config)
    network.build()
    network.write("posts/seven.md", post("Seven"))
    network.approve("seven")


def _page_title(network: NetworkFolder) -> None:
    network.write("pages/about.md", post("About us"))
    network.approve("page/about")


def _restored(network: NetworkFolder) -> None:
    _taken_down(network)
    network.build()
    network.decided("restore", "two", "-m", "Back.")


def _profile(network: NetworkFolder) -> None:
    network.write("authors/ada.md", "---\nname: The good Ada\n---\n\nA bio.\n")
    network.approve("profile/ada")


def _setting(network: NetworkFolder) -> None:
    config = (network.root / "blognet.yml").read_text("utf-8")
    network.write("blognet.yml", f"{config}footer: Below\n")


def _template(network: NetworkFolder) -> None:
    text = '{% extends "default/404.html" %}{% block main %}<p>No.</p>{% endblock %}'
    network.write("themes/default/templates/404.html", text)


def _template_of_posts(network: NetworkFolder) -> None:
    text = '{% extends "default/post.html" %}{% block main %}{{ super() }}<p>Own</p>{% endblock %}'
    network.write("themes/default/templates/post.html", text)
    _text(network)


def _own_templates_that_are_gone(network: NetworkFolder) -> None:
    _template_of_posts(network)
    _template(network)
    network.build()
    shutil.rmtree(network.root / "themes/default/templates")


def _touch(network: NetworkFolder) -> None:
    (network.root / "site/404.html").unlink()


def _forget(network: NetworkFolder) -> None:
    shutil.rmtree(network.root / PRIVATE)


def _forget_words(network: NetworkFolder) -> None:
    _text(network)
    (network.root / PRIVATE / "cache/words-1.sqlite").unlink()


def _strangely(raw: bytes, name: str = "contents post/one") -> Edit:
    """Return an edit behind which the memory holds other bytes for a unit, sealed as if they were right."""

    def edit(network: NetworkFolder) -> None:
        _text(network)
        path = network.root / PRIVATE / memory.FILE
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE kept SET bytes = ? WHERE name = ?", (raw, name))
            leaves = leaves_in(database)
            digest, _ = Remembered(leaves).unit(name)
            leaves.put(Kind.UNIT, {name: f"{digest}\t{sum_of(raw)}".encode()})
            leaves.write_trunk()

    return edit


class _Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("something was run",)


FEW: dict[str, Edit] = {
    "a text": _text,
    "the text of a page": _page,
    "two texts": _two_texts,
    "a text that waits": lambda network: network.write("posts/two/index.md", post("Waits")),
    "a remark": lambda network: network.decided("comment", "one", "-m", "Well said."),
    "a title": _title,
    "marks of lights that are none": _strangely(b"\xff", "lights"),
    "a summary": _keys(summary="Short."),
    "another date": _keys(date="2024-07-03"),
    "an update": _keys(updated="2024-07-03"),
    "no tag": _keys(tags="[]"),
    "another spelling of a tag": _keys(tags="[Bells]"),
    "a post in no list": _keys(unlisted="true"),
    "a new post": _new(),
    "a new post that is older than others": _new(date="2024-01-03"),
    "a new post with a tag": _new(tags="[bells]"),
    "a tag that nobody had": _keys(tags="[bells, wheels]"),
    "a new post with tags that nobody had": _new(tags="[wheels, Axles, bells]"),
    "one new tag after another": _after(_keys(tags="[wheels]"), _new(tags="[axles]")),
    "a tag that nobody has any more": _after(_keys(tags="[bells, wheels]"), _keys()),
    "a topic beside others": _after(_new(topics="[doors]"), _keys(topics="[wheels]")),
    "a topic that nobody has any more": _after(
        _new(topics="[doors]"), _keys(topics="[wheels]"), _keys()
    ),
    "a series that ends": _after(_keys(series="On bells"), _keys()),
    "a series": _keys(series="On bells"),
    "a new post with a picture": _new_with_a_picture(),
    "a new post with a picture that stands for it": _new_with_a_picture(image="shot.png"),
    "a new post with the picture of another": _new(body="![A shot](one/shot.png)"),
    "a new post with a file": _new_with_a_file,
    "a year that had no post": _new(date="2023-05-02"),
    "a year that is later than all others": _new(date="2069-12-31"),
    "a year that another language had": _year_of_another_language,
    "a post that moves into a year that had none": _keys(date="2023-05-02"),
    "a year after another": _year_after_another,
    "a post taken down": _taken_down,
    "a post taken down without a word": lambda network: network.decided(
        "retract", "two", "--quiet", "-m", "Sorry."
    ),
    "a correction": lambda network: network.decided("correct", "one", "-m", "It was ten."),
    "a recommendation": lambda network: network.decided("feature", "one"),
    "a template": _template,
    "a template of posts and a text": _template_of_posts,
    "own templates that are gone": _own_templates_that_are_gone,
    "a style sheet": lambda network: network.write(
        "themes/default/static/style.css", ".card { color: red }"
    ),
}
WHOLE: dict[str, Edit] = {
    "a tag that only a post in no list had": _tag_of_a_post_that_is_in_no_list,
    "the first topic of all": _keys(topics="[wheels]"),
    "the last topic of all": _after(_keys(topics="[wheels]"), _keys()),
    "a tag that only another language had": _tag_of_another_language,
    "another name of a tag": _tag_by_another_name,
    "a tag that is called otherwise since one more is listed": _tag_by_the_name_of_a_post_that_was_in_no_list,
    "an old address": _keys(aliases="[/old/]"),
    "another author": _new(author="max"),
    "a year that has no post any more": _year_that_ends,
    "another language": _translation,
    "a translation from a language that is no more": _translation_of_a_language_that_is_no_more,
    "a new post with a drawing": _new_with_a_picture("shot.svg"),
    "a new post with a picture that another named": _picture_that_was_named_before,
    "a post with a picture taken down": _taken_down_with_a_picture,
    "a picture beside a post that had none": _picture_beside_a_post,
    "the picture of a post": _keys(image="shot.png"),
    "a post that is back": _restored,
    "the last post of an author": lambda network: network.decided(
        "retract", "three", "-m", "Sorry."
    ),
    "the title of a page": _page_title,
    "a picture that is shown now": lambda network: _text(network, body="![A shot](shot.png)"),
    "a profile": _profile,
    "a setting": _setting,
    "a file that the theme had not": lambda network: network.write(
        "themes/default/static/own.css", ":root { --measure: 40rem }"
    ),
    "a word of the theme": lambda network: network.write(
        "themes/default/locales/en.po",
        'msgctxt "all_posts"\nmsgid "All posts"\nmsgstr "Everything"\n',
    ),
    "a post that the record has no more": lambda network: shutil.rmtree(
        network.root / "record/post/five"
    ),
    "an address to keep": lambda network: network.write("urls.lock", "/2024/one/\n"),
    "a file that somebody removed": _touch,
    "nothing remembered": _forget,
    "no words kept": _forget_words,
    "no value": _strangely(b"nothing"),
    "an author that is none": _strangely(pickle.dumps(7), "authors ada"),
    "lights that are none": _strangely(b"\xff", "lights 0"),
    "another value": _strangely(pickle.dumps(7)),
    "a value that would run something": _strangely(pickle.dumps(_Harm())),
}


def _assert_clean(network: NetworkFolder, folder: Path, *more: str) -> None:
    shutil.copytree(network.root, folder, ignore=shutil.ignore_patterns(PRIVATE, "site"))
    clean = NetworkFolder(root=folder)
    clean.build(*more)
    assert tree_of(network.root / "site") == clean.site


@pytest.mark.parametrize("name", FEW)
def test_a_few_other_posts_are_built_without_a_plan_of_the_site(
    name: str, network: NetworkFolder, plans: list[str], tmp_path: Path
) -> None:
    FEW[name](network)
    plans.clear()
    network.build()
    assert plans == []
    _assert_clean(network, tmp_path / "clean")


@pytest.mark.parametrize("name", WHOLE)
def test_whatever_else_is_another_is_planned(
    name: str, network: NetworkFolder, plans: list[str], tmp_path: Path
) -> None:
    WHOLE[name](network)
    plans.clear()
    network.build()
    assert plans == ["the site"]
    _assert_clean(network, tmp_path / "clean")


def test_what_time_takes_down_is_planned(
    network: NetworkFolder, plans: list[str], tmp_path: Path
) -> None:
    later = "2070-07-01T12:00:00Z"
    network.build(later)
    assert plans == ["the site"]
    _assert_clean(network, tmp_path / "clean", later)


def test_years_in_which_posts_are_not_in_the_order_of_their_dates_are_as_in_a_clean_build(
    network: NetworkFolder, tmp_path: Path
) -> None:
    # There a minute of 1944 had passed when the clock went back an hour. With eight posts before, words weigh the same.
    settings = (network.root / "blognet.yml").read_text("utf-8")
    network.write("blognet.yml", settings.replace("zone: UTC", "zone: America/Phoenix"))
    for name, time in (("b", "06:30"), ("c", "07:30"), ("d", "07:40")):
        _new(name, date=f"1944-01-01T{time}:00Z")(network)
    network.build()
    _new("a", date="1944-01-01T06:00:20Z")(network)
    network.build()
    _assert_clean(network, tmp_path / "clean")


def test_a_post_that_is_back_without_its_translation_leads_to_none(
    network: NetworkFolder, tmp_path: Path
) -> None:
    # In each language one of six goes: what a word weighs stays, so that the short way is near.
    for number in range(5):
        network.write(f"posts/n{number}.de.md", post(f"Nummer {number}", tags="[bells]"))
        network.approve(f"n{number}.de")
    for name in ("both", "both.de"):
        network.write(f"posts/{name}.md", post("Both", tags="[bells]", expires="2070-03-01"))
    network.approve("both", "both.de")
    network.build()
    later = "2070-04-01T12:00:00Z"
    network.build(later)
    _assert_clean(network, tmp_path / "gone", later)
    network.write("posts/both.md", post("Both", tags="[bells]"))
    network.approve("both")
    network.build(later)
    _assert_clean(network, tmp_path / "back", later)


def test_one_edit_after_another_goes_the_short_way(
    network: NetworkFolder, plans: list[str], tmp_path: Path
) -> None:
    for number in range(3):
        _text(network, ("one", "two")[number % 2], f"Words number {number}, and bells.")
        network.build()
    assert plans == []
    _assert_clean(network, tmp_path / "clean")


def test_the_short_way_explains_itself_as_the_whole_does(
    network: NetworkFolder, plans: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def explained() -> list[str]:
        said = network.blognet("build", "--now", NOW, "--jobs", "1", "--explain")
        assert said.code == 0
        return [line for line in said.out.splitlines() if ": made" in line]

    _text(network, body="Bells, and bells.")
    shortly = explained()
    assert plans == []
    assert shortly
    _text(network, body="Wheels, and wheels.")
    monkeypatch.setattr("blognet.actions.build.few_texts", lambda *_, **__: None)
    assert explained() == shortly
    assert plans == ["the site"]


def test_an_edit_behind_the_back_of_the_record_stops_the_short_way_too(
    network: NetworkFolder,
) -> None:
    _text(network)
    (copy,) = (
        path
        for path in (network.root / "record/post/one").glob("*.txt")
        if b"Other" in path.read_bytes()
    )
    copy.write_bytes(copy.read_bytes().replace(b"Other", b"Never"))
    before = network.site
    said = network.blognet("build", "--jobs", "1")
    assert said.code != 0
    assert network.site == before


def test_a_picture_that_is_not_what_was_approved_stops_the_short_way_too(
    network: NetworkFolder,
) -> None:
    (copy,) = (network.root / "record/assets").glob("*.b64")
    copy.write_bytes(copy.read_bytes()[:-9] + b"AAAAAAAA\n")
    _text(network, "two")
    before = network.site
    said = network.blognet("build", "--jobs", "1")
    assert said.code != 0
    assert network.site == before
