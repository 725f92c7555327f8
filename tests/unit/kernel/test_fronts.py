"""Fronts of rooms: what they show is there, and is imported when somebody asks."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

from blognet.kernel.fronts import shown_later

FRONTS = (
    "blognet.config",
    "blognet.engine",
    "blognet.markup",
    "blognet.markup.diagrams",
    "blognet.markup.formulas",
    "blognet.moderation.checks",
    "blognet.render",
    "blognet.site",
)


@pytest.mark.parametrize("room", FRONTS)
def test_a_front_shows_what_it_names(room: str) -> None:
    front = import_module(room)
    shown = {name: getattr(front, name) for name in front.__all__}
    assert not [name for name, value in shown.items() if isinstance(value, ModuleType)]


@pytest.mark.parametrize("room", FRONTS)
def test_no_name_of_a_front_is_also_that_of_a_module(room: str) -> None:
    # Importing the module would put it in the place of the name.
    front = import_module(room)
    assert not {module.name for module in iter_modules(front.__path__)}.intersection(front.__all__)


@pytest.mark.parametrize("room", FRONTS)
def test_importing_a_front_imports_nothing_of_its_room(room: str) -> None:
    program = (
        f"import sys, {room}; print(*(name for name in sys.modules if name.startswith('{room}.')))"
    )
    done = subprocess.run(  # our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    assert not done.stdout.split()


def test_a_name_that_a_front_does_not_show_is_no_attribute() -> None:
    shown = shown_later("blognet.kernel", {"fronts": ("shown_later",)})
    assert shown("shown_later") is shown_later
    with pytest.raises(AttributeError, match="has no attribute 'other'"):
        shown("other")
