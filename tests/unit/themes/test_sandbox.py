"""Templates read the fields of views by a short way, and everything else through Jinja's sandbox."""

from __future__ import annotations

from dataclasses import dataclass

import jinja2
import pytest
from jinja2.exceptions import SecurityError

from blognet.themes.environment import make_renderer
from blognet.themes.strings import Words
from blognet.themes.views import LinkView
from tests.unit.themes.samples import ZONE

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
