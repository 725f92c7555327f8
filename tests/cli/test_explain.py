"""``blognet explain``: every code of every room, once."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import blognet
from blognet.actions.explain import PARTS, all_codes

if TYPE_CHECKING:
    from tests.cli.conftest import RunBlognet

PACKAGE = Path(blognet.__file__).parent


def test_explain_knows_the_codes_of_every_room() -> None:
    known = {entry.code for entry in all_codes()}
    for path in sorted(PACKAGE.glob("*/codes.py")):
        constants = (
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant)
        )
        own = {
            value
            for value in constants
            if isinstance(value, str) and re.fullmatch(r"BN\d{3}", value)
        }
        assert own <= known, path


def test_no_code_means_two_things() -> None:
    codes = [entry.code for entry in all_codes()]
    assert len(codes) == len(set(codes))


def test_every_code_has_its_part_and_says_what_to_do() -> None:
    beginnings = tuple(beginning for beginning, _ in PARTS)
    for entry in all_codes():
        assert re.fullmatch(r"BN\d{3}", entry.code)
        assert entry.code.startswith(beginnings)
        assert entry.title
        assert entry.meaning.endswith((".", ":")), entry.code
        assert entry.mend.endswith("."), entry.code


def test_every_code_that_is_reported_is_explained() -> None:
    known = {entry.code for entry in all_codes()}
    used = {
        (path.relative_to(PACKAGE).as_posix(), code)
        for path in sorted(PACKAGE.rglob("*.py"))
        for code in re.findall(r'"(BN\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert {(path, code) for path, code in used if code not in known} == set()


def test_a_code_may_be_typed_in_any_way(run_blognet: RunBlognet) -> None:
    expected = run_blognet("explain", "BN012")
    assert expected.code == 0
    assert expected.out.startswith("BN012  two files for one id\n")
    assert "To mend it:" in expected.out
    for typed in ("bn012", "12", "BN12", "012"):
        assert run_blognet("explain", typed).out == expected.out


def test_a_code_that_is_none_gets_a_suggestion(run_blognet: RunBlognet) -> None:
    shown = run_blognet("explain", "BN0012")
    assert shown.code == 2
    assert "did you mean BN" in shown.err
    assert "blognet explain --all" in shown.err
    assert run_blognet("explain").code == 2


def test_all_codes_come_as_text_json_and_a_page(run_blognet: RunBlognet) -> None:
    codes = [entry.code for entry in all_codes()]
    listed = run_blognet("explain", "--all", "--json").listed("codes")
    assert [entry["code"] for entry in listed] == codes
    page = run_blognet("explain", "--all", "--markdown").out
    assert re.findall(r"^### (BN\d{3}): ", page, re.MULTILINE) == codes
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == [title for _, title in PARTS]
