"""The addresses of a site that was built, told by the files of its output, so that no page is read for most of them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.site.addresses import address_of_file, output_name

if TYPE_CHECKING:
    from collections.abc import Callable


class KeptPaths(AbstractSet["SitePath"]):
    """The addresses of the site, told by the files of the output, or by the pages behind them."""

    def __init__(
        self, files: AbstractSet[str], path_of: Callable[[str], SitePath], *, is_plain: bool
    ) -> None:
        """Keep the files.

        Args:
            files: Their names in the output.
            path_of: Gives the address of a file whose name does not tell it.
            is_plain: See `blognet.actions.kept_site.KeptSite`.
        """
        self._path_of = path_of
        self._files = files
        self._is_plain = is_plain
        self._known: dict[str, bool] = {}

    def __contains__(self, path: object) -> bool:
        """Whether there is an address; every feed asks for the same ones."""
        if not isinstance(path, str):
            return False
        if path not in self._known:
            name = output_name(SitePath(path))
            self._known[path] = name in self._files and self._address(name) == path
        return self._known[path]

    def __iter__(self) -> Iterator[SitePath]:
        """Go through the addresses."""
        return map(self._address, self._files)

    def __len__(self) -> int:
        """Count them."""
        return len(self._files)

    def _address(self, name: str) -> SitePath:
        return address_of_file(name) if self._is_plain else self._path_of(name)
