"""NULL among the elements of arrays: what signatures admit arrives and comes back as is said."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import deque
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import asyncpg
import pytest
from connections import connected
from packages import build
from sqlwright.codegen.options import Override

SCHEMA = """
CREATE DOMAIN word AS text NOT NULL;
CREATE DOMAIN words AS text[] CHECK (array_position(VALUE, NULL) IS NULL);
CREATE DOMAIN amounts AS numeric[];
CREATE TABLE boxes (
    id int PRIMARY KEY,
    label text NOT NULL,
    remark text,
    loose text[],
    grid int[][],
    kept text[] CHECK (array_position(kept, NULL) IS NULL),
    spelt word[],
    listed words,
    amounts amounts
);
"""
QUERIES = """
-- name: AddBoxes :execrows
INSERT INTO boxes (id, label, remark)
SELECT * FROM unnest(@ids::int[], @labels::text[], @remarks::text[]);
-- name: AddMore :execrows
INSERT INTO boxes (id, label, remark)
VALUES (unnest(@ids::int[]), unnest(@labels::text[]), unnest(@remarks::text[]));
-- name: SetRemarks :execrows
UPDATE boxes SET remark = u.r FROM unnest(@ids::int[], @remarks::text[]) AS u (i, r)
WHERE boxes.id = u.i;
-- name: Fill :one
UPDATE boxes SET loose = @loose, grid = @grid, kept = @kept, spelt = @spelt, listed = @listed,
                 amounts = @amounts
WHERE id = @id RETURNING loose, grid, kept, spelt, listed, amounts;
-- name: GetBox :one
SELECT * FROM boxes WHERE id = @id;
-- name: Copy :copyfrom
INSERT INTO boxes (id, label, loose, amounts) VALUES (@id, @label, @loose, @amounts);
-- name: SameLoose :many
SELECT id FROM boxes WHERE loose = @loose ORDER BY id;
-- name: Named :many
SELECT label FROM boxes WHERE id = ANY(@ids::int[]) ORDER BY id;
-- name: Echo :one
SELECT @plain::numeric[] AS plain, @amounts::amounts AS amounts;
-- name: EchoNull :one
-- @nullable plain[]
SELECT @plain::numeric[] AS plain, unnest(@plain::numeric[]) AS each;
-- name: WholeBox :one
-- @nonnull loose[]
SELECT * FROM boxes WHERE id = @id;
-- name: LooseAreWhole :many
-- @nonnull loose[]
SELECT loose FROM boxes
WHERE cardinality(array_remove(loose, NULL)) = cardinality(loose) AND loose IS NOT NULL ORDER BY id;
"""
ANNOTATIONS = {
    "add_boxes": {
        "ids": "Sequence[int]",
        "labels": "Sequence[str]",
        "remarks": "Sequence[str | None]",
    },
    "add_more": {
        "ids": "Sequence[int]",
        "labels": "Sequence[str]",
        "remarks": "Sequence[str | None]",
    },
    "set_remarks": {"ids": "Sequence[int]", "remarks": "Sequence[str | None]"},
    "fill": {
        "loose": "Sequence[str | None] | None",
        "grid": "Sequence[Sequence[int | None]] | None",
        "kept": "Sequence[str] | None",
        "spelt": "Sequence[str] | None",
        "listed": "Sequence[str] | None",
        "amounts": "Sequence[decimal.Decimal | None] | None",
        "return": "FillRow | None",
    },
    "same_loose": {"loose": "Sequence[str | None]"},
    "named": {"ids": "Sequence[int]"},
    "echo": {"plain": "Sequence[decimal.Decimal]", "amounts": "Sequence[decimal.Decimal]"},
    "echo_null": {"plain": "Sequence[decimal.Decimal | None]"},
    "whole_box": {"return": "WholeBoxRow | None"},
    "loose_are_whole": {"return": "list[list[str]]"},
}
FILLED = ("loose", "grid", "kept", "spelt", "listed", "amounts")
USE = """
from {name} import Connection, querier


async def use(conn: Connection) -> None:
    await querier.add_boxes(conn, ids=[1], labels=("a",), remarks=[None, "b"])
    box = await querier.get_box(conn, id=1)
    if box is None:
        return
    same = await querier.fill(
        conn,
        id=box.id,
        loose=box.loose,
        grid=box.grid,
        kept=box.kept,
        spelt=[each for each in box.spelt or () if each is not None],
        listed=box.listed,
        amounts=box.amounts,
    )
    if same is not None and box.loose is not None and same.kept is not None:
        await querier.same_loose(conn, loose=box.loose)
        await querier.add_boxes(conn, ids=[2], labels=same.kept, remarks=box.loose)
"""
MISUSE = """
from {name} import Connection, querier


async def misuse(conn: Connection) -> None:
    await querier.add_boxes(conn, ids=[None], labels=[], remarks=[])  # wrong
    await querier.add_boxes(conn, ids=[], labels=["a", None], remarks=[])  # wrong
    await querier.named(conn, ids=[1, None])  # wrong
    box = await querier.get_box(conn, id=1)
    if box is None or box.loose is None:
        return
    await querier.add_boxes(conn, ids=[], labels=box.loose, remarks=[])  # wrong
    first: str = box.loose[0]  # wrong
    await querier.fill(
        conn,
        id=1,
        kept=box.loose,  # wrong
        spelt=[None],  # wrong
        listed=[None],  # wrong
        grid=[None],  # wrong
        loose=None,
        amounts=None,
    )
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elements")


@pytest.fixture(scope="module")
def package(folder: Path) -> ModuleType:
    return build(folder, SCHEMA, QUERIES)


@pytest.fixture(scope="module")
def filled(database: str) -> str:
    async def fill() -> None:
        connection = await asyncpg.connect(database)
        await connection.execute(SCHEMA)
        await connection.close()

    asyncio.run(fill())
    return database


def test_annotations(package: ModuleType) -> None:
    for name, wanted in ANNOTATIONS.items():
        found = getattr(package, name).__annotations__
        assert {each: found[each] for each in wanted} == wanted, name


async def test_what_is_admitted_arrives(package: ModuleType, filled: str) -> None:
    async with connected(filled, "transaction") as conn:
        ids, labels = [1, 2], ["a", "b"]
        assert await package.add_boxes(conn, ids=ids, labels=labels, remarks=[None, "x"]) == 2
        assert await package.add_more(conn, ids=[3], labels=["c"], remarks=[None]) == 1
        assert await package.set_remarks(conn, ids=[2, 3], remarks=[None, "y"]) == 2
        remarks = [(await package.get_box(conn, id=each)).remark for each in (1, 2, 3)]
        assert remarks == [None, None, "y"]
        values = {
            "loose": ["a", None],
            "grid": [[1, None], [None, 2]],
            "kept": ["a"],
            "spelt": ["b"],
            "listed": ["c"],
            "amounts": [Decimal(1), None],
        }
        made = await package.fill(conn, id=1, **values)
        assert {name: getattr(made, name) for name in values} == values
        given = {"grid": ((1, None), deque([3, 4])), "loose": ("b",)}
        tuples = await package.fill(conn, id=2, **{**dict.fromkeys(FILLED), **given})
        assert (tuples.grid, tuples.loose) == ([[1, None], [3, 4]], ["b"])
        assert await package.same_loose(conn, loose=["a", None]) == [1]
        copied = [package.CopyParams(id=9, label="d", loose=[None, "z"], amounts=[None])]
        await package.copy(conn, copied)
        box = await package.get_box(conn, id=9)
        assert (box.loose, box.amounts) == ([None, "z"], [None])
        echoed = await package.echo_null(conn, plain=[None])
        assert (echoed.plain, echoed.each) == ([None], None)
        assert await package.loose_are_whole(conn) == [["b"]]


@pytest.mark.parametrize(
    ("column", "value", "error"),
    [
        ("kept", ["a", None], asyncpg.CheckViolationError),
        ("spelt", ["a", None], asyncpg.NotNullViolationError),
        ("listed", ["a", None], asyncpg.CheckViolationError),
    ],
)
async def test_what_is_not_admitted_is_refused_by_the_server(
    package: ModuleType, filled: str, column: str, value: object, error: type[Exception]
) -> None:
    async with connected(filled, "transaction") as conn:
        await package.add_boxes(conn, ids=[1], labels=["a"], remarks=[None])
        with pytest.raises(error):
            await package.fill(conn, id=1, **{**dict.fromkeys(FILLED), column: value})


def test_a_rule_for_a_column_keeps_null_among_its_values(tmp_path: Path) -> None:
    rule = Override("pathlib.Path", column="boxes.remark", from_db="pathlib.Path", to_db="str")
    package = build(
        tmp_path,
        SCHEMA,
        "-- name: Remarked :many\n"
        "-- @nullable remarks[]\n"
        "SELECT id FROM boxes\n"
        "WHERE remark = ANY(@remarks::text[]) OR remark = ANY(@others::text[]);",
        overrides=(rule,),
    )
    found = package.remarked.__annotations__
    assert found["remarks"] == "Sequence[pathlib.Path | None]"
    assert found["others"] == "Sequence[pathlib.Path]"


@pytest.fixture(scope="module")
def checked(folder: Path, package: ModuleType) -> Path:
    """The package with what type checkers are to say of calls."""
    for name, text in (("use", USE), ("misuse", MISUSE)):
        (folder / f"{name}.py").write_text(text.format(name=package.__name__))
    return folder


@pytest.mark.long
def test_mypy(checked: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "use.py", "misuse.py"]
    done = subprocess.run(command, cwd=checked, capture_output=True, text=True, check=False)
    found = [line.split(":") for line in done.stdout.splitlines() if ": error: " in line]
    assert {(name, int(line)) for name, line, *_ in found} == misused(checked), done.stdout


@pytest.mark.long
def test_pyright(checked: Path) -> None:
    settings = {"typeCheckingMode": "strict", "include": ["use.py", "misuse.py"]}
    (checked / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=checked, capture_output=True, text=True, check=False)
    errors = [
        (Path(each["file"]).name, each["range"]["start"]["line"] + 1)
        for each in json.loads(done.stdout)["generalDiagnostics"]
        if each["rule"] not in ("reportUnusedVariable",)
    ]
    assert set(errors) == misused(checked), done.stdout


def misused(folder: Path) -> set[tuple[str, int]]:
    """The lines that have to be found wrong, and no others."""
    lines = (folder / "misuse.py").read_text().splitlines()
    return {("misuse.py", at) for at, line in enumerate(lines, 1) if line.endswith("# wrong")}


FIELDS_SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE step AS (name text, moods mood[]);
CREATE TYPE plan AS (steps step[], names text[], grid int[][]);
"""
FIELDS_QUERIES = "-- name: Echo :one\nSELECT @plan::plan AS plan;"
FIELDS_USE = """
from collections import deque

from {name} import Connection, Mood, Plan, Step, querier


async def use(conn: Connection) -> None:
    plan = Plan(steps=(Step("a", (Mood.SAD, None)),), names=deque(["b"]), grid=[(1, None)])
    again: Plan = await querier.echo(conn, plan=plan)
    await querier.echo(conn, plan=Plan(again.steps, again.names, again.grid))
"""


async def test_composite_classes_take_any_sequence(postgres: str, tmp_path: Path) -> None:
    package = build(tmp_path, FIELDS_SCHEMA, FIELDS_QUERIES)
    (tmp_path / "use.py").write_text(FIELDS_USE.format(name=package.__name__))
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "use.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    sad = package.Mood.SAD
    given = package.Plan((package.Step("a", (sad, None)), None), deque(["b"]), ((1, None),))
    wanted = package.Plan([package.Step("a", [sad, None]), None], ["b"], [[1, None]])
    async with connected(postgres, "transaction") as conn:
        await conn.execute(FIELDS_SCHEMA)
        assert await package.echo(conn, plan=given) == wanted
