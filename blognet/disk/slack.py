"""Memory that is free in this process and still counted as its own. Gives it back; knows nothing else.

After a step that held much for a moment, the C library keeps most of that for later. Workers and other programs could
use it meanwhile: at ten thousand posts it is a hundred megabytes after the search for related posts alone.
"""

from __future__ import annotations

import gc
import sys


def give_back_memory(*, circles: bool = False) -> None:
    """Give free memory back to the system, where the C library knows how (glibc); it takes some milliseconds.

    Args:
        circles: Whether what was let go a moment ago holds on to itself: then it is looked for first, which takes time
            for each value that is there. Python looks for it seldom when much is there.
    """
    if circles:
        gc.collect()
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415  # after large steps alone

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
