"""sqlc's configuration files, as they are: what is taken over, refused and left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import sqlwright
from sqlc_files import ENTRY, GO, PYTHON, load, refused
from sqlwright.codegen.options import Override
from sqlwright.config import load_config


def test_version_2(tmp_path: Path) -> None:
    (package,) = load(tmp_path, ENTRY + GO).packages
    assert (package.schema, package.queries) == (("schema.sql",), ("query.sql",))
    assert package.out == "internal/db"
    assert package.options.parameter_limit is None


def test_version_1(tmp_path: Path) -> None:
    text = """\
version: 1
packages:
  - name: db
    path: internal/db
    schema: [migrations, extra.sql]
    queries: ["queries/*.sql"]
    emit_exact_table_names: true
rename:
  url: URL
overrides:
  - go_type: string
    db_type: uuid
"""
    config = load(tmp_path, text)
    (package,) = config.packages
    assert package.schema == ("migrations", "extra.sql")
    assert package.queries == ("queries/*.sql",)
    assert package.options.exact_names
    assert package.options.renames.fields == (("url", "url"),)
    assert package.options.renames.models == (("url", "URL"),)
    assert package.options.overrides == (
        Override(python="str", type="uuid", nullable=False, from_db="builtins.str"),
    )
    assert config.warnings == ()


def test_json(tmp_path: Path) -> None:
    data = {
        "version": "2",
        "sql": [
            {
                "engine": "postgresql",
                "schema": "s.sql",
                "queries": "q",
                "gen": {"go": {"package": "db", "out": "db"}},
            }
        ],
    }
    (package,) = load(tmp_path, json.dumps(data, indent="\t"), "sqlc.json").packages
    assert (package.schema, package.queries, package.out) == (("s.sql",), ("q",), "db")


def test_a_python_plugin_decides_before_go(tmp_path: Path) -> None:
    text = PYTHON + "        options:\n          package: db\n          query_parameter_limit: 2\n"
    (package,) = load(tmp_path, text + GO).packages
    assert package.out == "src/app/db"
    assert package.options.parameter_limit == 2


@pytest.mark.parametrize(
    ("option", "model"),
    [
        ("emit_pydantic_models: true", "pydantic"),
        ("model_type: msgspec", "msgspec"),
        ("model_type: attrs", "attrs"),
        ("emit_str_enum: true", "dataclass"),
    ],
)
def test_the_kind_of_models(tmp_path: Path, option: str, model: str) -> None:
    config = load(tmp_path, f"{PYTHON}        options:\n          {option}\n")
    assert config.packages[0].options.model == model
    assert config.warnings == ()


def test_what_a_plugin_for_asyncpg_can_say(tmp_path: Path) -> None:
    options = """\
        options:
          package: db
          sql_driver: asyncpg
          emit_init_file: true
          emit_classes: true
          omit_unused_models: false
          query_parameter_limit: -1
          docstrings: google
          overrides:
            - {db_type: money, converter: money}
            - {column: books.tags, py_type: {import: app.tags, package: Tags, type: Tags}}
          converters:
            - name: money
              py_type: {import: app.money, package: Money, type: Money}
              to_db: app.money.write
              from_db: app.money.read
"""
    config = load(tmp_path, PYTHON + options)
    made = config.packages[0].options
    assert (made.shape, made.unused_models, made.parameter_limit) == ("class", True, None)
    assert made.overrides == (
        Override(
            python="app.money.Money",
            type="money",
            to_db="app.money.write",
            from_db="app.money.read",
        ),
        Override(python="app.tags.Tags", column="books.tags", from_db="app.tags.Tags"),
    )
    (warning,) = config.warnings
    assert warning.message.endswith(
        "without an equal here: docstrings, "
        "what is sent for the override of books.tags without a converter"
    )


@pytest.mark.parametrize(
    ("db_type", "python", "from_db", "to_db"),
    [
        ("text", "{import: collections, package: UserString, type: UserString}", True, "str"),
        ("pg_catalog.int8", "{import: app.ids, package: Id, type: Id}", True, "int"),
        ("bytea", "{import: app.blobs, type: Blob}", True, "bytes"),
        ("uuid", "{import: app.ids, type: Id}", True, None),
        ("uuid", "{type: str}", True, None),
        ("jsonb", "{import: app.docs, type: Doc}", False, None),
        ("text", "{import: typing, type: Any}", False, None),
        ("text", "{type: 'str | int'}", False, None),
    ],
)
def test_a_plugin_for_asyncpg_calls_the_types_of_overrides(
    tmp_path: Path, db_type: str, python: str, from_db: bool, to_db: str | None
) -> None:
    options = f"""\
        options:
          package: db
          sql_driver: asyncpg
          overrides:
            - {{db_type: {db_type}, py_type: {python}}}
"""
    config = load(tmp_path, PYTHON + options)
    [override] = config.packages[0].options.overrides
    assert override.from_db == (override.python if from_db else None)
    assert override.to_db == to_db
    assert config.warnings == ()


@pytest.mark.parametrize("driver", ["psycopg_async", "psycopg_sync", "asyncpg"])
def test_another_driver_of_a_plugin_is_named(tmp_path: Path, driver: str) -> None:
    options = (
        f"        options:\n          sql_driver: {driver}\n          query_parameter_limit: -1\n"
    )
    config = load(tmp_path, PYTHON + options)
    assert config.packages[0].options.parameter_limit is None
    said = [warning.message for warning in config.warnings]
    assert [driver in message for message in said] == ([] if driver == "asyncpg" else [True])


def test_paths_are_within_the_project_whatever_they_begin_with(tmp_path: Path) -> None:
    text = PYTHON.replace("out: src/app/db", "out: /src/app/db")
    assert text != PYTHON
    (package,) = load(tmp_path, text.replace("schema: ", "schema: /")).packages
    assert package == load(tmp_path, PYTHON).packages[0]


def test_several_entries_have_folders_of_their_own(tmp_path: Path) -> None:
    text = """\
version: "2"
sql:
  - {name: shop, engine: postgresql, schema: shop.sql, queries: shop}
  - {name: logs, engine: postgresql, schema: logs.sql, queries: logs}
  - {name: old, engine: mysql, schema: old.sql, queries: old}
"""
    config = load(tmp_path, text)
    assert [package.out for package in config.packages] == ["generated/shop", "generated/logs"]
    (warning,) = config.warnings
    assert "engine mysql" in warning.message


def test_rules_for_all_packages_come_before_a_packages_own(tmp_path: Path) -> None:
    text = f"""\
{ENTRY}{GO}        overrides:
          - {{column: authors.website, go_type: string}}
        rename: {{isbn: ISBN}}
overrides:
  go:
    overrides:
      - {{db_type: pg_catalog.numeric, nullable: true, go_type: float64}}
    rename: {{id: Identifier}}
"""
    options = load(tmp_path, text).packages[0].options
    assert options.overrides == (
        Override(python="float", type="numeric", nullable=True, from_db="builtins.float"),
        Override(python="str", column="authors.website", from_db="builtins.str"),
    )
    assert dict(options.renames.fields) == {"id": "identifier", "isbn": "isbn"}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{db_type: uuid, go_type: github.com/google/uuid.UUID}", None),
        ("{db_type: timestamptz, go_type: {import: time, type: Time, pointer: true}}", None),
        (
            "{db_type: text, nullable: true, go_type: {import: database/sql, type: NullString}}",
            None,
        ),
        ("{db_type: integer, go_type: int}", None),
        ("{db_type: text, go_type: string}", None),
        ("{db_type: pg_catalog.interval, go_type: time.Duration}", None),
        ("{db_type: bytea, go_type: {type: byte, slice: true}}", None),
        ("{column: a.b, go_type: {type: string, slice: true}}", None),
        (
            "{db_type: inet, go_type: string}",
            Override(python="str", type="inet", nullable=False, from_db="builtins.str"),
        ),
        (
            "{postgres_type: uuid, 'null': true, go_type: string}",
            Override(python="str", type="uuid", nullable=True, from_db="builtins.str"),
        ),
        (
            "{column: public.books.price, py_type: {import: app.money, type: Price}}",
            Override(python="app.money.Price", column="public.books.price"),
        ),
        (
            "{column: shop.public.books.price, python_type: {package: app, type: Price}}",
            Override(python="app.Price", column="public.books.price"),
        ),
    ],
)
def test_overrides(tmp_path: Path, rule: str, expected: Override | None) -> None:
    config = load(tmp_path, f"{ENTRY}{GO}        overrides:\n          - {rule}\n")
    assert config.packages[0].options.overrides == ((expected,) if expected else ())
    assert config.warnings == ()


def test_what_has_no_equal_is_named_in_one_warning(tmp_path: Path) -> None:
    text = f"""\
{ENTRY}    database: {{uri: "postgres://localhost"}}
{GO}        emit_json_tags: true
        sql_package: pgx/v5
        overrides:
          - {{db_type: point, go_type: example.com/geometry.Point}}
cloud: {{project: "1"}}
"""
    (warning,) = load(tmp_path, text).warnings
    assert (warning.code, warning.severity) == ("sqlc-options-ignored", "warning")
    assert warning.message == (
        f"{tmp_path}/sqlc.yaml has options without an equal here: cloud, database, "
        "emit_json_tags, override of point with go_type geometry.Point"
    )
    assert [label.span.text for label in warning.labels] == [
        "database",
        "emit_json_tags",
        "{db_type: point, go_type: example.com/geometry.Point}",
        "cloud",
    ]


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("sql: []\n", "no version number", 'begin it with `version: "2"`'),
        ("version: 3\n", "invalid version number", 'the versions are "1" and "2"'),
        ('version: "2"\nsql: []\n', "no packages", None),
        ("version: 1\npackages: []\n", "no packages", None),
        (
            "version: 1\npackages:\n  - {schema: a.sql, queries: b.sql}\n",
            "missing package path",
            None,
        ),
        (
            ENTRY.replace("postgresql", "postgres"),
            "unknown engine: postgres",
            "did you mean `postgresql`?",
        ),
        (ENTRY.replace("  - engine: postgresql\n    s", "  - s"), "unknown engine", None),
        (
            ENTRY.replace("queries", "querys"),
            "field querys not found in type config.SQL",
            "did you mean `queries`?",
        ),
        (
            f"{ENTRY}{GO}        query_parameter_limt: 3\n",
            "field query_parameter_limt not found in type opts.Options",
            "did you mean `query_parameter_limit`?",
        ),
        (
            f"{ENTRY}{GO}        query_parameter_limit: -1\n",
            "invalid options: query parameter limit must not be negative",
            None,
        ),
        (f"{ENTRY}    gen: {{go: {{package: db}}}}\n", "missing package path", "add `out`"),
        (f"{ENTRY}    codegen: [{{plugin: py, out: db}}]\n", "no plugin found", None),
        (
            f"{ENTRY}{GO}        overrides: [{{go_type: string}}]\n",
            "Override must specify one of either `column` or `db_type`",
            None,
        ),
        (
            f"{ENTRY}{GO}        overrides: [{{go_type: string, column: a.b, db_type: text}}]\n",
            'Override specifying both `column` ("a.b") and `db_type` ("text") is not valid.',
            None,
        ),
        (
            f"{ENTRY}{GO}        overrides: [{{go_type: string, column: name}}]\n",
            'Override `column` specifier "name" is not the proper format, expected '
            "'[catalog.][schema.]tablename.colname'",
            None,
        ),
        (
            'version: "2"\nsql:\n\t- x\n',
            "invalid YAML: found character '\\t' that cannot start any token",
            None,
        ),
        ("[1, 2]\n", "the configuration is not a table of options", None),
        ("", "the configuration is empty", None),
    ],
)
def test_what_sqlc_refuses_is_refused_in_its_words(
    tmp_path: Path, text: str, message: str, help: str | None
) -> None:
    found = refused(tmp_path, text)
    assert (found.code, found.message, found.help) == ("invalid-config", message, help)


def test_json_that_is_none(tmp_path: Path) -> None:
    found = refused(tmp_path, '{"version" "2"}', "sqlc.json")
    assert found.message == "invalid JSON: Expecting ':' delimiter"
    assert found.labels[0].span.start == 11


def test_two_configurations_of_sqlc(tmp_path: Path) -> None:
    (tmp_path / "sqlc.json").write_text("{}")
    found = refused(tmp_path, ENTRY)
    assert found.message == "both sqlc.json and sqlc.(yaml|yml) files present"


@pytest.mark.parametrize("native", ["sqlwright.toml", "pyproject.toml"])
def test_a_native_configuration_comes_first(tmp_path: Path, native: str) -> None:
    section = "[tool.sqlwright]\n" if native == "pyproject.toml" else ""
    (tmp_path / native).write_text(f'{section}out = "here"\n')
    assert load(tmp_path, ENTRY + GO).packages[0].out == "here"


def test_a_pyproject_without_a_section_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'app'\n")
    assert load(tmp_path, ENTRY + GO).packages[0].out == "internal/db"


ROUND_TRIPS = {
    "plain": ENTRY + GO,
    "several": ENTRY + GO + ENTRY.partition("sql:\n")[2] + GO.replace("internal", "other"),
    "options": f"""\
{ENTRY}{GO}        query_parameter_limit: 0
        emit_exact_table_names: true
        omit_unused_structs: false
        inflection_exclude_table_names: [news, "odd \\"name\\""]
        rename: {{"class": Category, spam: Egg}}
        overrides:
          - {{db_type: uuid, go_type: string}}
          - {{column: a.b, py_type: {{import: x.y, type: Z}}}}
""",
}


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_init_from_sqlc_writes_what_reads_back_the_same(tmp_path: Path, name: str) -> None:
    before = load(tmp_path, ROUND_TRIPS[name]).packages
    done = sqlwright(tmp_path, "init", "--from-sqlc")
    assert (done.returncode, done.stdout) == (0, "wrote sqlwright.toml\n"), done.stderr
    print((tmp_path / "sqlwright.toml").read_text())
    after = load_config(tmp_path)
    assert after.origin == tmp_path / "sqlwright.toml"
    assert after.packages == before


def test_init_from_sqlc_needs_one(tmp_path: Path) -> None:
    done = sqlwright(tmp_path, "init", "--from-sqlc")
    assert done.returncode == 2
    assert "there is no sqlc.yaml, sqlc.yml or sqlc.json here" in done.stderr
