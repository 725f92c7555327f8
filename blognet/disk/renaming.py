"""Giving files and folders other names in one step: two that change places, or one that must not replace another.

Knows nothing of what is in them. Linux and macOS can do both at once; elsewhere the nearest thing is done.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HERE = -100  # AT_FDCWD of Linux: paths are taken as they are
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
_NO_HARD_LINKS = frozenset(
    {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
)
# Flags of renameat2(2) on Linux and of renamex_np(2) on macOS.
_EXCHANGE = 1 << 1
_NO_REPLACE = 1 << 0 if sys.platform == "linux" else 1 << 2


def exchange(one: Path, other: Path) -> bool:
    """Let two names change places, so that nobody ever finds one of them missing.

    Returns:
        False when the system or the file system cannot do this; nothing happened then.

    Raises:
        OSError: When it can, and refuses.
    """
    return _rename(one, other, _EXCHANGE)


def rename_if_free(source: Path, target: Path) -> None:
    """Rename a file or folder to a name that nothing has.

    Where the system cannot do that in one step, a kill in between leaves a file under both names.

    Raises:
        FileExistsError: When the name is taken, be it by an empty folder.
        OSError: When the system refuses for another reason.
    """
    if _rename(source, target, _NO_REPLACE):
        return
    if stat.S_ISREG(os.lstat(source).st_mode) and _linked(source, target):
        os.unlink(source)
        return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    os.rename(source, target)


def _linked(source: Path, target: Path) -> bool:
    """Give a file a second name; False where there are no hard links."""
    try:
        os.link(source, target)
    except NotImplementedError:
        return False
    except OSError as error:
        if error.errno in _NO_HARD_LINKS:
            return False
        raise
    return True


def _rename(one: Path, other: Path, flags: int) -> bool:
    result = _call(os.fsencode(one), os.fsencode(other), flags)
    if result is None:
        return False
    if result == 0:
        return True
    number = -result
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def _call(one: bytes, other: bytes, flags: int) -> int | None:
    """Call the system.

    Returns:
        0, or the negative number of the error; None when the system has no such function.
    """
    if os.name != "posix":
        return None
    import ctypes  # noqa: PLC0415  # a build that changes nothing renames nothing

    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        function = library.renameat2
        function.argtypes = (
            ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint,
        )  # fmt: skip
        return -ctypes.get_errno() if function(_HERE, one, _HERE, other, flags) else 0
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        function = library.renamex_np
        function.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
        return -ctypes.get_errno() if function(one, other, flags) else 0
    return None
