"""A site whose files are made when somebody asks for them is gone through once, whatever it is shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from blognet.actions.lazy_site import LazySite
from blognet.config import read_config
from blognet.kernel.ids import SitePath
from blognet.render.pictures import Pictures
from blognet.render.scene import Scene
from blognet.render.social import Social
from blognet.site import Page, Published
from blognet.site.catalogue import catalogue_of
from blognet.site.pages import Robots, ThemeFile

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIG = read_config(
    "id: demo\ntitle: Demo\nurl: https://blog.example.org\nlanguage: en\ntimezone: UTC\nmayors: [mia]\n"
)
SHEET = Page(key="theme/style.css", path=SitePath("/theme/style.css"), shows=ThemeFile(name="x"))
ROBOTS = Page(key="robots", path=SitePath("/robots.txt"), shows=Robots())


class Counted(tuple[Page, ...]):
    """Pages that count how often somebody went through them."""

    __slots__ = ()
    times: list[str] = []  # noqa: RUF012  # begun anew by the test

    def __iter__(self) -> Iterator[Page]:
        self.times.append("once more")
        return super().__iter__()


def _never(_scene: Scene) -> NoReturn:
    raise AssertionError


def test_in_another_context_nobody_goes_through_the_pages_again() -> None:
    Counted.times.clear()
    scene = Scene(
        catalogue=catalogue_of(Published(posts=(), pages=(), authors=()), CONFIG),
        config=CONFIG,
        pages=Counted((ROBOTS, SHEET)),
        paths=frozenset(),
        problems=(),
        pictures=Pictures(),
        social=Social(),
    )
    site = LazySite(lambda: scene, _never)
    assert site.page_at(SHEET.path) is SHEET
    Counted.times.clear()
    other = site.in_context(_never)
    assert other.page_at(SHEET.path) is SHEET
    assert other.page_at(SitePath("/nowhere/")) is None
    assert other.scene is scene
    assert Counted.times == []
