"""A style sheet without what no element of a page needs."""

from __future__ import annotations

import pytest

from blognet.markup.allow import CLASSES
from blognet.themes.articles import classes_elsewhere
from blognet.themes.rules import without_classes
from blognet.themes.sheet import compacted
from tests.unit.themes.samples import PLAIN, THEME, built_in, load, load_plain

GONE = frozenset(("card", "row"))
RENDERERS = {"default": built_in(), "plain": built_in(load=load_plain)}
SHEETS = {theme.name: (theme / "static/style.css").read_text("utf-8") for theme in (THEME, PLAIN)}
OF_TEXTS = (
    "alert", "alert-tip", "anchor", "footnotes", "footnote-ref", "gallery", "hl-k", "media-link", "table", "task-box",
)  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".card{a:b}", ""),
        (".cards{a:b}", ".cards{a:b}"),
        ("a .card>b{a:b}p{c:d}", "p{c:d}"),
        (".card,p,.row b{a:b}", "p{a:b}"),
        (":is(.card,p):hover{a:b}", ":is(p):hover{a:b}"),
        (":is(.card,.row) p,i{a:b}", "i{a:b}"),
        (":is(:where(.card,b),.row){a:b}", ":is(:where(b)){a:b}"),
        ("p:not(.card){a:b}", "p:not(.card){a:b}"),
        (".card:not(p){a:b}", ""),
        ('[title=".card"],[class^="row"]{a:b}', '[title=".card"],[class^="row"]{a:b}'),
        ("p{content:'.card{'}", "p{content:'.card{'}"),
        ("@media print{.card{a:b}}", ""),
        (
            "@media print{.card{a:b}p{c:d}@supports (e:f){.row{g:h}}}",
            "@media print{p{c:d}}",
        ),
        ("@import 'card.css';.card{a:b}", "@import 'card.css';"),
        ("@font-face{src:url(a.card)}", "@font-face{src:url(a.card)}"),
        ("p{a:b;&.card{c:d}}", "p{a:b;&.card{c:d}}"),
        ("/* .p{ */p{a:b}", "p{a:b}"),
    ],
)
def test_what_only_applies_to_missing_classes_goes_and_the_rest_stays(
    sheet: str, left: str
) -> None:
    assert without_classes(sheet, GONE) == left


@pytest.mark.parametrize("sheet", [".card{a:b", ".card{a:b}}p{c:d}", ".card{a:b} p"])
def test_a_sheet_whose_braces_do_not_match_is_left_alone(sheet: str) -> None:
    assert without_classes(sheet, GONE) == sheet


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_sheet_without_nothing_is_the_sheet(sheet: str) -> None:
    written = compacted(sheet)
    assert without_classes(written, frozenset()) == written.strip()


@pytest.mark.parametrize("name", RENDERERS)
def test_no_class_of_texts_is_taken_from_articles(name: str) -> None:
    gone = classes_elsewhere(RENDERERS[name])
    assert "row-title" in gone
    assert not gone & {*CLASSES, *OF_TEXTS, "prose", "toc-2", "face-l", "share", "series"}


def test_a_class_stays_where_the_theme_itself_uses_it_in_a_post() -> None:
    shown = '{% extends "default/post.html" %}{% from "_card.html" import rows with context %}'

    def with_cards(name: str) -> str | None:
        return shown if name == "post.html" else load(name)

    assert "row-title" not in classes_elsewhere(built_in(load=with_cards))


def test_nothing_goes_where_a_template_could_include_any_other() -> None:
    def by_expression(name: str) -> str | None:
        return "{% include view.card.id %}" if name == "page.html" else load(name)

    assert classes_elsewhere(built_in(load=by_expression)) == frozenset()
