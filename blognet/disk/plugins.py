"""Checks that other Python packages bring. Answers: is it installed, can it be loaded, is it what it should be?

Only those that ``blognet.yml`` names are imported. What goes wrong is an answer, never an exception.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from blognet.moderation.checks.outside import GROUP, CheckPlugin, LoadedPlugin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import EntryPoint

_LONGEST_VERSION = 100


def load_plugins(names: Iterable[str]) -> tuple[LoadedPlugin, ...]:
    """Load plug-ins by the names of their entry points, in the order given."""
    wanted = tuple(dict.fromkeys(names))
    if not wanted:
        return ()
    installed: dict[str, list[EntryPoint]] = {}
    for found in entry_points(group=GROUP):
        installed.setdefault(found.name, []).append(found)
    return tuple(_load(name, installed.get(name, [])) for name in wanted)


def _load(name: str, found: list[EntryPoint]) -> LoadedPlugin:
    # A package on the path twice has its entry point twice; two packages must not claim one name.
    if len({point.value for point in found}) > 1:
        sources = " and ".join(sorted({point.value for point in found}))
        return LoadedPlugin(name=name, plugin=None, fault=f"is ambiguous: {sources}")
    if not found:
        return LoadedPlugin(name=name, plugin=None, fault="is not installed here")
    try:
        plugin = found[0].load()
        version = plugin.version if isinstance(plugin, CheckPlugin) else None
    except (Exception, SystemExit) as error:  # noqa: BLE001  # it is somebody else's code: its fault is an answer
        fault = f"could not be loaded: {type(error).__name__}"
        return LoadedPlugin(name=name, plugin=None, fault=fault)
    if not isinstance(plugin, CheckPlugin) or not isinstance(version, str):
        fault = "is no check: it needs a 'name', a 'version' (a text) and a function 'check'"
        return LoadedPlugin(name=name, plugin=None, fault=fault)
    return LoadedPlugin(name=name, plugin=plugin, version=version[:_LONGEST_VERSION])
