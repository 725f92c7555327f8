"""Settings that note by themselves which of them are read; see `blognet.render.watched`."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

from blognet.config import Config
from blognet.engine import fact_key
from blognet.render.watched import SETTING

if TYPE_CHECKING:
    from blognet.render.watched import Note


class _WatchedConfig(Config):
    """Settings each of which is a fact: ``setting title``."""

    __slots__ = ("_note", "_real")
    _note: Note
    _real: Config


def _noted_of_config(name: str) -> property:
    """Return a setting; it notes its reading."""
    key, read = fact_key(SETTING, name), attrgetter(name)

    def noted(config: _WatchedConfig) -> object:
        config._note(key)  # noqa: SLF001  # a part of that class
        return read(config._real)  # noqa: SLF001  # the same

    return property(noted)


for _field in fields(Config):
    setattr(_WatchedConfig, _field.name, _noted_of_config(_field.name))


def watched_config(real: Config, note: Note) -> Config:
    """Watch settings."""
    watched = object.__new__(_WatchedConfig)
    object.__setattr__(watched, "_real", real)
    object.__setattr__(watched, "_note", note)
    return watched
