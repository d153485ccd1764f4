"""Python types and functions as texts: read without running anything, or refused at their place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlwright.codegen.types.expressions import (
    TypeTextError,
    names,
    parse_function,
    parse_type,
)

WIDE_CLASS = "".join(chr(ord(letter) + 0xFEE0) for letter in "class")
"""A keyword in full-width letters, which Python reads as the keyword's name."""

PIECES = (
    *("a.B", "int", "[", "]", "|", ", ", "typing.Literal[", '"', "'", "\\", "(", ")", "eval"),
    *("__import__", "\n", " ", "...", "None", "-1", "#", "=", ":", "{", "}", "f"),
)


@pytest.mark.parametrize(
    ("text", "expected", "modules"),
    [
        ("int", "int", set()),
        (" my.app.Email ", "my.app.Email", {"my.app"}),
        ("dict[str,my.app.Note]", "dict[str, my.app.Note]", {"my.app"}),
        ("(a.B\n|None)", "a.B | None", {"a"}),
        ("tuple[int, ...]", "tuple[int, ...]", set()),
        ("tuple[()]", "tuple[()]", set()),
        ("a.ﬁ", "a.fi", {"a"}),
        (
            "typing.Literal['x.y', \"it's\", 'a \"b\"', -1, True, None, b'z', my.app.Mood.SAD]",
            'typing.Literal["x.y", "it\'s", \'a "b"\', -1, True, None, b"z", my.app.Mood.SAD]',
            {"typing", "my.app.Mood"},
        ),
    ],
)
def test_types(text: str, expected: str, modules: set[str]) -> None:
    found = parse_type(text)
    assert str(found) == expected
    assert {name.module for name in names(found) if name.module} == modules
    assert parse_type(expected) == found


@pytest.mark.parametrize(
    ("text", "part", "help"),
    [
        ('__import__("os").system("x")', '__import__("os").system("x")', "my_app.types.Email"),
        ("list[f()]", "f()", "my_app.types.Email"),
        ("list['a.B']", "'a.B'", "my_app.types.Email"),
        ("typing.Annotated[int, 'x']", "'x'", "my_app.types.Email"),
        ("typing.Literal[1.5]", "1.5", "my_app.types.Email"),
        ("a.B | Bio", "Bio", "`my_app.types.Bio`"),
        ("Decimal", "Decimal", "write `decimal.Decimal`"),
        ("list[Sequence]", "Sequence", "write `collections.abc.Sequence`"),
        ("len", "len", "`my_app.types.len`"),
        ("str.upper", "str.upper", "my_app.types.Email"),
        (f"{WIDE_CLASS}.X", f"{WIDE_CLASS}.X", "my_app.types.Email"),
        ("é.É[ö()]", "ö()", "my_app.types.Email"),
        ("a.B if c.D else e.F", "a.B if c.D else e.F", "my_app.types.Email"),
        ("a.B; import os", "a.B; import os", "my_app.types.Email"),
        ("a.b\0", "a.b\0", "my_app.types.Email"),
        ("(" * 500, "(" * 500, "my_app.types.Email"),
        ("|".join(["a.B"] * 9000), "|".join(["a.B"] * 9000), "my_app.types.Email"),
    ],
)
def test_what_is_no_type(text: str, part: str, help: str) -> None:
    with pytest.raises(TypeTextError) as caught:
        parse_type(text)
    assert text[caught.value.start : caught.value.end] == part
    assert help in caught.value.help


@pytest.mark.parametrize("text", ["str", "builtins.str", "json.loads", "my.app.read"])
def test_functions(text: str) -> None:
    assert str(parse_function(text)) == text


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("datetime.date.fromisoformat", "datetime"),
        ("collections.abc.Sequence", "collections.abc"),
        ("xml.etree.ElementTree.Element.find", "xml.etree.ElementTree"),
        ("idlelib.idle.main.run", "idlelib.idle"),
        ("sys.flags.index", "sys"),
        ("my_app.Money.read", "my_app.Money"),
        ("json.loads", "json"),
    ],
)
def test_what_is_of_a_class_has_it_in_its_name(text: str, module: str) -> None:
    before = {*sys.modules}
    found = parse_function(text)
    assert (found.module, str(found)) == (module, text)
    assert "idlelib.idle" not in {*sys.modules} - before


@pytest.mark.parametrize(
    "text",
    [
        "eval",
        "builtins.exec",
        "os.system('x')",
        "read",
        "None",
        "a.b[0]",
        "lambda x: x",
        "",
        "a.in",
    ],
)
def test_what_is_no_function(text: str) -> None:
    with pytest.raises(TypeTextError):
        parse_function(text)


@settings(max_examples=300)
@given(
    st.text(max_size=30) | st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.sampled_from([parse_type, parse_function]),
)
def test_what_is_read_reads_back_as_itself_and_holds_no_call(
    text: str, parse: Callable[[str], object]
) -> None:
    with suppress(TypeTextError):
        found = str(parse(text))
        assert str(parse(found)) == found
        assert found.isprintable()
        assert "Literal" in found or "(" not in found.replace("[()]", "")


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=9).map("".join))
def test_refusals_point_into_the_text(text: str) -> None:
    try:
        parse_type(text)
    except TypeTextError as error:
        found = error
    else:
        return
    assert 0 <= found.start < found.end <= len(text) or not text.strip()
    assert found.message
