"""What is looked up in a catalog is recorded, whoever asks and by whatever way."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlwright
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog import recorded as module
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.dependencies import Dependencies
from sqlwright.catalog.model import Cast
from sqlwright.catalog.persistent import Objects, PersistentMap
from sqlwright.catalog.recorded import SETTINGS, LookUp, Record, answer, recorded
from sqlwright.dataclass import fields
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = """\
CREATE TYPE mood AS ENUM ('calm');
CREATE TABLE people (id int PRIMARY KEY, mood mood NOT NULL);
CREATE TABLE notes (id int, person int REFERENCES people ON DELETE CASCADE);
CREATE FUNCTION twice(word text) RETURNS text LANGUAGE sql AS 'SELECT word || word';
"""


def catalog_of(schema: str = SCHEMA) -> Catalog:
    return build_catalog(initial_catalog(), [SourceFile("schema.sql", schema)], analyser, [])


def looked_up(catalog: Catalog, sql: str) -> set[LookUp]:
    """What inferring a query looks up."""
    record = Record()
    seen = recorded(catalog, record)
    (statement,), problems = read_queries(SourceFile("q.sql", f"-- name: Q :many\n{sql};\n"))
    assert problems == []
    _, found = record.during(lambda: infer_query(seen, statement))
    return set(found)


def test_all_of_a_catalog_is_recorded_counts_always_or_is_not_there() -> None:
    seen, nothing = recorded(catalog_of(), Record()), Catalog()
    counted = 0
    for each in fields(Catalog):
        value = getattr(seen, each.name)
        if isinstance(value, Dependencies):
            assert {type(value.dependents), type(value.referenced)} == {module._RecordedMap}
        elif type(value) in (module._RecordedObjects, module._RecordedMap):
            counted += 1
        elif isinstance(value, Objects | PersistentMap):
            assert list(value) == [], each.name
        elif each.name not in (*SETTINGS, "builtin", "memo"):
            assert value == getattr(nothing, each.name), each.name
    assert counted > 10


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT id FROM people", ("user_relations", "named", ("public", "people"))),
        ("SELECT id FROM nobody", ("user_relations", "named", ("public", "nobody"))),
        ("SELECT twice('a')", ("user_functions", "named", ("public", "twice"))),
        ("SELECT upper('a')", ("user_functions", "named", ("public", "upper"))),
        ("SELECT 'calm'::mood", ("user_types", "named", ("public", "mood"))),
        ("SELECT 1 + 1", ("user_operators", "named", ("public", "+"))),
        ("SELECT uper('a')", ("user_functions", "all", None)),
        ("SELECT 1", ("settings", "all", None)),
    ],
)
def test_names_are_recorded_found_or_not(sql: str, expected: LookUp) -> None:
    catalog = catalog_of()
    assert expected in looked_up(catalog, sql)
    # What others have asked before, with the same view, is no less asked for.
    record = Record()
    seen = recorded(catalog, record)
    found = []
    for _ in range(2):
        (statement,), _ = read_queries(SourceFile("q.sql", f"-- name: Q :many\n{sql};\n"))
        found.append(set(record.during(lambda: infer_query(seen, statement))[1]))  # noqa: B023
    assert found[0] == found[1]


def test_what_a_write_does_to_other_tables_is_looked_up_there_and_not_everywhere() -> None:
    catalog = catalog_of(SCHEMA + "CREATE TABLE others (id int);")
    notes, others = (catalog.find_relation((name,)) for name in ("notes", "others"))
    assert notes is not None
    assert others is not None
    found = looked_up(catalog, "DELETE FROM people WHERE id = 1 RETURNING id")
    assert ("user_relations", "get", notes.oid) in found
    assert ("user_relations", "get", others.oid) not in found
    assert ("user_relations", "all", None) not in found


def test_nothing_can_be_changed_by_way_of_the_view() -> None:
    catalog = catalog_of()
    seen = recorded(catalog, Record())
    relation = next(catalog.relations())
    changes: tuple[Callable[[], object], ...] = (
        lambda: seen.with_relation(relation),
        lambda: seen.without_relation(relation.oid),
        lambda: seen.with_cast(Cast(1, 2, "implicit", "binary")),
    )
    for change in changes:
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        seen.memo["a"] = 1


def test_what_is_worked_out_once_goes_with_its_look_ups() -> None:
    catalog = catalog_of()
    record = Record()
    seen = recorded(catalog, record)

    def outer() -> object:
        return seen.memo.once("a", lambda: seen.memo.once("b", lambda: seen.get_function(20_000)))

    (_, first), (_, second) = record.during(outer), record.during(outer)
    assert set(first) == set(second)
    assert ("user_functions", "get", 20_000) in first
    assert ("user_functions", "get", 20_000) in record.found


def test_answers_are_those_of_the_catalog() -> None:
    catalog = catalog_of()
    for look_up in looked_up(catalog, "SELECT twice('a'), p.* FROM people p JOIN notes USING (id)"):
        found = answer(catalog, look_up)
        if look_up[1] == "named":
            assert all(each.name == look_up[2][1] for each in found)
        elif look_up[1] == "get" and look_up[0] == "user_relations" and found is not None:
            assert found.oid == look_up[2]
    assert answer(catalog, module.ALWAYS)[0] == catalog.builtin.major


def test_nothing_else_keeps_what_follows_from_a_catalog() -> None:
    """A cache of functions that take a catalog would hide what is looked up: `Memo` is for that."""
    folder = Path(sqlwright.__file__).parent
    cached = 0
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "cache" in text else ():
            if isinstance(node, ast.FunctionDef):
                marks = " ".join(map(ast.unparse, node.decorator_list))
                if "cache" in marks and "cached_property" not in marks:
                    cached += 1
                    assert "Catalog" not in ast.unparse(node.args), f"{path}: {node.name}"
    print(f"{cached} functions with caches")
    assert cached > 10
