"""Foreign trees become files for ``queue/`` and ``authors/``, plus a report of every loss. Reads and writes no files.

Nothing here approves anything: what an importer makes waits for a mayor like everything else.
"""

from __future__ import annotations
