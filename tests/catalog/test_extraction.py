"""The committed data files are what the server they were extracted from gives."""

from __future__ import annotations

from contextlib import nullcontext

import asyncpg
import pytest
from tools.extract_access_methods import ACCESS_METHODS, read_access_methods
from tools.extract_catalog import CATALOG, catalog_files
from tools.extract_conditions import CONDITIONS, read_conditions
from tools.extract_storage_parameters import STORAGE_PARAMETERS, read_storage_parameters
from tools.extraction import ExtractionError, extension_text, read_extension


def test_built_in_catalog_is_current(database: str) -> None:
    stale = [
        path
        for path, text in catalog_files(nullcontext(database), []).items()
        if (CATALOG / path).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "make catalog would change these files"


async def test_access_methods_are_current(database: str) -> None:
    text = await read_access_methods(database)
    print(text)
    assert ACCESS_METHODS.read_text(encoding="utf-8") == text


async def test_conditions_are_current(database: str) -> None:
    assert CONDITIONS.read_text(encoding="utf-8") == await read_conditions(database)


async def test_storage_parameters_are_current(database: str) -> None:
    text = await read_storage_parameters(database)
    assert STORAGE_PARAMETERS.read_text(encoding="utf-8") == text


async def test_extension_reads_the_same_beside_user_objects(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(
            "CREATE SCHEMA tools; CREATE EXTENSION vector SCHEMA tools;"
            "CREATE TABLE item (id int PRIMARY KEY, embedding tools.vector(3));"
            "CREATE INDEX ON item USING hnsw (embedding tools.vector_l2_ops);"
            "CREATE DOMAIN short AS tools.vector(2);"
        )
        text = extension_text(await read_extension(connection, "vector"))
    finally:
        await connection.close()
    assert text == (CATALOG / "data/extensions/vector.tsv").read_text(encoding="utf-8")


async def test_extension_that_is_not_installed(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        with pytest.raises(ExtractionError, match='extension "hstore" is not installed'):
            await read_extension(connection, "hstore")
    finally:
        await connection.close()
