"""What sqlc takes and refuses: checked against sqlc 1.31."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlc_files import ENTRY, GO, PYTHON, load, refused
from sqlwright.config import load_config
from sqlwright.diagnostics import DiagnosticError


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        (f"{ENTRY}{GO}foo: 1\n", "field foo not found in type config.Config", "foo"),
        (f"{ENTRY}    gen: {{rust: {{}}}}\n", "field rust not found in type config.SQLGen", "rust"),
        (f"{ENTRY}{GO}        foo: 1\n", "field foo not found in type opts.Options", "foo"),
        (
            f"{ENTRY}    database: {{url: x}}\n{GO}",
            "field url not found in type config.Database",
            "url",
        ),
        (
            f"{ENTRY}{GO}        overrides: [{{column: a.b, go_type: {{name: X}}}}]\n",
            "field name not found in type opts.alias",
            "name",
        ),
        (
            f"{ENTRY}{GO}overrides: {{go: {{overrids: []}}}}\n",
            "field overrids not found in type opts.GlobalOptions",
            "overrids",
        ),
        (
            "version: 1\npackages:\n  - {path: db, schema: a, queries: b, rename: {a: B}}\n",
            "field rename not found in type config.v1PackageSettings",
            "rename",
        ),
        (f"{ENTRY}{ENTRY}", 'mapping key "version" already defined', "version"),
        (
            f'{ENTRY}{GO}        emit_json_tags: "true"\n',
            "cannot unmarshal !!str `true` into bool",
            "emit_json_tags",
        ),
        (
            f"{ENTRY}{GO}        inflection_exclude_table_names: news\n",
            "cannot unmarshal !!str `news` into []string",
            "inflection_exclude_table_names",
        ),
        (
            f"{ENTRY}{GO}        rename: [a]\n",
            "cannot unmarshal !!seq into map[string]string",
            "rename",
        ),
        (
            f"{ENTRY}{GO}        query_parameter_limit: 3000000000\n",
            "cannot unmarshal !!int `3000000000` into int32",
            "query_parameter_limit",
        ),
        (
            f"{ENTRY}{GO}        overrides: [{{column: a.b, go_type: '*string'}}]\n",
            "Package override `go_type` specifier \"*string\" is not a Go basic type e.g. 'string'",
            "go_type",
        ),
        (f"{ENTRY}{GO}        rename: {{a: 1}}\n", "`1` is not a name", "a"),
        (
            f"{ENTRY}{GO}plugins: [{{name: x}}]\n",
            "plugin: field `process` or `wasm` required",
            "{name: x}",
        ),
        (
            f"{ENTRY}    codegen: [{{plugin: x, out: y}}]\n",
            "no plugin found",
            "plugin",
        ),
        (
            f"{ENTRY.replace('    queries: query.sql', '    queries: []')}{GO}",
            "no queries contained in paths",
            "queries",
        ),
    ],
)
def test_shapes_that_sqlc_refuses(tmp_path: Path, text: str, message: str, place: str) -> None:
    found = refused(tmp_path, text)
    assert (found.code, found.message) == ("invalid-config", message)
    assert [label.span.text for label in found.labels] == [place]


def test_a_mistake_is_shown_in_its_own_entry(tmp_path: Path) -> None:
    second = ENTRY.partition("sql:\n")[2] + GO.replace("internal", "other")
    found = refused(tmp_path, f"{ENTRY}{GO}{second}        query_parameter_limit: -1\n")
    [label] = found.labels
    assert label.span.source.position(label.span.start)[0] == 17
    found = refused(tmp_path, ENTRY + GO + second.replace("queries", "querys"))
    [label] = found.labels
    assert label.span.source.position(label.span.start)[0] == 12


@pytest.mark.parametrize(
    "addition",
    [
        "        overrides: [{db_type: uuid, null: true, go_type: string}]\n",
        "        omit_sqlc_version: yes\n",
        "        build_tags: 7\n",
        "        emit_json_tags:\n",
        "        overrides:\n",
    ],
)
def test_shapes_that_sqlc_takes(tmp_path: Path, addition: str) -> None:
    (package,) = load(tmp_path, ENTRY + GO + addition).packages
    assert package.out == "internal/db"


def test_merged_entries(tmp_path: Path) -> None:
    text = """\
version: "2"
sql:
  - &first
    engine: postgresql
    schema: schema.sql
    queries: a.sql
    gen: {go: {package: a, out: a}}
  - <<: *first
    gen: {go: {package: b, out: b}}
"""
    first, second = load(tmp_path, text).packages
    assert (first.queries, second.queries) == (("a.sql",), ("a.sql",))
    assert (first.out, second.out) == ("a", "b")


def test_a_schema_may_be_missing(tmp_path: Path) -> None:
    (package,) = load(tmp_path, ENTRY.replace("    schema: schema.sql\n", "") + GO).packages
    assert package.schema == ()


def test_yaml_before_yml(tmp_path: Path) -> None:
    (tmp_path / "sqlc.yml").write_text("version: 3\n")
    assert load(tmp_path, ENTRY + GO).packages[0].out == "internal/db"


def test_json_with_tabs_and_escapes(tmp_path: Path) -> None:
    entry = '{"engine": "postgresql", "schema": "s\\u00e9.sql", "queries": ["a\\/b.sql"]}'
    (package,) = load(
        tmp_path, f'{{\n\t"version":\t"2",\n\t"sql": [{entry}]\n}}\n', "sqlc.json"
    ).packages
    assert (package.schema, package.queries) == (("sé.sql",), ("a/b.sql",))


@pytest.mark.parametrize(
    ("checks", "expected"), [("true", "error"), ("false", "warn"), (None, "error")]
)
def test_function_checks(tmp_path: Path, checks: str | None, expected: str) -> None:
    line = "" if checks is None else f"    strict_function_checks: {checks}\n"
    config = load(tmp_path, ENTRY + line + GO)
    assert config.packages[0].unknown_functions == expected
    assert config.warnings == ()


def test_entries_that_differ_in_queries_alone_are_one_package(tmp_path: Path) -> None:
    second = ENTRY.partition("sql:\n")[2].replace("query.sql", "more.sql") + GO
    (package,) = load(tmp_path, ENTRY + GO + second).packages
    assert package.queries == ("query.sql", "more.sql")


@pytest.mark.parametrize("out", ["internal/db", "./internal//db"])
def test_two_packages_need_two_folders(tmp_path: Path, out: str) -> None:
    second = ENTRY.partition("sql:\n")[2].replace("schema.sql", "more.sql")
    second += GO.replace("internal/db", out)
    found = refused(tmp_path, ENTRY + GO + second)
    assert found.message == f"{tmp_path}/sqlc.yaml has two packages with the folder `internal/db`"
    (tmp_path / "sqlwright.toml").write_text("[[packages]]\nfrozen = true\n\n[[packages]]\n")
    with pytest.raises(DiagnosticError, match="two packages with the folder `generated`"):
        load_config(tmp_path)


@pytest.mark.parametrize(
    "rule", ["{db_type: numeric, go_type: int64}", "{db_type: int8, go_type: time.Duration}"]
)
def test_go_types_that_say_more_are_named(tmp_path: Path, rule: str) -> None:
    config = load(tmp_path, f"{ENTRY}{GO}        overrides: [{rule}]\n")
    assert config.packages[0].options.overrides == ()
    (warning,) = config.warnings
    assert "without an equal here: override of " in warning.message


def test_options_that_are_off_are_not_named(tmp_path: Path) -> None:
    config = load(tmp_path, f"{ENTRY}{GO}        emit_json_tags: false\n")
    assert config.warnings == ()


def test_other_generators_are_named(tmp_path: Path) -> None:
    text = PYTHON.replace("plugin: py", "plugin: rust").replace("name: py", "name: rust")
    text += "    gen:\n      json: {out: facts}\n      kotlin: {out: k, package: p}\n"
    config = load(tmp_path, text)
    (warning,) = config.warnings
    assert warning.message.endswith("without an equal here: gen json, gen kotlin, plugin rust")
    assert [label.span.text for label in warning.labels] == ["plugin", "json", "kotlin"]
    assert config.packages[0].out == "generated"


def test_options_of_older_versions(tmp_path: Path) -> None:
    text = f"{ENTRY}    gen: {{python: {{out: py, emit_pydantic_models: true}}}}\n"
    (package,) = load(tmp_path, text).packages
    assert (package.out, package.options.model) == ("py", "pydantic")


def test_words_that_python_keeps_for_itself(tmp_path: Path) -> None:
    (package,) = load(tmp_path, f"{ENTRY}{GO}        rename: {{kind: Class}}\n").packages
    assert package.options.renames.fields == (("kind", "class_"),)


@pytest.mark.parametrize(
    ("rule", "message", "place"),
    [
        ("py_type: \"__import__('os').getcwd()\"", "is not a Python type", "py_type"),
        ("py_type: {import: 'os; import sys', type: X}", "is not a Python type", "py_type"),
        ("py_type: Price", "`Price` has no module", "py_type"),
    ],
)
def test_python_types_are_read_and_not_run(
    tmp_path: Path, rule: str, message: str, place: str
) -> None:
    found = refused(
        tmp_path, f"{ENTRY}{GO}        overrides:\n          - {{column: a.b, {rule}}}\n"
    )
    assert found.code == "invalid-config"
    assert message in found.message
    assert [label.span.text for label in found.labels] == [place]


def test_a_package_that_no_import_names(tmp_path: Path) -> None:
    found = refused(tmp_path, ENTRY + GO.replace("internal/db", "internal/class"))
    assert "`class` is a word of Python's own" in found.message
    assert [label.span.text for label in found.labels] == ["out"]
