"""The pool of the service, and a connection in a transaction for each request."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import asyncpg  # pyright: ignore[reportMissingTypeStubs]  # or install asyncpg-stubs
from fastapi import Depends, FastAPI, Request

from .generated import Connection, warm


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """Hold a pool of connections to `DATABASE_URL` for as long as the service runs."""
    dsn = os.environ["DATABASE_URL"]
    async with asyncpg.create_pool(dsn, init=warm) as pool:  # pyright: ignore[reportUnknownMemberType]
        app.state.pool = pool
        yield


async def _connection(request: Request) -> AsyncIterator[Connection]:
    async with request.app.state.pool.acquire() as conn, conn.transaction():
        yield conn


Conn = Annotated[Connection, Depends(_connection, scope="function")]
"""Of the scope "function": the transaction is committed before the answer is sent."""
