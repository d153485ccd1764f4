"""Type checkers accept calls with any of the optional parameters, know the classes of errors, and
find misuse of both."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packages import build

pytestmark = pytest.mark.long
SCHEMA = """
CREATE TABLE books (
    id int PRIMARY KEY, title text NOT NULL, shelf text CHECK (shelf <> ''), published date
);
"""
QUERIES = """
-- name: Search :many
-- @optional title, (first, last), shelf
SELECT id FROM books
WHERE title = @title AND published BETWEEN @first AND @last
  AND shelf IS NOT DISTINCT FROM @shelf AND id > @after;
-- name: Many :many
-- @optional a, b, c, d, e
SELECT * FROM books WHERE id = @a AND id = @b AND id = @c AND id = @d AND id = @e;
-- name: ListAll :many
-- @optional title
-- @sort newest = published DESC NULLS LAST, id
-- @sort "Shelf, then title" = shelf, title, id
SELECT id FROM books WHERE title = @title ORDER BY id;
-- name: Page :many
-- @page
-- @sort newest = published DESC NULLS LAST, id DESC
SELECT id, published, title FROM books ORDER BY title, id LIMIT @most;
-- name: SharedPage :many
-- @row Titled
-- @page
SELECT id, title FROM books ORDER BY title, id LIMIT 3;
-- name: Shelves :many
-- @row Titled
SELECT id, shelf AS title FROM books;
-- name: Ids :stream
-- @page (id)
SELECT id FROM books ORDER BY id LIMIT 10;
-- name: Update :one
-- @partial
UPDATE books SET title = @title, shelf = @shelf WHERE id = @id RETURNING *;
"""
USES = """
from __future__ import annotations

import datetime

from {name} import (
    UNSET,
    Connection,
    IdsPosition,
    ListAllSort,
    PagePosition,
    SharedPagePosition,
    Unset,
    UpdatePatch,
    exceptions,
    querier,
)
from {name}.models import Book

DAY = datetime.date(2024, 1, 1)


async def use(conn: Connection, title: str | None, shelf: str | None | Unset) -> list[int]:
    found = await querier.search(conn, after=1)
    found += await querier.search(conn, after=1, title=title, shelf=shelf)
    found += await querier.search(conn, after=1, shelf=None, first=DAY, last=DAY)
    found += await querier.search(conn, after=1, shelf=UNSET)
    books: list[Book] = await querier.many(conn, a=1, e=None)
    found += await querier.list_all(conn)
    found += await querier.list_all(conn, title="a", sort="newest")
    found += await querier.list_all(conn, sort=None)
    order: ListAllSort = "Shelf, then title"
    found += await querier.list_all(conn, sort=order)
    page = await querier.page(conn, most=3)
    after: PagePosition = PagePosition.of(page[-1])
    day: datetime.date | None = after.published
    page += await querier.page(conn, most=3, after=after, sort="newest")
    page += await querier.page(conn, most=3, after=PagePosition(1, day, "a"), sort=None)
    page += await querier.page(conn, most=3, after=PagePosition(id=1, published=None, title="a"))
    for titled in await querier.shared_page(conn):
        found.append(SharedPagePosition.of(titled).id)
    async for number in querier.ids(conn, after=IdsPosition(1)):
        found.append(IdsPosition.of(number).id)
    patch: UpdatePatch = {{"shelf": None}}
    await querier.update(conn, id=1, **patch)
    await querier.update(conn, id=1, title="a")
    return found + [book.id for book in books]


async def catch(conn: Connection) -> tuple[str | None, ...]:
    try:
        async with exceptions.naming():
            await querier.update(conn, id=1, shelf="")
    except exceptions.BooksShelfCheck as error:
        return *error.columns, error.detail, error.constraint_name
    return ()


async def catch_wrongly(conn: Connection) -> int:
    try:
        await querier.update(conn, id=1, shelf="")
    except exceptions.BooksShelfCheck as error:
        return error.detail  # wrong
    except exceptions.BooksShelfKey:  # wrong
        return 1
    return 0


async def misuse(conn: Connection, title: str) -> None:
    await querier.search(conn)  # wrong
    await querier.search(conn, after=None)  # wrong
    await querier.search(conn, after=1, title=UNSET)  # wrong
    await querier.search(conn, after=1, title=1)  # wrong
    await querier.search(conn, after=1, shelf=1)  # wrong
    await querier.search(conn, after=1, first=1, last=DAY)  # wrong
    await querier.search(conn, after=1, found=1)  # wrong
    await querier.many(conn, a=UNSET)  # wrong
    await querier.update(conn, id=1, title=None)  # wrong
    await querier.update(conn, id=None)  # wrong
    patch: UpdatePatch = {{"title": None}}  # wrong
    await querier.list_all(conn, sort="oldest")  # wrong
    await querier.page(conn, most=1, after=(1, None, "a"))  # wrong
    await querier.page(conn, most=1, after=IdsPosition(1))  # wrong
    await querier.page(conn, most=1, after=1)  # wrong
    PagePosition(1, None, None)  # wrong
    PagePosition(1, DAY)  # wrong
    PagePosition.of(1)  # wrong
    IdsPosition.of("a")  # wrong
    await querier.list_all(conn, sort=title)  # wrong
    await querier.list_all(conn, sort=("newest",))  # wrong
    other: ListAllSort = "shelf"  # wrong
"""


@pytest.fixture(scope="module", params=["functions", "class"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("typing_of_variants")
    package = build(made, SCHEMA, QUERIES, shape=request.param, exceptions=True)
    (made / "uses.py").write_text(USES.format(name=package.__name__))
    return made


def expected(folder: Path) -> list[int]:
    lines = (folder / "uses.py").read_text().splitlines()
    return [number for number, line in enumerate(lines, 1) if line.endswith("# wrong")]


def test_mypy(folder: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    print(done.stdout)
    found = re.findall(r"^(\S+?):(\d+): error", done.stdout, re.MULTILINE)
    assert {name for name, _ in found} == {"uses.py"}
    assert sorted({int(line) for _, line in found}) == expected(folder)


def test_pyright(folder: Path) -> None:
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    command = [sys.executable, "-m", "pyright", "--outputjson", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["generalDiagnostics"]
    errors = [item for item in found if item["severity"] == "error"]
    print("\n".join(f"{item['file']}: {item['message']}" for item in errors))
    assert {Path(item["file"]).name for item in errors} == {"uses.py"}
    assert sorted({item["range"]["start"]["line"] + 1 for item in errors}) == expected(folder)
