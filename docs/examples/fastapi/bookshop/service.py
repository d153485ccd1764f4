"""The routes: `uvicorn bookshop.service:app`."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, Field

from .database import Conn, lifespan
from .generated import (
    Author,
    Binding,
    Book,
    GetAuthorRow,
    GetBookRow,
    ListBooksPosition,
    ListBooksRow,
    ListBooksSort,
    Review,
    querier,
)
from .generated.exceptions import BooksAuthorIdFkey
from .places import place_of, token_of
from .refusals import answer_refusals

app = FastAPI(title="Books", lifespan=lifespan)
answer_refusals(app)


T = TypeVar("T")


def _found(row: T | None) -> T:
    if row is None:
        raise HTTPException(404, "there is nothing of this number")
    return row


class NewAuthor(BaseModel):
    """An author to be added."""

    name: str
    born: datetime.date | None = None


class NewBook(BaseModel):
    """A book to be added."""

    author_id: int
    isbn: str
    title: str
    binding: Binding
    price: Decimal
    published: datetime.date
    blurb: str | None = None


def _absent() -> Any:
    """A field that need not be there, and then has no value that is ever looked at."""
    return Field(default_factory=lambda: None)


class BookChange(BaseModel):
    """What there is to change in a book. What is not there stays as it is."""

    isbn: str = _absent()
    title: str = _absent()
    binding: Binding = _absent()
    price: Decimal = _absent()
    published: datetime.date = _absent()
    blurb: str | None = _absent()


class NewReview(BaseModel):
    """A review to be added."""

    stars: int
    body: str | None = None


class Page(BaseModel):
    """Some books, and the token for those that follow, if there may be any."""

    books: list[ListBooksRow]
    next: str | None


@app.get("/books")
async def list_books(
    conn: Conn,
    author_id: int | None = None,
    part: str | None = None,
    binding: Binding | None = None,
    cheapest: Decimal | None = None,
    dearest: Decimal | None = None,
    sort: ListBooksSort | None = None,
    after: str | None = None,
    most: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Page:
    """Books, the newest first, or in another order."""
    books = await querier.list_books(
        conn,
        author_id=author_id,
        part=part,
        binding=binding,
        cheapest=cheapest,
        dearest=dearest,
        sort=sort,
        after=None if after is None else place_of(after),
        most=most,
    )
    full = len(books) == most
    return Page(books=books, next=token_of(ListBooksPosition.of(books[-1])) if full else None)


@app.get("/books/{id}")
async def get_book(conn: Conn, id: int) -> GetBookRow:
    """A book with its author and reviews."""
    return _found(await querier.get_book(conn, id=id))


@app.post("/books", status_code=201)
async def add_book(conn: Conn, book: NewBook) -> Book:
    """Add a book of an author who is there."""
    return await querier.add_book(conn, **book.model_dump())


@app.patch("/books/{id}")
async def edit_book(conn: Conn, id: int, change: BookChange) -> Book:
    """Change what the body has. A null is written, which is not the same as nothing."""
    patch = change.model_dump(exclude_unset=True)
    return _found(await querier.edit_book(conn, id=id, **patch))


@app.delete("/books/{id}", status_code=204)
async def delete_book(conn: Conn, id: int) -> None:
    """Delete a book with its reviews."""
    _found(await querier.delete_book(conn, id=id) or None)


@app.post("/books/{id}/reviews", status_code=201)
async def add_review(conn: Conn, id: int, review: NewReview) -> Review:
    """Add a review of a book."""
    return await querier.add_review(conn, book_id=id, **review.model_dump())


@app.post("/authors", status_code=201)
async def add_author(conn: Conn, author: NewAuthor) -> Author:
    """Add an author."""
    return await querier.add_author(conn, name=author.name, born=author.born)


@app.get("/authors/{id}")
async def get_author(conn: Conn, id: int) -> GetAuthorRow:
    """An author with all books of theirs."""
    return _found(await querier.get_author(conn, id=id))


@app.delete("/authors/{id}", status_code=204)
async def delete_author(conn: Conn, id: int) -> None:
    """Delete an author who has no books."""
    try:
        _found(await querier.delete_author(conn, id=id) or None)
    except BooksAuthorIdFkey:
        raise HTTPException(409, "the author has books") from None
