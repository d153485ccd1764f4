"""Whether something is PostgreSQL's own is asked in one place, `catalog/identity.py`.

A name says nothing by itself: a function, operator or type of the user's may have it too. So the
text of the modules that know such objects is searched for names that are compared with text that is
written out, and for OIDs that are compared with where those of users start.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "generator" / "sqlwright"
ROOMS = ("analysis", "catalog", "codegen", "verification")
IDENTITY = PACKAGE / "catalog" / "identity.py"
LAYERS = PACKAGE / "catalog" / "layers.py"

OTHER_NAMES = {
    "analysis/expressions/special_values.py": ("node",),  # of CURRENT_DATE and the like
    "analysis/from_clause/items.py": ("call",),  # as it is written in FROM, before any look-up
    "analysis/inputs/input_rows.py": ("each",),  # of a word in a comment
    "analysis/literals/constants.py": ("node",),  # an operation as it is written
    "analysis/nullability/ground/keys.py": ("each",),  # of fields
    "analysis/nullability/rules/values.py": ("expr",),  # of CURRENT_DATE and the like
    "analysis/statements/updates.py": ("target",),  # of an assigned column
    "analysis/statements/utility.py": ("statement",),  # of a setting
    "analysis/variants/options.py": ("each", "word"),  # of a comment
    "catalog/ddl/named.py": ("each",),  # of options
    "catalog/ddl/routines/aggregates.py": ("each",),  # of options
    "catalog/ddl/routines/options.py": ("each",),  # of options
    "catalog/ddl/schemas.py": ("statement",),  # of settings
    "catalog/ddl/storage_parameters.py": ("each",),  # of options
    "catalog/ddl/tables/alter_table.py": ("option",),
    "catalog/ddl/tables/column_actions.py": ("action",),  # of a column
    "catalog/ddl/tables/column_storage.py": ("option",),
    "catalog/ddl/tables/named_parts.py": ("action",),  # of the triggers behind foreign keys
    "catalog/ddl/tables/sequences.py": ("each", "option"),  # of options
    "catalog/ddl/types/ranges.py": ("option",),
    "catalog/ddl/types/types.py": ("option",),
    "catalog/types/modifiers.py": ("modifier",),  # an operation as it is written
    "codegen/rows.py": ("part",),  # of a result column
    "codegen/types/expressions.py": ("found",),  # of something in Python
    "verification/calls/shapes.py": ("base",),  # asks the server whether the type reads the texts
    "verification/calls/states.py": ("item",),  # likewise
}
"""Whose names are compared with text though they are no such objects."""


def _is_text(node: ast.expr) -> bool:
    """Whether it is text that is written out, or a constant."""
    match node:
        case ast.Constant():
            return isinstance(node.value, str)
        case ast.Tuple() | ast.Set() | ast.List():
            return any(map(_is_text, node.elts))
        case ast.Call():
            return any(map(_is_text, node.args))
        case ast.Name():
            return node.id.isupper()
        case _:
            return False


def _name(node: ast.expr, aliases: dict[str, str]) -> str:
    """Whose name it is; "" if it is none."""
    if isinstance(node, ast.Attribute) and node.attr == "name":
        return ast.unparse(node.value)
    return aliases.get(node.id, "") if isinstance(node, ast.Name) else ""


def _has_named_pattern(node: ast.MatchClass) -> bool:
    """Whether a pattern takes only what has a name that is written out."""
    return any(
        name == "name" and any(isinstance(part, ast.MatchValue) for part in ast.walk(pattern))
        for name, pattern in zip(node.kwd_attrs, node.kwd_patterns, strict=True)
    )


def _aliases(function: ast.AST) -> dict[str, str]:
    """Variables that hold the name of something."""
    return {
        target.id: ast.unparse(node.value.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute)
        for target in node.targets
        if isinstance(target, ast.Name) and node.value.attr == "name"
    }


def _compared(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What is compared with what, or looked up in what."""
    match node:
        case ast.Compare():
            operands = [node.left, *node.comparators]
            for left, right in pairwise(operands):
                yield left, right
                yield right, left
        case ast.Subscript():
            yield node.slice, node.value
        case ast.Call(func=ast.Attribute(attr="get", value=table), args=[key, *_]):
            yield key, table
        case ast.Call(func=ast.Attribute(attr="startswith" | "endswith", value=name), args=[text]):
            yield name, text
        case _:
            pass


def names_compared(text: str) -> list[tuple[str, int]]:
    """Whose names are compared with text that is written out, each with its line."""
    if ".name" not in text and "name=" not in text:
        return []
    found: set[tuple[str, int]] = set()
    module = ast.parse(text)
    parts: list[tuple[ast.AST, dict[str, str]]] = [(module, {})]
    for each in ast.walk(module):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and (own := _aliases(each)):
            parts.append((each, own))
    for part, aliases in parts:
        for node in ast.walk(part):
            if isinstance(node, ast.Match) and _name(node.subject, aliases):
                found.add((_name(node.subject, aliases), node.lineno))
            if isinstance(node, ast.MatchClass) and _has_named_pattern(node):
                found.add((ast.unparse(node.cls), node.lineno))
            for one, other in _compared(node):
                whose = _name(one, aliases)
                if whose and _is_text(other):
                    found.add((whose, one.lineno))
    return sorted(found)


def test_names_of_catalog_objects_are_compared_in_one_place() -> None:
    paths = [path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py"))]
    wrong: list[str] = []
    used: set[tuple[str, str]] = set()
    for path in paths:
        where = path.relative_to(PACKAGE).as_posix()
        for whose, line in names_compared(path.read_text(encoding="utf-8")):
            if whose in OTHER_NAMES.get(where, ()):
                used.add((where, whose))
            else:
                wrong.append(f"{where}:{line} compares {whose}.name: ask catalog/identity.py")
    stale = {(where, each) for where, all_ in OTHER_NAMES.items() for each in all_} - used
    print(f"{len(paths)} modules, {len(used)} other things whose names are compared")
    assert not wrong, "\n".join(wrong)
    assert not stale


def test_where_users_oids_start_is_known_in_one_place() -> None:
    found = [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "FIRST_USER_OID" in path.read_text(encoding="utf-8")
    ]
    assert set(found) == {IDENTITY, LAYERS}


@pytest.mark.parametrize(
    "text",
    [
        'function.name == "unnest"',
        'call.operator.name in ("=", "<>")',
        "_MIRRORED[operator.name]",
        "_COUNTING.get(call.function.name)",
        'def f(call):\n    name = call.function.name\n    return name == "lag"',
        'match type_.name:\n    case "json":\n        pass',
        'match call:\n    case FuncCall(function=Function(name="lag")):\n        pass',
        'function.name.endswith("_strict")',
    ],
)
def test_every_way_to_compare_a_name_is_seen(text: str) -> None:
    assert names_compared(text)
