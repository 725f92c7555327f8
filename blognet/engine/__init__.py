"""What is out of date, and why. Knows keys, facts and what was read to make what; it knows no blogs.

A *fact* is anything that a result can depend on, named by a *key* (``setting title``, ``text post/hello``) and known
by a digest; that something is absent is a fact, too. What is *made* from facts (a page's bytes, a card that many
pages show) leaves a *trace*: its own digest and the keys of everything that was read while it was made. `settle` looks
at old traces and present facts and says what has to be made again; what comes out the same as before stops the wave.
"""

from typing import TYPE_CHECKING

from blognet.kernel.fronts import shown_later

if TYPE_CHECKING:
    from blognet.engine.digests import digest_of, digest_of_text
    from blognet.engine.facts import ABSENT, EVERYTHING, FactKey, fact_key, kind_of, name_of
    from blognet.engine.outdated import Cause, Settled, settle
    from blognet.engine.recording import Made, Recorder, Trace
else:
    __getattr__ = shown_later(
        __name__,
        {
            "digests": ("digest_of", "digest_of_text"),
            "facts": ("ABSENT", "EVERYTHING", "FactKey", "fact_key", "kind_of", "name_of"),
            "outdated": ("Cause", "Settled", "settle"),
            "recording": ("Made", "Recorder", "Trace"),
        },
    )

__all__ = [
    "ABSENT",
    "EVERYTHING",
    "Cause",
    "FactKey",
    "Made",
    "Recorder",
    "Settled",
    "Trace",
    "digest_of",
    "digest_of_text",
    "fact_key",
    "kind_of",
    "name_of",
    "settle",
]
