"""What was saved is shown before everything is looked at, and nothing else changes until then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import blognet
from blognet.actions.peeking import MOST
from blognet.actions.prospect import viewable
from blognet.actions.showing import Onlooker
from blognet.kernel.ids import SitePath
from blognet.preview.answers import View, answer
from blognet.preview.session import Session
from blognet.site.pages import PostPage
from blognet.site.word_counts import word_counts
from tests.invariants.network_folder import NetworkFolder, post
from tests.picture_files import png
from tests.preview.serving import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.actions.showing import Shown
    from blognet.actions.waiting import Waiting
    from blognet.kernel.ids import Subject
    from blognet.site import LivePost
    from blognet.site.pages import ListKey

FRESH = "queue/fresh/index.md"
TEMPLATE = "themes/default/templates/post.html"
STYLES = "themes/default/static/style.css"
FONTS = Path(blognet.__file__).parent / "pictures" / "fonts"


def everything(found: tuple[Waiting, ...]) -> tuple[Subject, ...]:
    return viewable(found, drafts=True)


def nothing(_found: tuple[Waiting, ...]) -> tuple[Subject, ...]:
    return ()


@pytest.fixture
def onlooker(network: NetworkFolder) -> Onlooker:
    onlooker = Onlooker(network.root, began=NOW, choose=everything)
    assert onlooker.look(now=NOW) is not None
    return onlooker


def peek(onlooker: Onlooker, *paths: str) -> Shown:
    shown = onlooker.peek(frozenset(paths), now=NOW)
    assert shown is not None
    assert not shown.is_whole
    return shown


def look(onlooker: Onlooker) -> Shown:
    shown = onlooker.look(now=NOW)
    assert shown is not None
    return shown


def text_at(shown: Shown, path: str) -> str:
    return answer(f"/blog/{path}", shown, view=View.SITE).body.decode()


def status_of(shown: Shown, path: str) -> int:
    return answer(f"/blog/{path}", shown, view=View.SITE).status


def test_a_saved_text_is_shown_at_once_and_stays_when_the_whole_was_looked_at(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    network.write(FRESH, post("Fresh", body="Other words.", tags="[sea]"))

    peeked = peek(onlooker, FRESH)
    whole = look(onlooker)

    assert "Other words." in text_at(peeked, "_preview/2024/fresh/")
    assert "Other words." in text_at(whole, "_preview/2024/fresh/")
    assert whole.is_whole
    assert whole.number > peeked.number


def test_only_the_page_of_the_text_differs_until_the_whole_is_looked_at(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    network.write(FRESH, post("Much fresher", tags="[ocean]"))

    peeked = peek(onlooker, FRESH)
    home, tag = text_at(peeked, "_preview/"), status_of(peeked, "_preview/tags/ocean/")
    whole = look(onlooker)

    assert "Much fresher" in text_at(peeked, "_preview/2024/fresh/")
    assert "Much fresher" not in home
    assert tag == 404
    assert "Much fresher" in text_at(whole, "_preview/")
    assert status_of(whole, "_preview/tags/ocean/") == 200


def test_a_new_post_is_there_with_its_files_and_in_the_list_of_what_waits(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    network.write("queue/trip/index.md", post("Trip", body="![Sea](sea.png)", series="Trips"))
    network.write("queue/trip/sea.png", png(words="new"))

    peeked = peek(onlooker, "queue/trip/index.md", "queue/trip/sea.png")

    assert "sea.png" in text_at(peeked, "_preview/2024/trip/")
    assert status_of(peeked, "_preview/2024/trip/sea.png") == 200
    assert "queue/trip/index.md" in text_at(peeked, "_waiting/")
    assert answer("/blog/2024/trip/", peeked, view=View.SITE).status == 302


def test_a_picture_that_is_exchanged_is_shown(network: NetworkFolder, onlooker: Onlooker) -> None:
    before = look_at_picture(onlooker.peek(frozenset({FRESH}), now=NOW))
    network.write("queue/fresh/sea.png", png(words="other"))

    after = look_at_picture(peek(onlooker, "queue/fresh/sea.png"))

    assert before != after


def look_at_picture(shown: Shown | None) -> bytes:
    assert shown is not None
    return answer("/blog/_preview/2024/fresh/sea.png", shown, view=View.SITE).body


def test_a_file_that_is_deleted_waits_no_more(network: NetworkFolder, onlooker: Onlooker) -> None:
    (network.root / "queue/sketch.md").unlink()

    peeked = peek(onlooker, "queue/sketch.md")

    assert "Sketch" not in text_at(peeked, "_waiting/")


def test_an_edit_that_is_taken_back_is_no_edit(network: NetworkFolder, onlooker: Onlooker) -> None:
    network.write("posts/plain.md", post("Plain", author="bob"))

    peeked = peek(onlooker, "posts/plain.md")

    assert "posts/plain.md" not in text_at(peeked, "_waiting/")
    assert "blognet-banner" not in text_at(peeked, "2024/plain/")


def test_a_fault_is_told_and_the_page_stays_as_it_was(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    network.write(FRESH, "---\ntitle: [\n---\nText.\n")

    peeked = peek(onlooker, FRESH)
    network.write(FRESH, post("Fresh", body="Mended."))
    mended = peek(onlooker, FRESH)

    assert [problem.location.path for problem in peeked.faults] == [FRESH]
    assert "Brand new." in text_at(peeked, "_preview/2024/fresh/")
    assert "<strong>faulty</strong>" in text_at(peeked, "_preview/2024/fresh/")
    assert mended.faults == ()
    assert "Mended." in text_at(mended, "_preview/2024/fresh/")


def test_what_an_earlier_peek_showed_stays_in_a_later_one(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    network.write(FRESH, post("Fresh", body="Other words."))
    peek(onlooker, FRESH)
    network.write("queue/last.md", post("Last"))

    later = peek(onlooker, "queue/last.md")

    assert "Other words." in text_at(later, "_preview/2024/fresh/")
    assert status_of(later, "_preview/2024/last/") == 200


@pytest.mark.parametrize(
    "path",
    [
        "authors/ada.md",
        "blognet.yml",
        "record/post/plain/x.json",
        "queue/.fresh.md.swp",
        "queue/gone.txt",
        "queue",
    ],
)
def test_what_only_the_whole_can_tell_is_left_to_it(onlooker: Onlooker, path: str) -> None:
    assert onlooker.peek(frozenset({path}), now=NOW) is None


def test_a_changed_template_is_shown_at_once_with_what_was_saved_before(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    network.write(FRESH, post("Fresh", body="Other words."))
    peek(onlooker, FRESH)
    network.write(TEMPLATE, "Mine.")

    peeked = peek(onlooker, TEMPLATE)
    fresh, shot = text_at(peeked, "_preview/2024/fresh/"), text_at(peeked, "2024/shot/")
    whole = look(onlooker)

    assert "Mine." in fresh
    assert "Mine." in shot
    assert text_at(whole, "_preview/2024/fresh/") == fresh
    assert text_at(whole, "2024/shot/") == shot


def test_a_changed_style_is_shown_at_once(network: NetworkFolder, onlooker: Onlooker) -> None:
    network.write(STYLES, "body { color: red }")

    peeked = peek(onlooker, STYLES)

    assert text_at(peeked, "theme/style.css") == "body{color:red}\n"


def test_a_text_saved_after_a_template_is_shown_in_it(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    network.write(TEMPLATE, "{{ page.body }} Mine.")
    peek(onlooker, TEMPLATE)
    network.write(FRESH, post("Fresh", body="Other words."))

    page = text_at(peek(onlooker, FRESH), "_preview/2024/fresh/")

    assert "Mine." in page


@pytest.mark.parametrize(
    ("path", "text"),
    [("themes/default/static/new.css", "body {}"), ("themes/default/templates/post.html", "\0")],
)
def test_a_theme_with_other_files_or_that_cannot_be_read_is_left_to_the_whole(
    network: NetworkFolder, onlooker: Onlooker, path: str, text: str
) -> None:
    network.write(path, text)
    if text == "\0":
        (network.root / path).write_bytes(b"\xff\xfe\xff")

    assert onlooker.peek(frozenset({path}), now=NOW) is None


def test_a_text_that_is_another_ones_subject_is_left_to_the_whole(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    network.write("queue/plain.md", post("Plain", author="bob", body="A third version."))

    assert onlooker.peek(frozenset({"queue/plain.md"}), now=NOW) is None
    assert "A third version." in text_at(look(onlooker), "_preview/2024/plain/")


def test_many_files_at_once_are_left_to_the_whole(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    paths = [f"queue/many{number}.md" for number in range(MOST + 1)]
    for path in paths:
        network.write(path, post(path))

    assert onlooker.peek(frozenset(paths), now=NOW) is None
    assert len(look(onlooker).placed) > MOST


def test_a_text_saved_among_many_new_files_or_after_them_is_shown_at_once(
    network: NetworkFolder, onlooker: Onlooker
) -> None:
    paths = [f"queue/many{number}.md" for number in range(MOST + 1)]
    for path in paths:
        network.write(path, post(path))
    network.write(FRESH, post("Fresh", body="Among many."))
    among = text_at(peek(onlooker, *paths, FRESH), "_preview/2024/fresh/")
    network.write(FRESH, post("Fresh", body="After many."))
    after = text_at(peek(onlooker, FRESH), "_preview/2024/fresh/")

    assert "Among many." in among
    assert "After many." in after
    assert len(look(onlooker).placed) > MOST


def test_a_text_saved_after_many_files_were_deleted_is_shown_at_once(
    network: NetworkFolder,
) -> None:
    paths = [f"queue/many{number}.md" for number in range(MOST + 1)]
    for path in paths:
        network.write(path, post(path))
    onlooker = Onlooker(network.root, began=NOW, choose=everything)
    look(onlooker)
    for path in paths:
        (network.root / path).unlink()
    assert onlooker.peek(frozenset(paths), now=NOW) is None
    network.write(FRESH, post("Fresh", body="After many."))

    assert "After many." in text_at(peek(onlooker, FRESH), "_preview/2024/fresh/")


def test_what_is_saved_while_the_whole_is_looked_at_is_laid_over_it(
    network: NetworkFolder,
) -> None:
    saves: list[Callable[[], object]] = []

    def choose(found: tuple[Waiting, ...]) -> tuple[Subject, ...]:
        while saves:
            saves.pop()()
        return everything(found)

    onlooker = Onlooker(network.root, began=NOW, choose=choose)
    onlooker.look(now=NOW)
    network.write("queue/last.md", post("Last"))

    def save() -> None:
        network.write(FRESH, post("Fresh", body="Saved meanwhile."))
        peek(onlooker, FRESH)

    saves.append(save)
    during = look(onlooker)

    assert "Saved meanwhile." in text_at(during, "_preview/2024/fresh/")
    assert status_of(during, "_preview/2024/last/") == 200
    assert not during.is_whole
    assert look(onlooker).is_whole


def test_settings_that_cannot_be_read_go_on_being_told_while_texts_are_saved(
    network: NetworkFolder,
) -> None:
    session = Session(Onlooker(network.root, began=NOW, choose=everything), clock=lambda: NOW)
    network.write("blognet.yml", "title: [\n")
    session.refresh()
    told = session.state.faults
    network.write(FRESH, post("Fresh", body="Other words."))

    assert session.notice(frozenset({FRESH}))
    assert told != ()
    assert session.state.faults == told
    assert "Other words." in text_at(session.state.shown, "_preview/2024/fresh/")


def test_a_person_is_told_once_of_what_was_peeked_at_and_then_looked_at(
    network: NetworkFolder,
) -> None:
    session = Session(Onlooker(network.root, began=NOW, choose=everything), clock=lambda: NOW)
    network.write(FRESH, post("Fresh", body="Other words."))
    session.notice(frozenset({FRESH}))
    first = session.state
    session.refresh()

    assert (first.is_known, session.state.is_known) == (False, True)
    assert session.state.version == first.version + 1


def test_nothing_older_is_shown_after_something_newer(network: NetworkFolder) -> None:
    session = Session(Onlooker(network.root, began=NOW, choose=everything), clock=lambda: NOW)

    assert not session.refresh()
    assert session.state.version == 1


def test_a_text_that_changes_alone_changes_which_posts_are_like_it(
    network: NetworkFolder,
) -> None:
    words = {
        "bells": "anchor buoy cable derrick",
        "wheels": "engine funnel gauge hawser",
        "ropes": "keel lantern mooring nozzle",
    }
    for name, body in words.items():
        network.write(f"queue/{name}-one.md", post(f"The {name}", body=body))
    network.write("queue/probe.md", post("Probe", body=words["bells"]))
    onlooker = Onlooker(network.root, began=NOW, choose=everything)
    first = look(onlooker)
    network.write("queue/probe.md", post("Probe", body=words["wheels"]))
    second = look(onlooker)
    fresh = look(Onlooker(network.root, began=NOW, choose=everything))

    page = "_preview/2024/probe/"
    assert text_at(second, page) == text_at(fresh, page)
    assert ("/2024/bells-one/" in _related(first), "/2024/bells-one/" in _related(second)) == (
        True,
        False,
    )


def _related(shown: Shown) -> frozenset[str]:
    page = shown.prospect.page_at(SitePath("/2024/probe/"))
    assert page is not None
    assert isinstance(page.shows, PostPage)
    return frozenset(shown.prospect.catalogue.contents[one].url for one in page.shows.related)


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ("theme: {logo: art/logo.png}", "art/logo.png"),
        ("social_cards: {fonts: [art/one.ttf]}", "art/one.ttf"),
    ],
)
def test_a_file_that_the_settings_name_is_seen_to_change_wherever_it_lies(
    setting: str, name: str, network: NetworkFolder
) -> None:
    raw = {
        "art/logo.png": png(words="logo"),
        "art/one.ttf": (FONTS / "NotoSansThai-Bold.ttf").read_bytes(),
    }
    network.write(name, raw[name])
    settings = (network.root / "blognet.yml").read_text(encoding="utf-8")
    network.write("blognet.yml", f"{settings}{setting}\n")
    onlooker = Onlooker(network.root, began=NOW, choose=everything)
    for _ in range(2):
        onlooker.look(now=NOW)
    assert onlooker.changes() == frozenset()
    network.write(name, raw[name] + b"\0")
    assert onlooker.changes() == {name}


def test_a_first_look_counts_no_words_that_a_build_has_counted(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def noted(live: LivePost, terms: tuple[ListKey, ...], *, once: bool) -> Mapping[str, int]:
        counted.append(live.subject.id)
        return word_counts(live, terms, once=once)

    monkeypatch.setattr("blognet.site.kinship.word_counts", noted)
    look(Onlooker(network.root, began=NOW, choose=nothing))
    before = sorted(counted)
    network.build()
    counted.clear()
    look(Onlooker(network.root, began=NOW, choose=nothing))

    assert before == ["plain", "shot"]
    assert counted == []
