"""Walks over analysed queries come to all parts, in order."""

from __future__ import annotations

import re

from judging import catalog_of
from sqlwright.analysis import tree
from sqlwright.analysis.query import analysed_query
from sqlwright.analysis.tree.traversal import (
    Part,
    children,
    columns_in,
    fields_with_parts,
    parts_but_columns,
    walk,
)
from sqlwright.dataclass import fields, is_dataclass
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

_MIXED = re.compile(r"tuple\[[^\]]*\|\s*tuple\[|tuple\[tuple\[[^\]]*\]\s*\|")

SCHEMA = "CREATE TABLE t (id int PRIMARY KEY, name text, tags text[], parent int REFERENCES t);"
QUERIES = """\
-- name: Nested :many
WITH c AS (
    SELECT parent, count(*) FILTER (WHERE name <> @name) AS n FROM t GROUP BY ROLLUP (parent)
)
SELECT DISTINCT ON (t.id) t.*, c.n, t.tags[1:@last::int],
    CASE WHEN t.name = 'a' THEN c.n ELSE 0 END,
    sum(t.id) OVER (PARTITION BY t.parent ORDER BY t.name),
    (SELECT max(o.id) FROM t o WHERE o.id < t.id)
FROM t LEFT JOIN c ON c.parent = t.id AND (t.id, t.name) IN (VALUES (1, 'a'), (2, @name))
ORDER BY t.id, c.n LIMIT 5;

-- name: Write :many
INSERT INTO t (id, name) VALUES (1, 'a'), (2, coalesce(@name, 'b'))
ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE t.parent IS NULL RETURNING id, name;

-- name: Merged :exec
MERGE INTO t USING (SELECT 1 AS id UNION ALL SELECT 2) s ON s.id = t.id
WHEN MATCHED THEN UPDATE SET name = 'x' WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id);
"""


def test_what_is_collected_is_what_a_walk_comes_to() -> None:
    catalog = catalog_of(SCHEMA)
    statements, problems = read_queries(SourceFile("q.sql", QUERIES))
    assert not problems
    for statement in statements:
        query = analysed_query(catalog, statement)
        every = list(walk(query))
        columns = [part for part in every if isinstance(part, tree.Var)]
        print(f"{statement.annotation.name}: {len(every)} parts, {len(columns)} columns")
        assert columns
        assert [*map(id, columns_in(query))] == [*map(id, columns)]
        others = [part for part in every if not isinstance(part, tree.Var)]
        assert [*map(id, parts_but_columns(query))] == [*map(id, others)]
        assert all(isinstance(each, Part) for part in every for each in children(part))


def test_in_a_tuple_all_are_tuples_or_none_is() -> None:
    kinds = [each for each in vars(tree).values() if isinstance(each, type) and is_dataclass(each)]
    held = [(kind.__name__, item.name, str(item.type)) for kind in kinds for item in fields(kind)]
    print(f"{len(kinds)} kinds with {len(held)} fields")
    assert len(kinds) > 40
    assert not [each for each in held if _MIXED.search(each[2])]


def test_what_is_followed_holds_parts_alone() -> None:
    """Nothing asks of a value in such a field whether it is one."""
    kinds = [each for each in vars(tree).values() if isinstance(each, type) and is_dataclass(each)]
    followed = [
        (kind.__name__, item.name, str(item.type))
        for kind in kinds
        if issubclass(kind, Part.__args__)
        for item in fields(kind)
        if item.name in fields_with_parts[kind]
    ]
    print(f"{len(followed)} fields")
    assert len(followed) > 60
    for kind, name, written in followed:
        words = {*re.findall(r"\w+", written)} - {"tuple", "None"}
        meant = [getattr(tree, word) for word in words]
        classes = [each for found in meant for each in getattr(found, "__args__", (found,))]
        others = [each for each in classes if not issubclass(each, Part.__args__)]
        assert not others, f"{kind}.{name} is {written}"
