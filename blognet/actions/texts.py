"""Texts as Documents for a build: from the cache where it has them, else rendered, by several processes when many.

However a Document comes about, it is the same: a text's key covers everything that decides it.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from blognet.actions.packing import NotHereError, packed, packed_texts, unpacked
from blognet.config import Config
from blognet.disk.processes import ALONE, kit_in
from blognet.render.bodies import (
    Brief,
    brief_of,
    labels_of,
    leads_of,
    render_bio,
    render_body,
)
from blognet.render.documents import document_as_bytes, document_from_bytes
from blognet.site import LiveAuthor, LivePost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from blognet.actions.crew import Crew
    from blognet.actions.shared_texts import SharedTexts
    from blognet.disk.cache import Cache
    from blognet.markup import Document, Labels
    from blognet.render.bodies import TextKeys
    from blognet.themes.strings import Words

    Progress = Callable[[str, int, int], None]
    _Spoken = tuple[LivePost | LiveAuthor, Labels]
    _Done = tuple[tuple[bytes, "_Beside"], ...]

WORTH_WORKERS = 200
"""Fewer texts than this are rendered sooner than a second process starts."""
WORTH_ASKING = 20
"""Fewer texts than this are rendered sooner than a server answers."""
_AT_HAND, _FEW_AT_HAND = 1_000, 100
"""Documents that are kept as they are, about 30 kB each; the few when others render, and each is asked for once."""
_BATCH = 200
_SLICE = 50
_IMAGES = ".images"
_NO_IMAGES = ".plain"
_BRIEF = ".brief"
"""Behind the key of a Document: what is said of its images, and in lists, so that nobody reads the Document for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What is known beside a Document: the addresses of its images, what lists say of it, and `leads_of` it."""

    images: tuple[str, ...]
    brief: Brief
    leads: tuple[str, ...] | None


class Texts:
    """The Documents of one build."""

    def __init__(
        self,
        config: Config,
        words: Words,
        keys: TextKeys,
        cache: Cache,
        *,
        anew: bool = False,
        few: bool = False,
        shared: SharedTexts | None = None,
    ) -> None:
        """Keep the settings and where Documents are kept.

        Args:
            config: The network's settings.
            words: The words of pages.
            keys: Names Documents.
            cache: Where they are kept from build to build.
            anew: Whether what was kept before is not to be used.
            few: Whether few will be asked for, so that it is not worth knowing all that are kept.
            shared: Where others keep theirs.
        """
        self._config = config
        self._words = words
        self._keys = keys
        self._cache = cache
        # Grows with each batch that is kept, so it is no frozenset, which would be made anew each time.
        self._known = set[str]() if anew or few else set(cache.keys())
        self._may_be_asked = not anew
        self._is_asked = few and not anew
        self._shared = shared
        self._fresh: dict[str, bytes] = {}
        self._at_hand: OrderedDict[str, Document] = OrderedDict()
        self._most = _AT_HAND
        self._begun: _Begun | None = None
        self._leads: dict[str, tuple[str, ...]] = {}
        self._labels_in: dict[str, Labels] = {}

    def document(self, live: LivePost | LiveAuthor) -> Document:
        """Return the Document of a text."""
        key = self._keys.of(live)
        found = self._at_hand.get(key) or self._kept(key)
        if found is None:
            found = _document((live, self._labels(live)), self._config)
            self._fresh[key] = document_as_bytes(found)
            self._note_beside(key, _beside(found))
        self._at_hand[key] = found
        self._at_hand.move_to_end(key)
        if len(self._at_hand) > self._most:
            self._at_hand.popitem(last=False)
        return found

    def images(self, live: LivePost | LiveAuthor) -> tuple[str, ...]:
        """Return the addresses of the images that a text shows, as its Document names them, in their order."""
        key = self._keys.of(live)
        if self._has(f"{key}{_NO_IMAGES}"):
            return ()
        if self._has(f"{key}{_IMAGES}"):
            kept = _addresses_in(self._cache.get(f"{key}{_IMAGES}"))
            if kept is not None:
                return kept
        beside = _beside(self.document(live))
        self._note_beside(key, beside)
        return beside.images

    def brief(self, live: LivePost) -> Brief:
        """Return what lists say of a text."""
        key = self._keys.of(live)
        if self._has(f"{key}{_BRIEF}"):
            kept = kept_brief(self._cache, key)
            if kept is not None:
                return kept
        beside = _beside(self.document(live))
        self._note_beside(key, beside)
        return beside.brief

    def leads(self, live: LivePost) -> tuple[str, ...] | None:
        """Return what `leads_of` says of a text that was rendered in this build; None when it was not, too."""
        return self._leads.get(self._keys.of(live))

    def let_go(self) -> None:
        """Forget what `leads` gives, and which texts are kept, when every text was judged; whoever asks is told."""
        self._leads.clear()
        if self._may_be_asked:
            self._is_asked = True
            self._known.clear()

    def _note_beside(self, key: str, beside: _Beside) -> None:
        if beside.leads is not None:
            self._leads[key] = beside.leads
        name = f"{key}{_IMAGES if beside.images else _NO_IMAGES}"
        self._fresh[name] = json.dumps(beside.images).encode("ascii")
        brief = [beside.brief.minutes, beside.brief.excerpt]
        self._fresh[f"{key}{_BRIEF}"] = json.dumps(brief).encode("ascii")

    def prepare(
        self,
        lives: Iterable[LivePost | LiveAuthor],
        *,
        crew: Crew,
        progress: Progress | None = None,
    ) -> None:
        """Render the texts that are not kept, when they are many; a few are rendered when somebody asks for them."""
        self.wait(progress)
        missing = self._missing(lives)
        if len(missing) >= WORTH_WORKERS:
            rendered = _rendered(self._spoken(missing), self._config, crew, crew.done)
            self._gather(_Begun(tuple(missing), rendered), progress)

    def begin(self, lives: Iterable[LivePost | LiveAuthor], *, crew: Crew) -> None:
        """Let others render the texts that are not kept, when they are many, until `wait` is called.

        Before that, nobody else can be given work.
        """
        if not crew.has_help or crew.is_elsewhere:  # others would have to be sent all texts at once
            return
        missing = self._missing(lives)
        if len(missing) >= WORTH_WORKERS:
            self._most = _FEW_AT_HAND
            rendered = _rendered(self._spoken(missing), self._config, crew, crew.begin)
            self._begun = _Begun(tuple(missing), rendered)

    def wait(self, progress: Progress | None = None) -> None:
        """Take the texts that were begun."""
        if self._begun is not None:
            begun, self._begun = self._begun, None
            self._gather(begun, progress)

    def _missing(
        self, lives: Iterable[LivePost | LiveAuthor]
    ) -> Mapping[str, LivePost | LiveAuthor]:
        missing = {
            key: live
            for live in lives
            if (key := self._keys.of(live)) not in self._known and key not in self._fresh
        }
        if self._shared and len(missing) >= WORTH_ASKING:
            given = self._shared.take(missing)
            if self._cache.put(given.items()):
                self._known |= given.keys()
                missing = {key: live for key, live in missing.items() if key not in given}
        return missing

    def _spoken(self, missing: Mapping[str, LivePost | LiveAuthor]) -> tuple[_Spoken, ...]:
        return tuple((live, self._labels(live)) for live in missing.values())

    def _gather(self, begun: _Begun, progress: Progress | None) -> None:
        for number, (key, (raw, beside, made)) in enumerate(
            zip(begun.keys, begun.rendered, strict=True), start=1
        ):
            self._fresh[key] = raw
            if made and len(self._at_hand) < self._most:
                self._at_hand[key] = made
            self._note_beside(key, beside)
            if len(self._fresh) >= _BATCH:
                self.keep()
            if progress:
                progress("texts", number, len(begun.keys))

    def _labels(self, live: LivePost | LiveAuthor) -> Labels:
        subject = live.subject if isinstance(live, LivePost) else live.author.subject
        known = self._labels_in.get(subject.language)
        if known is None:
            known = labels_of(subject, self._config, self._words)
            self._labels_in[subject.language] = known
        return known

    @property
    def kept_at(self) -> str:
        """The path of the cache with every text that `keep` kept; "" when they are not kept."""
        return str(self._cache.path or "")

    def as_bytes(self, lives: Iterable[LivePost | LiveAuthor]) -> Mapping[str, bytes]:
        """Return Documents as bytes, by their keys, for those who cannot read the cache."""
        found: dict[str, bytes] = {}
        for live in lives:
            key = self._keys.of(live)
            raw = self._fresh.get(key) or self._cache.get(key)
            found[key] = document_as_bytes(self.document(live)) if raw is None else raw
        return found

    def keep(self) -> None:
        """Put what was rendered into the cache, and hand it to others."""
        if self._shared:
            self._shared.give(self._fresh)
        if self._fresh and self._cache.put(self._fresh.items()):
            self._known |= self._fresh.keys()
            self._fresh = {}

    def _has(self, key: str) -> bool:
        return key in self._known or (self._is_asked and key in self._cache)

    def _kept(self, key: str) -> Document | None:
        is_worth_asking = self._is_asked or key in self._known
        raw = self._fresh.get(key) or (self._cache.get(key) if is_worth_asking else None)
        if raw is None:
            return None
        try:
            return document_from_bytes(raw)
        except ValueError:
            return None


def _addresses_in(raw: bytes | None) -> tuple[str, ...] | None:
    try:
        said: object = json.loads(raw) if raw else None
    except ValueError:
        return None
    if not isinstance(said, list):
        return None
    return tuple(each for each in said if isinstance(each, str))


def _is_beside(given: object) -> bool:
    """Whether what came from another process is all that its types say."""
    match given:
        case _Beside(
            images=tuple() as images,
            brief=Brief(minutes=int(), excerpt=str()),
            leads=(tuple() | None) as leads,
        ):
            return all(isinstance(each, str) for each in (*images, *(leads or ())))
        case _:
            return False


def kept_brief(cache: Cache, key: str) -> Brief | None:
    """Return what lists say of a text, by the key of its Document; None when it is not kept."""
    raw = cache.get(f"{key}{_BRIEF}")
    try:
        said: object = json.loads(raw) if raw else None
    except ValueError:
        return None
    match said:
        case [int() as minutes, str() as excerpt]:
            return Brief(minutes=minutes, excerpt=excerpt)
        case _:
            return None


def _beside(document: Document) -> _Beside:
    images = tuple(image.src for image in document.images)
    return _Beside(images=images, brief=brief_of(document), leads=leads_of(document))


class _Giving(Protocol):
    """Gives slices to whoever helps, as `Crew.done` and `Crew.begin` do."""

    def __call__(
        self,
        work: Callable[[object, bytes], _Done],
        items: list[tuple[_Spoken, ...]],
        kit: Callable[[], bytes],
        *,
        send: Callable[[tuple[_Spoken, ...]], bytes],
    ) -> Iterator[_Done | None]:
        """Give them."""
        ...


class _Begun(NamedTuple):
    """Texts that are being rendered: their keys, and what comes out of each."""

    keys: tuple[str, ...]
    rendered: Iterator[tuple[bytes, _Beside, Document | None]]


def _rendered(
    texts: tuple[_Spoken, ...], config: Config, crew: Crew, give: _Giving
) -> Iterator[tuple[bytes, _Beside, Document | None]]:
    """Yield Documents as bytes, with what is kept beside them, and as they are when they were made in this process."""
    size = max(1, min(_SLICE, len(texts) // (crew.jobs * 8)))
    slices = [texts[start : start + size] for start in range(0, len(texts), size)]
    send = _with_bodies if crew.is_elsewhere else packed_texts
    many = give(_text_slice, slices, lambda: packed(config), send=send)
    return _each_of(slices, many, config)


def _each_of(
    slices: list[tuple[_Spoken, ...]],
    many: Iterator[_Done | None],
    config: Config,
) -> Iterator[tuple[bytes, _Beside, Document | None]]:
    for some, done in zip(slices, many, strict=True):
        is_whole = done is not None and _is_whole(done, some)
        if done and is_whole:
            yield from ((raw, beside, None) for raw, beside in done)
        else:
            for each in some:
                document = _document(each, config)
                yield document_as_bytes(document), _beside(document), document


def _text_slice(given: object, sent: bytes) -> tuple[tuple[bytes, _Beside], ...]:
    """Render a slice of texts, in a worker process; `given` leads to the kit, which is the settings."""
    with ALONE:
        config = _config_in(kit_in(given))
        texts = unpacked(sent)
        if not isinstance(texts, tuple):
            raise NotHereError
        documents = (_document(each, config) for each in texts)
        return tuple((document_as_bytes(each), _beside(each)) for each in documents)


@lru_cache(maxsize=1)
def _config_in(kit: bytes) -> Config:
    config = unpacked(kit)
    if not isinstance(config, Config):
        raise NotHereError
    return config


def _with_bodies(texts: tuple[_Spoken, ...]) -> bytes:
    for live, _ in texts:
        if isinstance(live, LivePost):
            _ = live.post.body  # read here, where the record is
    return packed_texts(texts)


def _is_whole(done: tuple[tuple[object, object], ...], texts: tuple[_Spoken, ...]) -> bool:
    """Whether this is what a worker gives for texts: a Document for each, and what is kept beside it."""
    if len(done) != len(texts):
        return False
    return all(isinstance(raw, bytes) and _is_beside(beside) for raw, beside in done)


def _document(text: _Spoken, config: Config) -> Document:
    live, labels = text
    if isinstance(live, LivePost):
        return render_body(live, config, labels)
    return render_bio(live, config, labels)
