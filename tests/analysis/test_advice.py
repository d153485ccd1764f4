"""What a refusal says beyond PostgreSQL's words: candidates, why each fails, and a way out."""

from __future__ import annotations

import pytest
from judging import catalog_of
from sqlwright.analysis.analyse import analyse_statement
from sqlwright.analysis.schema import analyser
from sqlwright.analysis.state.parameter_types import ParameterTypes
from sqlwright.analysis.state.parse_state import ParseState
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize
from topics import schema_of

UNDEFINED = (
    'define it in a schema file; with unknown-functions = "warn" in the configuration, '
    "a cast of the call will do"
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(schema_of("overloads"))


def refusal(catalog: Catalog, sql: str) -> Diagnostic:
    source = SourceFile("query.sql", sql)
    state = ParseState(catalog=catalog, source=source, parameters=ParameterTypes())
    with pytest.raises(DiagnosticError) as caught:
        analyse_statement(state, parse_statement(source, tokenize(source)))
    return caught.value.diagnostic


@pytest.mark.parametrize(
    ("sql", "help"),
    [
        ("SELECT address = short::uuid FROM item", "write an explicit cast: address::uuid"),
        (
            "SELECT id = ANY('{a}'::text[]) FROM item",
            "write an explicit cast: ('{a}'::text[])::bigint[]",
        ),
        ("SELECT round(1.5::float8, 2)", "write an explicit cast: (1.5::float8)::numeric"),
        (
            "SELECT coalesce(item.id, extra) FROM item, child",
            "write an explicit cast: extra::bigint",
        ),
        ("SELECT ff($1)", "say what type it is meant to have, for example $1::mood"),
        ("SELECT array_length($1, 1)", "say what it is with a cast, as in $1::text[]"),
        ("SELECT to_jsonb($1)", "say what it is with a cast, as in $1::text"),
        ("SELECT to_jsonb('a')", "say what it is with a cast, as in 'a'::text"),
        (
            "SELECT generate_series($1, $2, '1 day')",
            "say what type it is meant to have, for example $1::timestamp with time zone",
        ),
        (
            "SELECT generate_series($1, $2, '1')",
            "say what type it is meant to have, for example $1::integer",
        ),
        ("SELECT -@cost::int FROM item", "write - @cost"),
        ("SELECT @@cost FROM item", "write a parameter as `@cost`"),
        ("SELECT $1 - $2", "say what type it is meant to have, for example $1::integer"),
        ("SELECT lenght('a')", "did you mean `length`?"),
        ("SELECT lenght('a', 'b', 'c')", UNDEFINED),
        ("SELECT time_bucket('1 hour', now())", UNDEFINED),
        (
            "SELECT uuid_generate_v4()",
            "uuid_generate_v4 comes with the extension uuid-ossp: add `CREATE EXTENSION "
            '"uuid-ossp";` to the schema files',
        ),
        ("SELECT has_role('clerk')", UNDEFINED),  # as pgTAP has it
        ("SELECT othr.h(1)", "did you mean `other`?"),
        (
            "SELECT billing.due()",
            "no schema file creates the schema billing: add `CREATE SCHEMA billing;` to them, and "
            "what is used of it",
        ),
        (
            "SELECT extensions.uuid_generate_v4()",
            "no schema file creates the schema extensions: add `CREATE SCHEMA extensions;` to "
            'them, and what is used of it, such as `CREATE EXTENSION "uuid-ossp" WITH SCHEMA '
            "extensions;`, which has uuid_generate_v4",
        ),
        (
            "SELECT jobid FROM cron.job",
            "the schema cron comes with the extension pg_cron: add `CREATE EXTENSION pg_cron;` to "
            "the schema files",
        ),
        ("SELECT jobid FROM other.job", None),
        (
            "SELECT h(1)",
            "did you mean `other.h`? the schema is not in the search path; `ALTER DATABASE ... SET "
            "search_path TO public, other;` in a schema file that is read first puts it there",
        ),
        (
            "SELECT 'a'::text % 'b'",
            "% comes with the extension pg_trgm: add `CREATE EXTENSION pg_trgm;` to the schema "
            "files",
        ),
        (
            "SELECT $1::int[] - 3",
            "- comes with the extension intarray: add `CREATE EXTENSION intarray;` to the schema "
            "files",
        ),
        ("SELECT id == 1 FROM item", "SQL writes = for this"),
        ("SELECT true && false", "SQL writes AND for this"),
        ("SELECT 'glad'::mood", "it has the values 'sad', 'ok'"),
        ("SELECT f('1'::json)", "write an explicit cast: ('1'::json)::text"),
        ("SELECT label(true)", None),
    ],
)
def test_help_says_what_to_write(catalog: Catalog, sql: str, help: str | None) -> None:
    found = refusal(catalog, sql).help
    assert found == help


def test_notes_name_the_candidates_and_what_stands_against_each(catalog: Catalog) -> None:
    assert refusal(catalog, "SELECT f('1'::json)").notes == (
        "No function matches the given name and argument types. You might need to add explicit"
        " type casts.",
        "f(text): argument 1 is json, which becomes text only by an explicit cast",
        "f(integer): argument 1 is json, which cannot become integer",
        "f(numeric): argument 1 is json, which cannot become numeric",
        "f(date): argument 1 is json, which cannot become date",
    )


def test_notes_tell_candidates_that_fit_from_others(catalog: Catalog) -> None:
    assert refusal(catalog, "SELECT f(2::smallint)").notes[1:] == (
        "f(integer): it fits, but no better than another",
        "f(numeric): it fits, but no better than another",
        "f(text): argument 1 is smallint, which becomes text only by an explicit cast",
        "f(date): argument 1 is smallint, which cannot become date",
    )


@pytest.mark.parametrize(
    ("call", "reason", "help"),
    [
        (
            "make_date(year => 1, month => 2, dya => 3)",
            "make_date(integer, integer, integer): its arguments are year, month, day",
            "did you mean `make_date(year => 1, month => 2, day => 3)`?",
        ),
        (
            "make_date(1, mnth:=2, day:=3)",
            "make_date(integer, integer, integer): its arguments are year, month, day",
            "did you mean `make_date(1, month :=2, day:=3)`?",
        ),
        (
            "make_date(year => 1, monht =>\n 2, day => 3)",
            "make_date(integer, integer, integer): its arguments are year, month, day",
            "its argument month may be meant",
        ),
        (
            "make_date(yaer => 1)",
            "make_date(integer, integer, integer): its arguments are year, month, day",
            None,
        ),
        (
            "make_date(1, 2, year => 3)",
            "make_date(integer, integer, integer): its argument year is given twice",
            None,
        ),
        (
            "make_date(1, day => 3)",
            "make_date(integer, integer, integer): it needs month as well",
            None,
        ),
        (
            "make_date(1, 2, 3, day => 3)",
            "make_date(integer, integer, integer): it takes 3 arguments",
            None,
        ),
        ("lower(string => 'a')", "lower(text): its arguments have no names", None),
        (
            "make_interval(days => '1'::text)",
            "make_interval(integer, integer, integer, integer, integer, integer, double "
            "precision): argument 1 is text, which becomes integer only by an explicit cast",
            "write an explicit cast: ('1'::text)::integer",
        ),
        (
            "json_populate_record(NULL::item, 'a'::bytea)",
            "json_populate_record(anyelement, json, boolean): argument 2 is bytea, which cannot "
            "become json",
            None,
        ),
    ],
)
def test_notes_tell_of_names_and_defaults(
    catalog: Catalog, call: str, reason: str, help: str | None
) -> None:
    found = refusal(catalog, f"SELECT {call}")
    assert reason in found.notes
    assert found.help == help


def test_notes_count_arguments(catalog: Catalog) -> None:
    assert refusal(catalog, "SELECT label()").notes[1:] == (
        "label(item): it takes 1 argument",
        "label(spot): it takes 1 argument",
    )


IN_A_SCHEMA = """\
CREATE SCHEMA extensions;
CREATE EXTENSION pg_trgm WITH SCHEMA extensions;
CREATE EXTENSION citext WITH SCHEMA extensions;
"""


def test_an_operator_in_another_schema() -> None:
    found = refusal(catalog_of(IN_A_SCHEMA), "SELECT 'a' % $1::text")
    assert found.help == (
        "did you mean `OPERATOR(extensions.%)`? the schema is not in the search path; `ALTER "
        "DATABASE ... SET search_path TO public, extensions;` in a schema file that is read first "
        "puts it there"
    )


@pytest.mark.parametrize(
    "definition",
    [
        "CREATE TABLE t (name citext);",
        "CREATE FUNCTION f(name citext) RETURNS int LANGUAGE sql AS 'SELECT 1';",
        "CREATE FUNCTION f(name int) RETURNS citext LANGUAGE sql AS 'SELECT NULL';",
    ],
)
def test_a_path_that_was_told_too_late_for_the_file(definition: str) -> None:
    told = "ALTER DATABASE d SET search_path TO public, extensions;\n"
    (found,) = _refusals(f"{IN_A_SCHEMA}{told}{definition}")
    assert found.help == (
        "did you mean `extensions.citext`? the schema is not in the search path here: what ALTER "
        "DATABASE says of it counts from the next file on"
    )
    assert not _refusals(f"{IN_A_SCHEMA}{told}", definition)


def _refusals(*schema: str) -> list[Diagnostic]:
    files = [SourceFile(f"{at}.sql", text) for at, text in enumerate(schema)]
    found: list[Diagnostic] = []
    build_catalog(initial_catalog(), files, analyser, found)
    return found
