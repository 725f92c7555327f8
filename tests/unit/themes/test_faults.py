"""What a network's own theme can get wrong, and what it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blognet.kernel.errors import FaultsError
from blognet.themes.codes import CODES
from blognet.themes.environment import make_renderer
from blognet.themes.strings import Words
from tests.unit.themes.samples import ZONE, html_of, load, samples

PAGE = samples(full=True)[0]


def _with(source: str, *, name: str = "post.html") -> str:
    """Render a post with one template overridden."""
    renderer = make_renderer(
        lambda wanted: source if wanted == name else load(wanted),
        words=Words(),
        zone=ZONE,
        where=lambda wanted: f"themes/ours/templates/{wanted}",
    )
    return html_of(renderer, PAGE)


def _fault(source: str, *, name: str = "post.html") -> FaultsError:
    with pytest.raises(FaultsError) as caught:
        _with(source, name=name)
    assert len(caught.value.problems) == 1
    return caught.value


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("one\n{{ view.nothing }}", 2, "nothing"),
        ("{{ nothing }}", 1, "nothing"),
        ("\n\n{% if %}", 3, "Expected"),
        ("\n{{ view.card.title | safe }}", 2, "safe"),
        ("{{ view.card.title | nofilter }}", 1, "nofilter"),
        ("\n{% autoescape false %}{{ view.card.title }}{% endautoescape %}", 2, "autoescape"),
        ("\n{{ t('no_such_words') }}", 2, "no_such_words"),
        ("\n{{ 'javascript:x' | url }}", 2, "may not be linked"),
        ("\n{{ 'data:x' | absolute }}", 2, "may not be linked"),
        ("\n\n{{ 1 + view }}", 3, "unsupported operand"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("\n{{ 'a b'.split(1) }}", 2, "must be str"),
        ("\n{{ t(1, 2, 3) }}", 2, "positional argument"),
        ("\n{% macro one() %}{% endmacro %}\n{{ one(1) }}", 3, "not more than"),
        ("\n{{ view.__class__ }}", 2, "unsafe"),
        ("\n{{ view.card.authors.__class__.__mro__ }}", 2, "unsafe"),
        ("\n{{ ''.__class__.__mro__[1].__subclasses__() }}", 2, "unsafe"),
        ("\n{{ '{0.__class__}'.format(view) }}", 2, "unsafe"),
        ("\n{% set ns = [] %}{{ ns.append(1) }}", 2, "unsafe"),
    ],
)
def test_a_fault_of_a_template_names_its_file_and_line(source: str, line: int, said: str) -> None:
    error = _fault(source)
    problem = error.problems[0]
    assert problem.location.path == "themes/ours/templates/post.html"
    assert problem.location.line == line
    assert problem.location.excerpt == source.splitlines()[line - 1]
    assert said in problem.message
    assert f"themes/ours/templates/post.html:{line}" in error.message
    assert PAGE.head.path in error.message
    assert problem.code in {entry.code for entry in CODES}
    assert problem.hint


def test_a_fault_in_a_part_is_told_of_the_part() -> None:
    error = _fault(
        "\n{% macro byline(post, size) %}\n{{ post.wrong }}{% endmacro %}"
        "{% macro face(a, b) %}{% endmacro %}{% macro names(a) %}{% endmacro %}"
        "{% macro faces(a, b) %}{{ a.wrong }}{% endmacro %}",
        name="_byline.html",
    )
    location = error.problems[0].location
    assert (location.path, location.line) == ("themes/ours/templates/_byline.html", 3)


@pytest.mark.parametrize("how", ["include", "extends"])
def test_a_template_that_uses_itself_is_told_so(how: str) -> None:
    problem = _fault(f'\n{{% {how} "post.html" %}}').problems[0]
    assert "uses itself without end" in problem.message
    assert "cannot include or extend itself" in problem.hint


def test_an_unknown_template_gets_a_suggestion() -> None:
    error = _fault('\n{% extends "bsae.html" %}')
    problem = error.problems[0]
    assert problem.code == "BN480"
    assert "base.html" in problem.hint
    assert problem.location.line == 2


def test_a_page_whose_template_is_missing_says_which() -> None:
    renderer = make_renderer(lambda _: None, words=Words(), zone=ZONE)
    with pytest.raises(FaultsError) as caught:
        html_of(renderer, PAGE)
    assert "post.html" in caught.value.message


def test_an_override_can_build_on_the_built_in_page() -> None:
    source = '{% extends "default/post.html" %}{% block head_end %}<meta name="x">\n{% endblock %}'
    assert '<meta name="x">' in _with(source)
    assert "entry-title" in _with(source)


def test_a_bug_of_ours_is_not_blamed_on_the_theme() -> None:
    broken = replace(PAGE, head=replace(PAGE.head, published="not a moment"))  # type: ignore[arg-type]  # on purpose
    renderer = make_renderer(load, words=Words(), zone=ZONE)
    with pytest.raises(AttributeError):
        html_of(renderer, broken)


def test_a_template_is_read_once_however_many_pages_it_makes() -> None:
    asked: list[str] = []

    def counted(name: str) -> str | None:
        asked.append(name)
        return load(name)

    renderer = make_renderer(counted, words=Words(), zone=ZONE)
    for _ in range(3):
        html_of(renderer, PAGE)
    assert sorted(asked) == sorted(set(asked))
