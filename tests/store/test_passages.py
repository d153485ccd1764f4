"""Statements of a schema that are not applied again: the catalog is as if they were."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlwright.analysis.schema import analyser
from sqlwright.catalog import passages as module
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.dependencies import Dependencies
from sqlwright.catalog.numbering import Begun, Numbering
from sqlwright.catalog.passages import Passages
from sqlwright.catalog.persistent import Objects, PersistentMap
from sqlwright.catalog.recorded import LookUp, answer
from sqlwright.catalog.traced import SETTINGS, Place, changes_of, traced
from sqlwright.config import load_config
from sqlwright.dataclass import dataclass, fields, is_dataclass
from sqlwright.diagnostics import Diagnostic
from sqlwright.packing import unpack
from sqlwright.project.likeness import PLACE, are_alike
from sqlwright.project.look_ups import Answers
from sqlwright.project.places import Places
from sqlwright.project.recall import Recall
from sqlwright.project.schema_memory import SchemaMemory
from sqlwright.project.sources import Sources
from sqlwright.source import SourceFile, Span
from sqlwright.store import Store
from steps import steps_of

SEED = 3
STEPS = 12

SCHEMA = """\
CREATE EXTENSION citext;
CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE DOMAIN amount AS numeric CHECK (VALUE >= 0);
CREATE TABLE makers (id int PRIMARY KEY, name text NOT NULL UNIQUE, mood mood);
CREATE TABLE things (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    maker int NOT NULL REFERENCES makers,
    price amount DEFAULT 1,
    label citext,
    sold date
);
COMMENT ON TABLE things IS 'What is made';
CREATE INDEX things_by_label ON things (lower(label::text)) WHERE sold IS NULL;
CREATE VIEW unsold AS SELECT t.id, m.name FROM things t JOIN makers m ON m.id = maker;
CREATE TABLE prices (thing bigint REFERENCES things ON DELETE CASCADE, price amount NOT NULL);
\\set ON_ERROR_STOP on
CREATE FUNCTION price_of(of bigint) RETURNS amount LANGUAGE sql
    AS 'SELECT price FROM prices WHERE thing = of';
CREATE SCHEMA other;
SET search_path = other, public;
CREATE TABLE things (id text, made mood DEFAULT 'calm');
RESET search_path;
BEGIN;
CREATE TEMP TABLE passing (id int) ON COMMIT DROP;
CREATE TABLE kept AS SELECT id FROM passing;
COMMIT;
COPY makers (id, name) FROM stdin;
1\ta; b
\\.
CREATE TABLE parted (at date NOT NULL, maker int) PARTITION BY RANGE (at);
CREATE TABLE part PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX ON parted (maker);
CREATE TABLE like_things (LIKE things INCLUDING ALL);
CREATE TABLE own_things (note text) INHERITS (things);
CREATE MATERIALIZED VIEW counts AS SELECT maker, count(*) AS things FROM things GROUP BY maker;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noted BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION noted();
ALTER TABLE makers ADD COLUMN born date DEFAULT 'infinity';
ALTER TABLE prices ADD CONSTRAINT only_one UNIQUE (thing);
ALTER TABLE things ALTER COLUMN label SET NOT NULL;
ALTER TYPE mood ADD VALUE 'quiet';
DROP TABLE kept;
COMMENT ON TABLE things IS 'What is made';
CREATE VIEW all_prices AS SELECT price_of(id) AS price, label FROM things;
"""

MOVED = (
    ("(", "(\n    one_more int,"),
    ("id int", "id bigint"),
    (" NOT NULL", ""),
    ("text", "varchar(9)"),
    ("'calm'", "'calm', 'glad'"),
    ("SELECT", "SELECT 1 AS first,"),
    ("things", "makers"),
    ("COMMIT", "ROLLBACK"),
)


@dataclass(frozen=True)
class State:
    """A catalog, what it says to look-ups, and the places in its files."""

    answers: Answers
    catalog: Catalog
    places: Places


class Project:
    """A schema that changes, in a project with a store."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        file = folder / "sqlwright.toml"
        file.write_text('schema = ["schema"]\nqueries = ["queries"]\n')
        self.config = load_config(file)
        self.store = Store(folder / "store")
        self.package = self.config.packages[0]
        self.begun: Begun = ()
        self.before: State | None = None
        self.states = 0

    def repeated(self, text: str) -> Catalog:
        """The catalog of a file, not held against anything."""
        files = (SourceFile("schema/0.sql", text),)
        recall = Recall(self.store, self.config, [Sources(files, ())])
        key = self.store.key("passages")
        memory = SchemaMemory(recall, key, self.package, files, Places(files))
        passages = memory.passages(0, "")
        catalog, found, numbering = self._catalog(files, passages)
        assert found == []
        memory.keep(0, passages, text)
        self.begun = numbering.begun
        return catalog

    def cold(self, text: str) -> Catalog:
        """The catalog of a file of which nothing is known."""
        return self._catalog((SourceFile("schema/0.sql", text),), None)[0]

    def built(self, *texts: str) -> tuple[Catalog, list[Diagnostic], Passages, bool]:
        """The catalog of these files, which is held against that of a cold run; whether the
        passages are kept."""
        files = tuple(SourceFile(f"schema/{at}.sql", text) for at, text in enumerate(texts))
        recall = Recall(self.store, self.config, [Sources(files, ())])
        places, key = Places(files), self.store.key("passages")
        memory = SchemaMemory(recall, key, self.package, files, places)
        passages = memory.passages(0, "")
        catalog, found, numbering = self._catalog(files, passages)
        cold, expected, numbered = self._catalog(files, None)
        assert found == expected
        assert numbering.begun == numbered.begun
        assert different_parts(catalog, cold) == []
        refused = any(each.severity == "error" for each in found)
        kept = not refused and catalog.loading is None and not passages.given_up
        if kept:
            self.states += 1
            since, name = memory.since(passages), str(self.states)
            answers = Answers(name, catalog, places, recall.name_of, since)
            state = State(answers, catalog, places)
            if since is not None and self.before is not None:
                compare_answers(self.before, state)
            memory.keep(0, passages, name)
            self.begun, self.before = numbering.begun, state
        return catalog, found, passages, kept

    def _catalog(
        self, files: tuple[SourceFile, ...], passages: Passages | None
    ) -> tuple[Catalog, list[Diagnostic], Numbering]:
        found: list[Diagnostic] = []
        numbering = Numbering(self.begun)
        initial = initial_catalog(self.package.postgresql)
        catalog = build_catalog(initial, files, analyser, found, "any", numbering, passages)
        return catalog, found, numbering


def repeated(passages: Passages) -> int:
    """How many passages are those of the earlier time."""
    known = {id(each) for each in passages._known}
    return sum(id(each) in known for each in passages.passages)


def maps_of(catalog: Catalog) -> dict[str, PersistentMap[object, object]]:
    found: dict[str, PersistentMap[object, object]] = {}
    for each in fields(Catalog):
        value = getattr(catalog, each.name)
        if isinstance(value, PersistentMap):
            found[each.name] = value
        elif isinstance(value, Objects | Dependencies):
            found |= {
                f"{each.name}.{part.name}": getattr(value, part.name) for part in fields(value)
            }
    return found


def different_parts(catalog: Catalog, other: Catalog) -> list[str]:
    """What of two catalogs is not alike: places count, and the order of objects."""
    maps, others = maps_of(catalog), maps_of(other)
    found = [
        each.name
        for each in fields(Catalog)
        if each.name not in {name.partition(".")[0] for name in maps} | {"memo", "builtin"}
        and not are_alike(getattr(catalog, each.name), getattr(other, each.name))
    ]
    for name, one in maps.items():
        two = others[name]
        ordered = name.startswith("user_")
        if (list(one) != list(two)) if ordered else (set(one) != set(two)):
            found.append(name)
        found += [f"{name} {key}" for key in one if not are_alike(one.get(key), two.get(key))]
    return found


def compare_answers(before: State, now: State) -> None:
    """What is said to have the answer that it had has it, also by the names of places in it."""
    old, new = before.catalog, now.catalog
    look_ups: list[LookUp] = []
    for part in ("user_types", "user_relations", "user_functions"):
        one, two = getattr(old, part), getattr(new, part)
        look_ups += [(part, "get", oid) for oid in {*one.by_oid, *two.by_oid}]
        look_ups += [(part, "named", name) for name in {*one.by_name, *two.by_name}]
    look_ups += [("dependents", "get", key) for key in old.dependencies.dependents]
    told = [(each, before.answers.digest(each)) for each in look_ups]
    same = [*now.answers.are_same(told, before.answers.name)]
    for look_up, holds in zip(look_ups, same, strict=True):
        if holds:
            one, two = (
                named(answer(each.catalog, look_up), each.places, {}) for each in (before, now)
            )
            assert one == two, look_up
    COUNTED["answers"] += len(same)
    COUNTED["answers that are the same"] += sum(same)


def named(value: object, places: Places, seen: dict[int, int]) -> object:
    """A value with names in place of places; what it has several times is there once."""
    if isinstance(value, Span):
        return places.name(value)
    if isinstance(value, tuple):
        return tuple(named(each, places, seen) for each in value)
    if not is_dataclass(value):
        return value
    if id(value) in seen:
        return None
    seen[id(value)] = len(seen)
    counting = (each.name for each in fields(value) if each.name not in PLACE)
    return type(value).__name__, [named(getattr(value, name), places, seen) for name in counting]


COUNTED: Counter[str] = Counter()


def edited(chance: random.Random, statements: list[str]) -> list[str]:
    """The statements with one of them changed, moved, gone or there twice."""
    found = list(statements)
    at, to = chance.randrange(len(found)), chance.randrange(len(found))
    what = chance.randrange(10)
    if what == 0:
        del found[at]
    elif what == 1:
        found.insert(to, found.pop(at))
    elif what == 2:
        found.insert(to, found[at])
    elif what < 5:
        found[at] = f"\n-- remark {chance.randrange(9)}{found[at]}"
    else:
        old, new = chance.choice(MOVED)
        found[at] = found[at].replace(old, new, 1)
    return found


@pytest.mark.parametrize("start", range(8))
def test_the_catalog_after_any_edits_is_that_of_a_cold_run(
    tmp_path: Path, seed: int, start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ENDS", start % 4 + 1)
    chance, project = random.Random(seed * 1000 + start), Project(tmp_path)
    first = re.split(r"(?<=;)(?=\n)", SCHEMA)
    counted: Counter[str] = Counter()
    COUNTED.clear()
    statements = first
    for step in range(STEPS):
        if step:
            statements = edited(chance, chance.choice((first, statements)))
        cut = chance.randrange(len(statements)) if start % 2 else 0
        texts = ("".join(statements[:cut]), "".join(statements[cut:]))
        _, _, passages, kept = project.built(*texts)
        counted["passages"] += len(passages.passages)
        counted["repeated"] += repeated(passages)
        counted["states with errors"] += not kept
    print(dict(counted + COUNTED))
    assert counted["repeated"] > counted["passages"] / 8
    assert counted["states with errors"] < STEPS


def test_only_what_looks_up_a_change_is_applied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ENDS", 1)
    project = Project(tmp_path)
    tables = [
        f"CREATE TABLE t{at} (\n    id int PRIMARY KEY, of int REFERENCES t0\n);\n"
        for at in range(1, 40)
    ]
    schema = "CREATE TABLE t0 (\n    id int PRIMARY KEY\n);\n" + "".join(tables)
    swapped = schema.replace(tables[20] + tables[21], tables[21] + tables[20])
    counts = {}
    for change, text in {
        "nothing": schema,
        "a column of a table that no other looks up": schema.replace("t7 (", "t7 (\n    a text,"),
        "a table more": schema.replace(tables[7], "CREATE TABLE t (id int);\n" + tables[7]),
        "a table less": schema.replace(tables[7], ""),
        "two tables in another order": swapped,
        "a column of a table that all look up": schema.replace("t0 (", "t0 (\n    a text,"),
        "its key": schema.replace("PRIMARY KEY", "CONSTRAINT own PRIMARY KEY", 1),
    }.items():
        project.built(schema)
        _, found, passages, _ = project.built(text)
        assert found == []
        counts[change] = len(passages.passages) - repeated(passages)
    print(counts)
    assert counts == {
        "nothing": 0,
        "a column of a table that no other looks up": 1,
        "a table more": 1,
        "a table less": 0,
        "two tables in another order": 1,
        "a column of a table that all look up": 40,
        "its key": 40,
    }


def test_reports_of_what_is_not_applied_again_stay(tmp_path: Path) -> None:
    project = Project(tmp_path)
    schema = "CREATE TABLE t (\n    a int);\nSELECT f(1);\nCREATE TABLE u (b int);\n"
    _, first, _, _ = project.built(schema)
    _, again, passages, _ = project.built("CREATE TYPE m AS ENUM ('a');\n" + schema)
    print(repeated(passages), first, again)
    assert repeated(passages) == 1
    assert [each.code for each in again] == [each.code for each in first] == ["dynamic-definition"]
    assert again[0].labels[0].span.text == "SELECT f(1)"


def test_places_that_are_of_no_use_any_more_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left has new numbers then, and they stand for what they stood for."""
    monkeypatch.setattr(module, "ENDS", 1)
    project = Project(tmp_path)
    hub = "CREATE TABLE t0 (\n    id int PRIMARY KEY\n);\n"
    tables = [f"CREATE TABLE u{at} (\n    of int REFERENCES t0\n);\n" for at in range(30)]
    found: list[dict[str, list[set[Place]]]] = []
    sizes = []
    for many in (tables, tables[25:]):
        assert project.built(hub + "".join(many))[3]
        kept = unpack(project.store.get(project.store.key("passages")) or b"")
        sizes.append(len(kept.places))
        found.append(
            {
                passage.head: [
                    {kept.places[number] for number in numbers}
                    for numbers in (passage.looked_up, passage.written, passage.extended)
                ]
                for passage in kept.passages
            }
        )
    print(sizes)
    assert sizes[1] < sizes[0] / 2
    for head in {*found[0]} & {*found[1]}:
        assert found[1][head][1:] == found[0][head][1:]
        assert found[1][head][0] <= found[0][head][0]
    assert len(found[1]) == 7  # with what is left behind the last semicolon


def test_where_a_file_begins_a_query_may_be_told_by_that(tmp_path: Path) -> None:
    """A query among definitions is passed over, which one on the line of another is not."""
    project = Project(tmp_path)
    query = "-- name: Add :exec\nCREATE TABLE added (id int);\n"
    for before, is_there in (("", False), ("", False), ("CREATE TABLE first ();", True)):
        catalog, _, _, kept = project.built(before + query)
        assert kept
        assert (catalog.find_relation(("added",)) is not None) == is_there


def test_a_catalog_is_traced_as_a_whole() -> None:
    """Whatever a catalog has is looked up by keys, counts for every statement, or is nothing that
    statements look at."""
    catalog = initial_catalog()
    seen = traced(catalog, {})
    others = {each.name for each in fields(Catalog)} - {
        name.partition(".")[0] for name in maps_of(catalog)
    }
    assert others - {*SETTINGS} == {"builtin", "next_oid", "numbers", "memo"}
    assert {type(each).__name__ for each in maps_of(seen).values()} == {"_TracedMap"}
    assert changes_of(seen).parts == {}
    print(len(maps_of(seen)), "parts")


BANNER = f"-- {'-' * 70}\n"
MANY = 400
GROWING: dict[str, tuple[Callable[[int], str], float]] = {
    "tables that begin alike": (
        lambda at: f"{BANNER}CREATE TABLE t{at} (\n    id int PRIMARY KEY\n);\n",
        0.3,
    ),
    "tables that all refer to one": (
        lambda at: (
            f"CREATE TABLE t{at} (\n    id int REFERENCES t0 (id)\n);\n"
            if at
            else "CREATE TABLE t0 (\n    id int PRIMARY KEY\n);\n"
        ),
        0.5,
    ),
    "changes of one table": (
        lambda at: (
            f"ALTER TABLE t0 ADD CHECK (id <> {at});\n"
            if at
            else "CREATE TABLE t0 (\n    id int\n);\n"
        ),
        2.5,
    ),
}
"""Statements, and what of the work of a cold run there is at most with a remark in the midst."""


@pytest.mark.parametrize("kind", GROWING)
def test_going_through_passages_is_never_much_more_work(tmp_path: Path, kind: str) -> None:
    """What is worked out again costs twice as much, to be of use the next time; what is repeated
    next to nothing."""
    make, most = GROWING[kind]
    project = Project(tmp_path)
    schema = "".join(map(make, range(MANY)))
    found = {}
    for change, old, new in (
        ("in the midst", f"\n{make(MANY // 2)}", f"\n--\n{make(MANY // 2)}"),
        ("at first", "t0 (", "t0 (\n    a text,"),
    ):
        assert old in schema
        project.repeated(schema)
        changed = schema.replace(old, new, 1)
        cold = steps_of(partial(project.cold, changed))
        found[change] = steps_of(partial(project.repeated, changed)) / cold
    print({change: f"{ratio:.2f}" for change, ratio in found.items()}, "of a cold run")
    assert found["in the midst"] < most
    assert found["at first"] < 2.5
