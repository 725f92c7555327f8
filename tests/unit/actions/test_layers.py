"""A value that travels in layers arrives as it was, and what is one value in it is one value there."""

from __future__ import annotations

from dataclasses import dataclass

from blognet.actions.layers import packed_in_layers, unpacked_from_layers


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What others name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What names others."""

    names: tuple[Named, ...]


def made(many: int) -> tuple[tuple[Named, ...], tuple[Naming, ...]]:
    named = tuple(Named(name=f"n{number}") for number in range(many))
    naming = tuple(Naming(names=(each, named[-1])) for each in named)
    return named, naming


def test_a_value_comes_back_from_several_layers_of_many_values() -> None:
    named, naming = made(1_234)
    value = {"named": named, "naming": naming}
    assert unpacked_from_layers(packed_in_layers((named, naming), value)) == value


def test_what_many_name_is_one_value_in_all_layers() -> None:
    named, naming = made(1_001)
    read = unpacked_from_layers(packed_in_layers((named, naming), (named, naming)))
    assert isinstance(read, tuple)
    others, named_by = read
    assert all(one.names[0] is other for one, other in zip(named_by, others, strict=True))
    assert all(one.names[1] is others[-1] for one in named_by)


def test_a_value_may_stand_in_two_layers_and_twice_in_one() -> None:
    named, naming = made(3)
    layers = ((*named, named[0]), (naming[1], named[2], *naming))
    value = (named[0], naming, named[2])
    assert unpacked_from_layers(packed_in_layers(layers, value)) == value


def test_a_list_is_a_value_like_any_other() -> None:
    assert unpacked_from_layers(packed_in_layers((), [1, 2])) == [1, 2]
    assert unpacked_from_layers(packed_in_layers(((),), [])) == []
