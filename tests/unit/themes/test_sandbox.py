"""Templates read the fields of views by a short way, and everything else through Jinja's sandbox."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

import jinja2
import pytest
from jinja2.exceptions import SecurityError

from blognet.kernel.errors import FaultsError
from blognet.themes.environment import make_renderer
from blognet.themes.fields import VIEWS
from blognet.themes.strings import Words
from blognet.themes.views import LinkView
from tests.unit.themes.samples import ZONE, html_of, samples

ENVIRONMENT = make_renderer(lambda _: None, words=Words(), zone=ZONE).environment
LINK = LinkView(label="A label", url="/there/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A value that is no view."""

    label: str
    _hidden: str = "hidden"


def said(source: str, value: object) -> str:
    return ENVIRONMENT.from_string(source).render(value=value)


def test_the_fields_of_a_view_are_read() -> None:
    assert said("{{ value.label }} {{ value['url'] }}", LINK) == "A label /there/"


def test_what_is_no_field_of_a_view_is_undefined() -> None:
    with pytest.raises(jinja2.UndefinedError):
        said("{{ value.nothing }}", LINK)


@pytest.mark.parametrize(
    "source",
    [
        "{{ value.__class__.__mro__ }}",
        "{{ value.__init__.__globals__ }}",
        "{{ value.__dataclass_fields__ }}",
        "{{ (value | attr('__class__')).__mro__ }}",
        "{{ value['__class__'].__mro__ }}",
        "{{ value._hidden }}",
    ],
)
@pytest.mark.parametrize("value", [LINK, Stranger(label="one")], ids=["view", "stranger"])
def test_inner_parts_are_out_of_reach_of_views_and_of_others(source: str, value: object) -> None:
    with pytest.raises((SecurityError, jinja2.UndefinedError)):
        said(source, value)


def test_a_field_that_can_be_called_goes_through_the_sandbox() -> None:
    formatting = "{0.__class__.__mro__}".format
    calling = LinkView(label=formatting, url="/there/")  # type: ignore[arg-type]  # what no view holds
    with pytest.raises(SecurityError):
        said("{{ value.label(value) }}", calling)


def test_a_field_that_can_be_called_is_no_way_around_the_sandbox_under_another_name() -> None:
    formatting = "{0.__class__.__mro__}".format
    calling = LinkView(label=formatting, url="/there/")  # type: ignore[arg-type]  # what no view holds
    with pytest.raises(SecurityError):
        said("{% set other = value.label %}{{ other(value) }}", calling)


def test_no_field_of_a_view_can_hold_what_templates_can_call_or_change() -> None:
    plain = (
        r"(str|int|bool|datetime|SitePath|Markup|None|\.\.\.|tuple|[A-Z][a-z]\w+(View|Card|Line))"
    )
    for view in VIEWS:
        for each in fields(view):
            words = re.findall(r"[\w.]+", str(each.type))
            assert all(re.fullmatch(plain, word) for word in words), (view, each)


@pytest.mark.parametrize("part", ["_part.html", "_other.html"])
@pytest.mark.parametrize(
    "source",
    [
        "{{ one.scope }}",
        "{{ one.said(1, 2, 3, 4) }}",
        "{{ one['scope'] }}",
        "{{ (one | attr('scope')).fragments }}",
        "{{ one.is_ordinary }}",
        "{{ one.share }}",
        "{{ one._func.__globals__ }}",
        "{{ one.__call__.__globals__ }}",
        "{{ t.__globals__ }}",
        "{{ t.__code__ }}",
        "{{ part.__dict__ }}",
        "{{ part._body_stream }}",
        "{% for each in [1] %}{{ loop._iterable }}{% endfor %}",
        "{% for each in [1] %}{{ loop.__class__ }}{% endfor %}",
        "{{ self._TemplateReference__context.parent }}",
        "{{ environment.globals.clear() }}",
        "{{ written_link(1, 2) }}",
        "{{ WITH_FIELD.clear() }}",
    ],
)
def test_what_the_short_ways_need_is_out_of_reach(source: str, part: str) -> None:
    sources = {
        "_part.html": "{% macro one(link) %}{{ link.label }}{% endmacro %}",
        "_other.html": "{% macro one(link) %}{{ head.path }}{{ link.label }}{% endmacro %}",
        "post.html": f'{{% import "{part}" as part with context %}}'
        f'{{% from "{part}" import one with context %}}{{{{ one(site.navigation[0]) }}}}{source}',
    }
    renderer = make_renderer(sources.get, words=Words(), zone=ZONE)
    with pytest.raises(FaultsError) as caught:
        html_of(renderer, samples(full=True)[0])
    assert re.search("unsafe|undefined|has no attribute", caught.value.message)


@pytest.mark.parametrize(
    "source",
    [
        "{{ site.navigation.append(1) }}",
        "{{ one.arguments.clear() }}",
        "{{ [].append(1) }}",
        "{% set site.title = 'x' %}",
        "{% set one.name = 'x' %}",
    ],
)
def test_nothing_that_templates_are_given_can_be_changed(source: str) -> None:
    sources = {
        "_part.html": "{% macro one(link) %}{{ link.label }}{% endmacro %}",
        "post.html": '{% from "_part.html" import one with context %}' + source,
    }
    renderer = make_renderer(sources.get, words=Words(), zone=ZONE)
    with pytest.raises(FaultsError):
        html_of(renderer, samples(full=True)[0])
