"""Giving free memory back changes nothing that is held."""

from __future__ import annotations

from weakref import ref

from blognet.disk.slack import give_back_memory


class Circle:
    """Something that holds on to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_held_stays() -> None:
    held = [bytes([number]) * 10_000 for number in range(200)]
    del held[::2]
    give_back_memory()
    assert held == [bytes([number]) * 10_000 for number in range(1, 200, 2)]


def test_what_holds_on_to_itself_and_nobody_else_holds_is_let_go_when_asked() -> None:
    circle = Circle()
    found = ref(circle)
    del circle
    give_back_memory(circles=True)
    assert found() is None
