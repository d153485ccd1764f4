"""The parts of the grammar are joined by inheritance, so a name must not mean two things."""

from __future__ import annotations

from collections import defaultdict

import pytest
from sqlwright.sql.grammar.cursor import Cursor
from sqlwright.sql.grammar.parser import Parser


@pytest.mark.interpreted  # where methods are seen to be abstract
def test_no_rule_is_defined_twice() -> None:
    definitions: dict[str, list[str]] = defaultdict(list)
    for part in Parser.__mro__:
        if not issubclass(part, Cursor):
            continue
        for name, value in vars(part).items():
            if not name.startswith("__") and not getattr(value, "__isabstractmethod__", False):
                definitions[name].append(part.__name__)
    print(f"{len(definitions)} names")
    assert len(definitions) > 300
    assert {name: parts for name, parts in definitions.items() if len(parts) > 1} == {}


def test_no_rule_hides_a_method_of_the_base_parser() -> None:
    base = {name for part in Cursor.__mro__[1:] for name in vars(part)}
    hidden = {
        f"{part.__name__}.{name}"
        for part in Parser.__mro__
        if issubclass(part, Cursor) and part is not Cursor
        for name in vars(part)
        if name in base and not name.startswith("__")
    }
    print(f"{len(base)} names in the base parser")
    assert hidden == set()
