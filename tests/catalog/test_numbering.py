"""Where the OIDs of statements begin, now and after a change of others."""

from __future__ import annotations

import random

import pytest
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.catalog.numbering import ROOM, Begun, Numbered, Numbering
from sqlwright.source import SourceFile
from sqlwright.store import digest

TABLES = (
    "CREATE TABLE a (id int PRIMARY KEY);",
    "CREATE TABLE b (id int REFERENCES a, c text NOT NULL);",
    "ALTER TABLE b ADD CHECK (id > 0);",
    "CREATE INDEX late ON b (c);",
    "CREATE VIEW v AS SELECT * FROM b;",
)


def built(*statements: str, begun: Begun = ()) -> tuple[dict[str, int], Begun]:
    """The OIDs of relations by name, and where statements began."""
    numbering = Numbering(begun)
    source = SourceFile("schema.sql", "\n".join(statements))
    catalog = build_catalog(
        initial_catalog(), [source], analyser, [], "strict", numbering=numbering
    )
    return {each.name: each.oid for each in catalog.relations()}, numbering.begun


def test_a_statement_that_makes_more_leaves_others_their_oids() -> None:
    more = "CREATE TABLE a (id int PRIMARY KEY, name text NOT NULL UNIQUE, serial serial);"
    first, _ = built(*TABLES)
    second, _ = built(more, *TABLES[1:])
    own = ("a", "a_pkey")
    assert {name: first[name] for name in first if name not in own} == {
        name: second[name] for name in first if name not in own
    }
    assert first["a"] == second["a"]


def test_a_statement_that_comes_or_goes_leaves_others_their_oids() -> None:
    first, begun = built(*TABLES)
    for at in range(len(TABLES) + 1):
        more = [*TABLES[:at], "CREATE TABLE new (id serial PRIMARY KEY);", *TABLES[at:]]
        second, begun_then = built(*more, begun=begun)
        assert first == {name: second[name] for name in first}
        third, _ = built(*TABLES, begun=begun_then)
        assert first == third
        order = sorted(second, key=second.__getitem__)
        assert order == list(built(*more)[0])


def test_a_changed_statement_is_known_by_its_beginning() -> None:
    first, begun = built(*TABLES)
    second, _ = built("CREATE TABLE a (key text, id int PRIMARY KEY);", *TABLES[1:], begun=begun)
    assert first == second


def test_statements_that_are_the_same_and_such_as_are_undone() -> None:
    again = ("BEGIN;", "CREATE TABLE x (i int);", "ROLLBACK;", "CREATE TABLE x (i int);")
    first, begun = built(*again, *TABLES)
    second, begun_again = built(*again, *TABLES, begun=begun)
    assert (first, begun) == (second, begun_again)
    assert [start for _, start in begun] == sorted({start for _, start in begun})


@pytest.mark.parametrize("seed", range(3))
def test_the_order_is_that_of_the_statements_whatever_was_before(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"CREATE TABLE t{at} (id int)" for at in range(30)]
    begun: Begun = ()
    for _ in range(200):
        numbering, free, starts = Numbering(begun), ROOM, []
        statements = chance.choices(names, k=chance.randrange(20))
        for statement in statements:
            name, start = numbering.first("schema.sql", statement, free)
            assert start >= free
            starts.append(start)
            free = start
            if chance.randrange(5):
                free += chance.choice((1, 3, 300, ROOM, 3 * ROOM))
                numbering.took(name, start)
        assert starts == sorted(starts)
        assert numbering.told("before") == digest("before", *map(str, starts))
        begun = numbering.begun
        assert [start for _, start in begun] == sorted({start for _, start in begun})


@pytest.mark.parametrize("seed", range(3))
def test_numbering_again_does_the_same_or_nothing(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"CREATE TABLE t{at} (id int)" for at in range(12)]
    begun: Begun = ()
    counted = {True: 0, False: 0}
    for _ in range(300):
        one, two = Numbering(begun), Numbering(begun)
        free = other = ROOM
        for statement in chance.choices(names, k=chance.randrange(12)):
            name, start = one.first("schema.sql", statement, free)
            taken = chance.choice((None, 0, 1, 300, 2 * ROOM))
            if taken:
                one.took(name, start)
            after = None if taken is None else start + taken
            said = start + chance.choice((0, 0, 0, 1))
            again = two.again("schema.sql", [Numbered(statement, said, after)], other)
            counted[again is not None] += 1
            if again is None:
                assert two.first("schema.sql", statement, other) == (name, start)
                if taken:
                    two.took(name, start)
                again = other if after is None else after
            free, other = (free if after is None else after), again
            assert (free, one.begun) == (other, two.begun)
        assert one.told("") == two.told("")
        begun = one.begun
    print(counted)
    assert min(counted.values()) > 100
