"""Documents, and what is asked of them without reading them: their images, and what lists say."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from blognet.actions.texts import Texts
from blognet.disk.cache import open_cache
from blognet.render.bodies import Brief, TextKeys, brief_of
from tests.unit.site.published_values import built_in_words, live_post, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WITH = live_post(
    "with", body="Some words. ![A bell](bell.png) ![A rope](https://far.example/r.png)"
)
WITHOUT = live_post("without", body="Only words, four of them and more.")


def texts(root: Path, look: Callable[[Texts], None], *, anew: bool = False) -> None:
    config, words = settings(), built_in_words()
    with closing(open_cache(root)) as cache:
        made = Texts(config, words, TextKeys(config, words, "v1"), cache, anew=anew)
        look(made)
        made.keep()


def test_images_and_briefs_are_those_of_the_documents_also_when_only_they_are_read(
    tmp_path: Path,
) -> None:
    def look(made: Texts) -> None:
        assert made.images(WITH) == ("bell.png", "https://far.example/r.png")
        assert made.images(WITHOUT) == ()
        for live in (WITH, WITHOUT):
            document, brief = made.document(live), made.brief(live)
            assert brief == brief_of(document)

    texts(tmp_path, look)
    texts(tmp_path, look)


def test_a_text_that_was_seen_before_is_not_read_for_its_images_or_its_brief(
    tmp_path: Path,
) -> None:
    texts(tmp_path, lambda made: [*map(made.document, (WITH, WITHOUT))].clear())
    with closing(open_cache(tmp_path)) as cache:
        cache.drop(key for key in cache.keys() if "." not in key)  # noqa: SIM118  # no mapping

    def look(made: Texts) -> None:
        assert made.images(WITH) == ("bell.png", "https://far.example/r.png")
        assert made.images(WITHOUT) == ()
        assert made.brief(WITHOUT) == Brief(minutes=1, excerpt=WITHOUT.post.body)

    texts(tmp_path, look)


def test_what_is_damaged_beside_a_document_is_made_from_it_again(tmp_path: Path) -> None:
    texts(tmp_path, lambda made: [*map(made.document, (WITH, WITHOUT))].clear())
    for raw in (b"[", b"{}", b"[1]", b"null"):
        with closing(open_cache(tmp_path)) as cache:
            cache.put([(key, raw) for key in cache.keys() if "." in key])  # noqa: SIM118

        def look(made: Texts) -> None:
            brief, document = made.brief(WITH), made.document(WITH)
            assert brief == brief_of(document)

        texts(tmp_path, look)


def test_when_everything_is_made_anew_nothing_that_was_kept_is_asked(tmp_path: Path) -> None:
    texts(tmp_path, lambda made: [*map(made.document, (WITH, WITHOUT))].clear())
    with closing(open_cache(tmp_path)) as cache:
        cache.put([(key, b'["evil.png"]') for key in cache.keys() if ".images" in key])  # noqa: SIM118

    def look(made: Texts) -> None:
        assert made.images(WITH) == ("bell.png", "https://far.example/r.png")

    texts(tmp_path, look, anew=True)
