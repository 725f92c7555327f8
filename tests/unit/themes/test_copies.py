"""A view with some fields set anew is the same as one that was made with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from blognet.themes.copies import changed
from blognet.themes.fields import VIEWS
from blognet.themes.views import LinkView
from tests.unit.themes.samples import samples

if TYPE_CHECKING:
    from blognet.themes.views import HeadView

LINK = LinkView(label="A label", url="/there/")


def _head() -> HeadView:
    return samples(full=True)[0].head


def test_a_copy_has_the_new_fields_and_the_old_ones_and_leaves_the_view_alone() -> None:
    head = _head()
    made = changed(head, title="Other", tags=("one",))
    assert made == replace(head, title="Other", tags=("one",))
    assert head.title != "Other"


def test_a_field_that_a_view_has_not_is_refused() -> None:
    with pytest.raises(TypeError, match="LinkView"):
        changed(LINK, lable="misspelt")


def test_no_view_checks_what_it_is_made_of() -> None:
    assert [kind.__name__ for kind in VIEWS if hasattr(kind, "__post_init__")] == []
