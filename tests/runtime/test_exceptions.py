"""Errors of constraints are of the classes that the package has for them, whatever the command."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import asyncpg
import pytest
from packages import build
from sqlwright.codegen.options import ModelName, Renames

SCHEMA = """
CREATE SCHEMA "Odd";
CREATE DOMAIN address AS text CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
CREATE TABLE teams (id int PRIMARY KEY, name text NOT NULL UNIQUE, size int CHECK (size > 0));
COMMENT ON CONSTRAINT teams_size_check ON teams IS 'Nobody is a team.
@error EmptyTeam';
CREATE TABLE users (
    id int PRIMARY KEY, mail address UNIQUE, team int REFERENCES teams ON DELETE RESTRICT, nick text
);
CREATE UNIQUE INDEX users_lower ON users (lower(mail));
COMMENT ON CONSTRAINT users_mail_key ON users IS '@error MailTaken';
COMMENT ON INDEX users_lower IS '@error MailTaken';
CREATE TABLE late (id int PRIMARY KEY, team int REFERENCES teams DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "Odd"."a table" (
    "the id" int CONSTRAINT "class" PRIMARY KEY, "b;" int CHECK ("b;" > 0)
);
CREATE TABLE rooms (during int4range, CONSTRAINT free EXCLUDE USING gist (during WITH &&));
CREATE TABLE sales (id int, region int, team int REFERENCES teams, PRIMARY KEY (id, region))
    PARTITION BY LIST (region);
CREATE TABLE sales_1 PARTITION OF sales (CONSTRAINT few CHECK (id < 9)) FOR VALUES IN (1);
CREATE TABLE noted (id int PRIMARY KEY);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO noted VALUES (1);
    RETURN NEW;
END $$;
CREATE TRIGGER noting AFTER INSERT ON rooms FOR EACH ROW EXECUTE FUNCTION note();
"""
QUERIES = """
-- name: OneTeam :one
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size) RETURNING *;
-- name: ManyTeams :many
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size) RETURNING id;
-- name: ExecTeam :exec
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size);
-- name: RowsTeam :execrows
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size);
-- name: ResultTeam :execresult
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size);
-- name: StreamTeams :stream
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size) RETURNING *;
-- name: CopyTeams :copyfrom
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size);
-- name: BatchExecTeam :batchexec
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size);
-- name: BatchOneTeam :batchone
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size) RETURNING id;
-- name: BatchManyTeam :batchmany
INSERT INTO teams (id, name, size) VALUES (@id, @name, @size) RETURNING id;
-- name: UnnestTeams :exec
-- @rows
INSERT INTO teams (id, name, size)
SELECT u.id, u.name, u.size
FROM unnest(@id::int[], @name::text[], @size::int[]) AS u (id, name, size);
-- name: PatchTeam :exec
-- @partial
UPDATE teams SET name = @name, size = @size WHERE id = @id;
-- name: KeepTeam :exec
INSERT INTO teams (id, name) VALUES (@id, @name) ON CONFLICT (name) DO NOTHING;
-- name: NameTeam :exec
UPDATE teams SET name = (SELECT nick FROM users WHERE users.id = @user_id);
-- name: DropTeam :exec
DELETE FROM teams WHERE id = @id;
-- name: AddUser :exec
INSERT INTO users (id, mail, team) VALUES (@id, @mail, @team);
-- name: AddLate :exec
INSERT INTO late (id, team) VALUES (@id, @team);
-- name: AddOdd :exec
INSERT INTO "Odd"."a table" VALUES (@id, @b);
-- name: AddRoom :exec
INSERT INTO rooms VALUES (@during::text::int4range);
-- name: AddSale :exec
INSERT INTO sales VALUES (@id, @region, @team);
-- name: ReadTeam :one
SELECT * FROM teams WHERE id = @id;
"""
GIVEN = """
TRUNCATE teams, users, late, "Odd"."a table", rooms, sales, noted;
INSERT INTO teams VALUES (1, 'one', 1), (2, 'two', 1);
INSERT INTO users VALUES (1, 'A@b', 1, NULL);
INSERT INTO "Odd"."a table" VALUES (1, 1);
INSERT INTO rooms VALUES ('[1,5]');
TRUNCATE noted;
"""
ROW = {"id": 3, "name": "one", "size": 1}

Call = Callable[[ModuleType, Any], Awaitable[Any]]


async def _stream(package: ModuleType, conn: Any) -> None:
    async for _ in package.queries.stream_teams(conn, **ROW):
        pass


def _rows(package: ModuleType, name: str) -> list[Any]:
    return [getattr(package, f"{name}Params")(**ROW)]


CALLS: dict[str, tuple[Call, str]] = {
    "one": (lambda p, c: p.one_team(c, **ROW), "TeamsNameKey"),
    "many": (lambda p, c: p.many_teams(c, **ROW), "TeamsNameKey"),
    "exec": (lambda p, c: p.exec_team(c, **ROW), "TeamsNameKey"),
    "execrows": (lambda p, c: p.rows_team(c, **ROW), "TeamsNameKey"),
    "execresult": (lambda p, c: p.result_team(c, **ROW), "TeamsNameKey"),
    "stream": (_stream, "TeamsNameKey"),
    "copyfrom": (lambda p, c: p.copy_teams(c, _rows(p, "CopyTeams")), "TeamsNameKey"),
    "batchexec": (lambda p, c: p.batch_exec_team(c, _rows(p, "BatchExecTeam")), "TeamsNameKey"),
    "batchone": (lambda p, c: p.batch_one_team(c, _rows(p, "BatchOneTeam")), "TeamsNameKey"),
    "batchmany": (lambda p, c: p.batch_many_team(c, _rows(p, "BatchManyTeam")), "TeamsNameKey"),
    "rows": (lambda p, c: p.unnest_teams(c, _rows(p, "UnnestTeams")), "TeamsNameKey"),
    "partial": (lambda p, c: p.patch_team(c, id=2, name="one"), "TeamsNameKey"),
    "primary key": (lambda p, c: p.exec_team(c, id=1, name="x", size=1), "TeamsPkey"),
    "check": (lambda p, c: p.exec_team(c, id=3, name="x", size=0), "EmptyTeam"),
    "not null": (lambda p, c: p.name_team(c, user_id=1), "TeamsNameNotNull"),
    "beside an arbiter": (lambda p, c: p.keep_team(c, id=1, name="x"), "TeamsPkey"),
    "restricted": (lambda p, c: p.drop_team(c, id=1), "UsersTeamFkey"),
    "foreign key": (lambda p, c: p.add_user(c, id=2, mail="c@d", team=9), "UsersTeamFkey"),
    "shared by a key": (lambda p, c: p.add_user(c, id=2, mail="A@b", team=1), "MailTaken"),
    "shared by an index": (lambda p, c: p.add_user(c, id=2, mail="a@B", team=1), "MailTaken"),
    "domain": (lambda p, c: p.add_user(c, id=2, mail="x", team=1), "AddressHasAt"),
    "quoted": (lambda p, c: p.add_odd(c, id=1, b=1), "OddATableClass"),
    "quoted check": (lambda p, c: p.add_odd(c, id=2, b=0), "OddATableBCheck"),
    "exclusion": (lambda p, c: p.add_room(c, during="[2,3]"), "RoomsFree"),
    "of a partition": (lambda p, c: p.add_sale(c, id=9, region=1, team=1), "Sales1Few"),
    "key of a partition": (lambda p, c: p.add_sale(c, id=3, region=1, team=9), "SalesTeamFkey"),
    "deferred, by itself": (lambda p, c: p.add_late(c, id=1, team=9), "LateTeamFkey"),
}


@asynccontextmanager
async def connected(uri: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(uri)
    try:
        await connection.execute('DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS "Odd" CASCADE')
        await connection.execute(f"CREATE SCHEMA public; {SCHEMA}")
        yield connection
    finally:
        await connection.close()


async def raised(call: Call, package: ModuleType, connection: Any) -> BaseException:
    await connection.execute(GIVEN)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        await call(package, connection)
    error: BaseException = caught.value
    return error


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("exceptions"), SCHEMA, QUERIES, exceptions=True)


async def test_every_violation_is_of_its_class(database: str, package: ModuleType) -> None:
    await _check_all(database, package)


async def test_also_on_an_older_postgres(contrib_database: str, package: ModuleType) -> None:
    await _check_all(contrib_database, package)


async def _check_all(uri: str, package: ModuleType) -> None:
    async with connected(uri) as connection:
        for name, (call, expected) in CALLS.items():
            error = await raised(call, package, connection)
            print(f"{name}: {type(error).__name__}")
            assert type(error) is getattr(package.exceptions, expected), name
            assert error.__context__ is None, name
            frames = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
            assert frames[0] == "raised", frames
            assert len(frames) > 2, frames


@pytest.mark.parametrize("model", get_args(ModelName))
@pytest.mark.parametrize("shape", ["functions", "class"])
async def test_with_every_kind_of_classes(
    database: str, tmp_path: Path, model: str, shape: str
) -> None:
    package = build(tmp_path, SCHEMA, QUERIES, model=model, shape=shape, exceptions=True)
    async with connected(database) as connection:
        for name in ("one", "copyfrom", "batchone", "rows", "partial", "stream"):
            call, expected = CALLS[name]
            error = await raised(call, package, connection)
            assert type(error).__name__ == expected, name
        if shape == "class":
            await connection.execute(GIVEN)
            with pytest.raises(package.exceptions.TeamsNameKey):
                await package.Querier(connection).one_team(**ROW)


async def test_asyncpg_catches_them_still(database: str, package: ModuleType) -> None:
    async with connected(database) as connection:
        error = await raised(CALLS["one"][0], package, connection)
        assert isinstance(error, asyncpg.UniqueViolationError)
        assert error.constraint_name == "teams_name_key"
        assert error.detail == "Key (name)=(one) already exists."
        restricted = await raised(CALLS["restricted"][0], package, connection)
        assert isinstance(restricted, asyncpg.ForeignKeyViolationError)
        assert isinstance(restricted, asyncpg.RestrictViolationError)
        assert package.exceptions.TeamsNameKey.columns == ("name",)
        documented = inspect.getdoc(package.exceptions.EmptyTeam) or ""
        assert documented.endswith("\n\nNobody is a team.")


async def test_what_is_deferred_is_named_around_the_transaction(
    database: str, package: ModuleType
) -> None:
    async with connected(database) as connection:
        await connection.execute(GIVEN)
        with pytest.raises(package.exceptions.LateTeamFkey):
            async with package.exceptions.naming(), connection.transaction():
                await package.add_late(connection, id=1, team=9)
        with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
            async with connection.transaction():
                await package.add_late(connection, id=1, team=9)
        assert type(caught.value) is asyncpg.ForeignKeyViolationError
        with pytest.raises(ZeroDivisionError), package.exceptions.naming():
            print(1 / 0)


async def test_a_nested_transaction_goes_on(database: str, package: ModuleType) -> None:
    async with connected(database) as connection, connection.transaction():
        await connection.execute(GIVEN)
        with pytest.raises(package.exceptions.TeamsNameKey):
            async with connection.transaction():
                await package.one_team(connection, **ROW)
        assert (await package.read_team(connection, id=1)).name == "one"


async def test_what_a_trigger_violates_keeps_its_class(database: str, package: ModuleType) -> None:
    async with connected(database) as connection:
        await connection.execute(GIVEN + "INSERT INTO noted VALUES (1);")
        with pytest.raises(asyncpg.UniqueViolationError) as caught:
            await package.add_room(connection, during="[8,9]")
        assert type(caught.value) is asyncpg.UniqueViolationError


def test_what_writes_nothing_is_as_without(package: ModuleType) -> None:
    text = Path(package.queries.__file__).read_text()
    reading = text[text.index("async def read_team") :]
    assert "try:" not in reading
    assert (
        text.count("try:") == text.count("name_violation(error)") == QUERIES.count("-- name:") - 1
    )


def test_renames(tmp_path: Path) -> None:
    renames = Renames(
        exceptions=(
            ("teams_name_key", "NameTaken"),
            ("teams.teams_pkey", "TeamThere"),
            ("public.users.users_pkey", "TeamThere"),
            ("Odd.a table.class", "naming"),
        )
    )
    package = build(tmp_path, SCHEMA, QUERIES, exceptions=True, renames=renames)
    found = {name for name in package.exceptions.__all__ if "Team" in name or "am" in name}
    print(sorted(found))
    assert {"NameTaken", "TeamThere", "naming", "naming_2"} <= found
    assert "TeamsNameKey" not in found
    assert package.exceptions.TeamThere.columns == ("id",)


def test_names_over_several_lines(tmp_path: Path) -> None:
    schema = 'CREATE TABLE t ("a\nb" int CONSTRAINT "t c\nd" CHECK ("a\nb" > 0));'
    queries = "-- name: Add :exec\nINSERT INTO t VALUES (@a);\n"
    package = build(tmp_path, schema, queries, exceptions=True)
    text = Path(package.exceptions.__file__).read_text()
    assert '    """t c\n    d: CHECK (a\n    b) of t.\n    """\n' in text


PARTITIONED = """
CREATE TABLE places (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE places_1 PARTITION OF places FOR VALUES FROM (0) TO (10);
CREATE TABLE visits (id int, place int CONSTRAINT visited REFERENCES places);
CREATE TABLE places_2 PARTITION OF places FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id);
CREATE TABLE places_2a PARTITION OF places_2 FOR VALUES FROM (10) TO (15);
"""
OF_PLACES = """
-- name: DropPlace :exec
DELETE FROM places WHERE id = @id;
-- name: MovePlace :exec
UPDATE places SET id = @id WHERE id = @old;
"""
MADE_LATER = """
CREATE TABLE places_2b PARTITION OF places_2 FOR VALUES FROM (15) TO (20);
INSERT INTO places VALUES (1), (11), (16);
INSERT INTO visits VALUES (1, 1), (2, 11), (3, 16);
"""


async def test_keys_that_refer_to_partitions(database: str, tmp_path: Path) -> None:
    await _check_places(database, tmp_path, 18)


async def test_such_keys_on_an_older_postgres(contrib_database: str, tmp_path: Path) -> None:
    await _check_places(contrib_database, tmp_path, 15)


async def _check_places(uri: str, folder: Path, major: int) -> None:
    package = build(folder, PARTITIONED, OF_PLACES, exceptions=True, postgresql=major)
    connection = await asyncpg.connect(uri)
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await connection.execute(PARTITIONED + MADE_LATER)
        for place in (1, 11, 16):
            with pytest.raises(package.exceptions.VisitsVisited) as caught:
                await package.drop_place(connection, id=place)
            print(f"{place}: {caught.value.constraint_name}")
            with pytest.raises(package.exceptions.VisitsVisited) as caught:
                await package.move_place(connection, id=place + 1, old=place)
        with pytest.raises(package.exceptions.VisitsVisited) as caught:
            await package.move_place(connection, id=12, old=1)
    finally:
        await connection.close()
