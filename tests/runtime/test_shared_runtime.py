"""Several packages that have what is the same in all of them from one."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from command import sqlwright

SCHEMA = "CREATE TABLE orders (id int PRIMARY KEY, total numeric, notes jsonb NOT NULL);\n"
SHOP = """\
-- name: AddOrder :one
INSERT INTO orders (id, notes) VALUES (@id, @notes) RETURNING *;
-- name: SetOrder :one
-- @partial
UPDATE orders SET total = @total, notes = @notes WHERE id = @id RETURNING *;
-- name: AddOrders :many
-- @rows
INSERT INTO orders (id, notes) SELECT * FROM unnest(@id::int[], @notes::jsonb[]) RETURNING id;
-- name: Orders :stream
SELECT * FROM orders;
"""
LOGS = """\
-- name: Stamp :one
INSERT INTO orders (id, notes) VALUES (@id, '{}') RETURNING id;
-- name: CopyOrders :copyfrom
INSERT INTO orders (id, notes) VALUES (@id, @notes);
-- name: Note :one
UPDATE orders SET total = @total WHERE id = @id RETURNING notes;
"""
CONFIGURATION = """\
schema = "schema.sql"
runtime = "{top}.db.runtime"
[[packages]]
queries = "shop.sql"
out = "src/{top}/shop/db"
[[packages]]
queries = "logs.sql"
out = "src/{top}/logs/db"
"""
USE = """\
from __future__ import annotations

from {top}.db.runtime import UNSET, BulkConnection, NoRowError
from {top}.logs.db import querier as logs
from {top}.shop.db import AddOrdersParams, querier as shop


async def use(conn: BulkConnection) -> int:
    try:
        order = await shop.add_order(conn, id=1, notes={{}})
        changed = await shop.set_order(conn, id=1, total=UNSET, notes=None if not order else {{}})
        ids: list[int] = await shop.add_orders(conn, [AddOrdersParams(id=2, notes=[])])
        return len(ids) + await logs.stamp(conn, id=3) if changed else 0
    except NoRowError as error:
        return len(error.query)
"""


def project(folder: Path, configuration: str, top: str = "app") -> Path:
    for name, text in (("schema", SCHEMA), ("shop", SHOP), ("logs", LOGS)):
        (folder / f"{name}.sql").write_text(text)
    (folder / "sqlwright.toml").write_text(configuration.format(top=top))
    return folder


def test_the_shared_package_is_written_once_and_kept_up(tmp_path: Path) -> None:
    project(tmp_path, CONFIGURATION)
    done = sqlwright(tmp_path, "generate")
    assert done.returncode == 0, done.stderr
    *packages, shared = done.stdout.splitlines()
    assert shared.startswith("src/app/db/runtime: ")
    assert "quer" not in shared
    runtime = tmp_path / "src" / "app" / "db" / "runtime"
    names = {path.name for path in runtime.iterdir()}
    print(f"{len(packages)} packages share {sorted(names)}")
    assert {"__init__.py", "_driver.py", "_json.py", "_unset.py", "_bulk.py"} <= names
    for package in ("shop", "logs"):
        own = {path.name for path in (tmp_path / "src" / "app" / package / "db").iterdir()}
        assert own == {"__init__.py", "models.py", "querier.py", f"{package}.py", "_warm.py"} & own
        assert not names & (own - {"__init__.py"})
    assert sqlwright(tmp_path, "check").returncode == 0

    # What no package needs any more goes, and `check` tells of it.
    (tmp_path / "shop.sql").write_text("-- name: Count :one\nSELECT count(*) FROM orders;\n")
    told = sqlwright(tmp_path, "check")
    assert told.returncode == 1
    assert "src/app/db/runtime/_unset.py" in told.stdout
    assert sqlwright(tmp_path, "generate").returncode == 0
    assert not (runtime / "_unset.py").exists()
    assert "NoRowError" in (runtime / "__init__.py").read_text()
    # Without the option each package has its own again.
    text = CONFIGURATION.replace('runtime = "{top}.db.runtime"\n', "").format(top="app")
    (tmp_path / "sqlwright.toml").write_text(text)
    assert sqlwright(tmp_path, "generate").returncode == 0
    assert (tmp_path / "src" / "app" / "shop" / "db" / "_driver.py").exists()


@pytest.mark.parametrize(
    ("configuration", "told"),
    [
        (
            'runtime = "common.runtime"\nout = "src/app/db"\nschema = "schema.sql"\n'
            'queries = "shop.sql"\n',
            "no folder on the way to `src/app/db` is called `common`",
        ),
        (
            'runtime = "app.db"\nout = "src/app/db"\nschema = "schema.sql"\nqueries = "shop.sql"\n',
            "`runtime` and a package have the same folder, `src/app/db`",
        ),
        (
            'runtime = "app.shop"\nout = "src/app"\nschema = "schema.sql"\nqueries = "shop.sql"\n',
            "src/app/shop.py could not be imported beside the `runtime` in `src/app/shop`",
        ),
        (
            CONFIGURATION.replace('out = "src/{top}/logs/db"', 'out = "{top}/db"\nmodel = "attrs"'),
            None,
        ),
        (
            CONFIGURATION + 'json = {{ library = "orjson" }}\n',
            "src/app/shop/db and src/app/logs/db need a different `_json` of their `runtime`: "
            "json by the standard library and json by orjson",
        ),
        ('runtime = "runtime"\n', '`runtime` is the dotted name of a package, such as "app.db.ru'),
        ('runtime = "app.class"\n', '`runtime` is the dotted name of a package, such as "app.db.r'),
    ],
)
def test_what_cannot_be_shared_is_told(
    tmp_path: Path, configuration: str, told: str | None
) -> None:
    project(tmp_path, configuration)
    done = sqlwright(tmp_path, "check")
    print(done.stderr)
    assert done.returncode == 1
    if told is None:  # two places of import: each has a runtime of its own
        assert "app/db/runtime/_driver.py" in done.stdout
        assert "src/app/db/runtime/_driver.py" in done.stdout
        return
    assert told in done.stderr
    assert "sqlwright.toml:" in done.stderr
    assert not (tmp_path / "src").exists()


def test_a_package_elsewhere_has_that_of_the_others(tmp_path: Path) -> None:
    project(tmp_path, CONFIGURATION.replace("src/{top}/logs/db", "src/logs"))
    assert sqlwright(tmp_path, "generate").returncode == 0
    text = (tmp_path / "src" / "logs" / "logs.py").read_text()
    assert "from app.db.runtime._driver import " in text


async def test_one_class_for_all_packages(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = "shared_by_two"
    assert sqlwright(project(tmp_path, CONFIGURATION, top), "generate").returncode == 0
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    shop, logs, runtime = (
        importlib.import_module(f"{top}.{name}") for name in ("shop.db", "logs.db", "db.runtime")
    )
    assert shop.NoRowError is logs.NoRowError is runtime.NoRowError
    assert shop.Connection is logs.Connection is runtime.Connection
    conn = await asyncpg.connect(database)
    try:
        await conn.execute(SCHEMA)
        order = await shop.add_order(conn, id=1, notes={"a": 1})
        assert order.notes == {"a": 1}
        changed = await shop.set_order(conn, id=1, total=runtime.UNSET, notes=[2])
        assert (changed.total, changed.notes) == (None, [2])
        assert await shop.add_orders(conn, [shop.AddOrdersParams(id=2, notes=[])]) == [2]
        assert await logs.copy_orders(conn, [logs.CopyOrdersParams(id=4, notes={})]) == 1
        assert [each.id async for each in shop.orders(conn)] == [1, 2, 4]
        await conn.execute(
            "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        )
        await conn.execute(
            "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION nothing()"
        )
        for call in (shop.add_order(conn, id=7, notes={}), logs.stamp(conn, id=7)):
            with pytest.raises(runtime.NoRowError):
                await call
    finally:
        await conn.close()


@pytest.mark.long
def test_type_checkers(tmp_path: Path) -> None:
    top = "typed_runtime"
    assert sqlwright(project(tmp_path, CONFIGURATION, top), "generate").returncode == 0
    folder = tmp_path / "src"
    for package in ("", "shop", "logs", "db"):
        (folder / top / package / "__init__.py").touch()
    (folder / "use.py").write_text(USE.format(top=top))
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    print(done.stdout)
    settings = {"typeCheckingMode": "strict", "include": ["."], "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    print(found["summary"])
    assert found["generalDiagnostics"] == []
