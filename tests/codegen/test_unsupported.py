"""Types that have no Python form here are reported where they are, all in one run."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlwright.codegen.options import Override, PackageOptions
from sqlwright.config import Config, PackageConfig
from sqlwright.diagnostics import Diagnostic
from sqlwright.pipeline import generate_packages

QUERIES = """-- name: First :one
SELECT NULL::pg_ndistinct AS odd, 1 AS fine;
-- name: Second :many
SELECT 1 FROM generate_series(1, 2) WHERE @value::pg_mcv_list IS NULL;
-- name: Third :one
SELECT 1;
-- name: Fourth :many
SELECT * FROM nowhere;
"""


def reports(folder: Path, options: PackageOptions) -> tuple[Diagnostic, ...]:
    (folder / "schema.sql").write_text("")
    (folder / "queries.sql").write_text(QUERIES)
    package = PackageConfig(
        schema=("schema.sql",), queries=("queries.sql",), out="generated", options=options
    )
    return generate_packages(Config(folder, (package,)))[0].diagnostics


def test_every_place_is_reported(tmp_path: Path) -> None:
    found = reports(tmp_path, PackageOptions())
    assert [(item.query, item.message) for item in found] == [
        ("Fourth", 'relation "nowhere" does not exist'),
        ("First", "no Python type is known for pg_ndistinct"),
        ("Second", "no Python type is known for pg_mcv_list"),
    ]
    texts = [item.labels[0].span.text for item in found]
    assert texts == ["nowhere", "NULL::pg_ndistinct", "@value"]
    assert found[1].help is not None
    assert '`type = "pg_ndistinct"` and `python = "str"`' in found[1].help


@pytest.mark.parametrize("name", ["pg_ndistinct", "pg_mcv_list"])
def test_an_override_answers_one(tmp_path: Path, name: str) -> None:
    found = reports(tmp_path, PackageOptions(overrides=(Override("bytes", type=name),)))
    assert len(found) == 2
    assert all(name not in item.message for item in found)


OWN_POINT = """
CREATE TYPE {name};
CREATE FUNCTION read_it(cstring) RETURNS {name} AS 'textin' LANGUAGE internal STRICT IMMUTABLE;
CREATE FUNCTION show_it({name}) RETURNS cstring AS 'textout' LANGUAGE internal STRICT IMMUTABLE;
CREATE TYPE {name} (INPUT = read_it, OUTPUT = show_it, LIKE = text);
CREATE TYPE visit AS (place {name});
"""


@pytest.mark.parametrize("name", ["public.point", "public.spot"])
def test_a_type_of_ones_own_is_not_taken_for_postgresqls_of_its_name(
    tmp_path: Path, name: str
) -> None:
    """asyncpg has a binary form of PostgreSQL's points, and of this type the text alone."""
    (tmp_path / "schema.sql").write_text(OWN_POINT.format(name=name))
    (tmp_path / "queries.sql").write_text("-- name: Visit :one\nSELECT @visit::visit AS visit;\n")
    options = PackageOptions(overrides=(Override("str", type=name),))
    package = PackageConfig(
        schema=("schema.sql",), queries=("queries.sql",), out="generated", options=options
    )
    found = generate_packages(Config(tmp_path, (package,)))[0].diagnostics
    assert {item.code for item in found} == {"not-carried"}
