"""What the service answers where a constraint refuses."""

from __future__ import annotations

import asyncpg  # pyright: ignore[reportMissingTypeStubs]  # or install asyncpg-stubs
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from .generated.exceptions import (
    AuthorsNameCheck,
    BooksAuthorIdFkey,
    BooksIsbnCheck,
    BooksPriceCheck,
    IsbnTaken,
    NoSuchBook,
    ReviewsStarsCheck,
)

REFUSALS: dict[type[Exception], tuple[int, str]] = {
    IsbnTaken: (409, "another book has this ISBN"),
    AuthorsNameCheck: (422, "an author has a name"),
    BooksAuthorIdFkey: (422, "there is no such author"),
    BooksIsbnCheck: (422, "an ISBN has 13 characters"),
    BooksPriceCheck: (422, "a price is not negative"),
    NoSuchBook: (404, "there is no such book"),
    ReviewsStarsCheck: (422, "there are 1 to 5 stars"),
    # What no constraint refuses but the type: a number that is too large, a text with a zero byte.
    asyncpg.DataError: (422, "there is no such value"),
}


def answer_refusals(app: FastAPI) -> None:
    """Have the errors answered that no route catches."""
    for kind in REFUSALS:
        app.add_exception_handler(kind, _refuse)


async def _refuse(_: Request, error: Exception) -> JSONResponse:
    kind = next(each for each in type(error).__mro__ if each in REFUSALS)
    status, reason = REFUSALS[kind]
    return JSONResponse({"detail": reason}, status)
