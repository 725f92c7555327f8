"""The problem codes of the shared cache (BN740 to BN749) and of workers (BN750 to BN759). None stops anything."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

NOT_USED = "BN740"
NO_KEY = "BN741"
OPEN_LOGIN = "BN742"
WORKER_LOST = "BN756"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=NOT_USED,
        title="the shared cache was not used to its end",
        meaning=(
            "The server was out of reach, too slow, or gave entries that are not what they should be: other bytes, or "
            "no seal of your key. After a few such answers a build asks no more and renders texts itself. The site is "
            "the same; only the build took longer."
        ),
        mend=(
            "Look whether the address in blognet.yml or BLOGNET_CACHE_URL is right, the server runs, and all machines "
            "have the same BLOGNET_CACHE_KEY. Empty, BLOGNET_CACHE_URL lets a build do without it."
        ),
    ),
    CodeEntry(
        code=NO_KEY,
        title="the shared cache has no key here",
        meaning=(
            "Entries of a shared cache count only when they bear a seal made with a key, so that nobody who can write "
            "to the server can change the site. This machine has no key, or one shorter than 16 bytes, so the "
            "server was not asked."
        ),
        mend="Set the environment variable BLOGNET_CACHE_KEY to the key that all your machines share.",
    ),
    CodeEntry(
        code=OPEN_LOGIN,
        title="the password of the shared cache would travel openly",
        meaning=(
            "BLOGNET_CACHE_LOGIN is set and the server's address begins with http://, so that everybody on the way "
            "could read the password. The server was not asked."
        ),
        mend="Use an address that begins with https://, or unset BLOGNET_CACHE_LOGIN.",
    ),
    CodeEntry(
        code=WORKER_LOST,
        title="a worker was lost, and this process did its work",
        meaning=(
            "A build gives work to other processes, on this machine or of a cluster. One of them ended, or did not "
            "answer as it should: often the system ended it for want of memory, or the cluster was stopped. The build "
            "did what was left by itself. The site is the same; only the build took longer."
        ),
        mend=(
            "If it happens again, let fewer processes run with --jobs, give the machine more memory, or look at what "
            "the cluster's scheduler says."
        ),
    ),
)
