"""``blognet mayor``: the same commands as the program ``mayor``."""

from __future__ import annotations

from blognet.cli.main import mayor_group

mayor_command = mayor_group()
