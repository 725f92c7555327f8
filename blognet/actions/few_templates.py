"""What a build has to look at when templates or files of the theme say something else. Makes nothing.

They play no part in which pages there are: the names of the theme's files do, and its words; those lead the whole way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.outdated import DamagedError
from blognet.engine import kind_of
from blognet.render.context import SOURCE, THEME_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.disk.memory import Recall
    from blognet.engine import FactKey
    from blognet.render.facts import Facts

_KINDS = frozenset((SOURCE, THEME_FILE))


def changed_in_theme(facts: Facts, recalled: Recall) -> Mapping[FactKey, str]:
    """Return the facts about templates and files of the theme that are others now, with their present digests.

    Raises:
        DamagedError: What is remembered makes no sense.
    """
    known = {key: digest for key, digest in recalled.loose_facts() if kind_of(key) in _KINDS}
    try:
        now = {key: facts.digest_of(key) for key in known}
    except (KeyError, ValueError):  # no fact has such a name
        raise DamagedError from None
    return {key: digest for key, digest in now.items() if digest != known[key]}
