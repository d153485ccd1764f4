"""Every command in an empty folder and in small projects: output, exit code, forms of reports."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from command import sqlwright

MISTAKE = "-- name: GetAuthor :one\nSELECT nmae FROM authors WHERE id = @id;\n"
ROOT = Path(__file__).parent.parent.parent
COMMANDS = ("check", "explain", "generate", "init", "inspect", "verify", "watch")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What `init` makes."""
    done = sqlwright(tmp_path, "init")
    assert (done.returncode, done.stderr) == (0, "")
    return tmp_path


def test_inspect_as_a_table(project: Path) -> None:
    done = sqlwright(project, "inspect")
    assert (done.returncode, done.stderr) == (0, "")
    assert "GetAuthor :one" in done.stdout
    assert "at-most-one" in done.stdout


def test_inspect_as_json(project: Path) -> None:
    found = json.loads(sqlwright(project, "inspect", "--format", "json").stdout)
    assert found["diagnostics"] == []
    query = found["queries"][0]
    assert query.keys() >= {"name", "command", "file", "line", "sql", "rows", "columns"}
    assert (query["name"], query["file"], query["line"]) == ("GetAuthor", "queries/authors.sql", 1)
    (parameter,) = query["parameters"]
    assert (
        parameter.items()
        >= {
            "name": "id",
            "position": 1,
            "type": "int8",
            "nullable": False,
            "python": "int",
        }.items()
    )


def test_inspect_prints_its_json_in_spite_of_errors(project: Path) -> None:
    with (project / "queries" / "authors.sql").open("a") as file:
        file.write(MISTAKE.replace("GetAuthor", "Misspelt"))
    done = sqlwright(project, "inspect", "--format", "json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert "Misspelt" not in [query["name"] for query in found["queries"]]
    (diagnostic,) = found["diagnostics"]
    assert diagnostic["query"] == "Misspelt"


# Forms of reports


@pytest.fixture
def mistaken(project: Path) -> Path:
    """A project with one mistake."""
    (project / "queries" / "authors.sql").write_text(MISTAKE)
    return project


@pytest.mark.parametrize("command", ["generate", "check", "inspect"])
def test_reports_go_to_standard_error(mistaken: Path, command: str) -> None:
    done = sqlwright(mistaken, command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith('error[unknown-column]: column "nmae" does not exist (42703)\n')
    assert done.stderr.endswith("\n1 error\n")
    assert "\x1b" not in done.stderr


def test_concise(mistaken: Path) -> None:
    done = sqlwright(mistaken, "check", "--diagnostics", "concise")
    assert done.stderr == (
        'queries/authors.sql:2:8: unknown-column: column "nmae" does not exist\n'
    )


def test_json(mistaken: Path) -> None:
    (found,) = json.loads(sqlwright(mistaken, "check", "--diagnostics", "json").stderr)
    assert found == {
        "code": "unknown-column",
        "severity": "error",
        "message": 'column "nmae" does not exist',
        "help": "did you mean `name`?",
        "notes": [],
        "sqlstate": "42703",
        "query": "GetAuthor",
        "file": "queries/authors.sql",
        "line": 2,
        "column": 8,
        "end_line": 2,
        "end_column": 12,
        "labels": [
            {
                "message": "name is declared here",
                "file": "schema/authors.sql",
                "line": 3,
                "column": 5,
                "end_line": 3,
                "end_column": 23,
            }
        ],
        "fix": [
            {
                "text": "name",
                "file": "queries/authors.sql",
                "line": 2,
                "column": 8,
                "end_line": 2,
                "end_column": 12,
            }
        ],
    }


def test_json_without_anything_to_say(project: Path) -> None:
    done = sqlwright(project, "generate", "--diagnostics", "json")
    assert (done.returncode, done.stderr) == (0, "")


def test_github(mistaken: Path) -> None:
    done = sqlwright(mistaken, "check", "--diagnostics", "github")
    assert done.stderr == (
        "::error file=queries/authors.sql,line=2,col=8,endLine=2,endColumn=12,"
        'title=sqlwright unknown-column::column "nmae" does not exist%0A'
        "help: did you mean `name`?\n"
    )


# Errors that follow from others


def test_what_follows_from_a_refused_table_is_said_once(project: Path) -> None:
    (project / "schema" / "authors.sql").write_text(
        "CREATE TABLE authors (id bigint, name txt, bio text);\n"
    )
    done = sqlwright(project, "generate")
    assert done.stderr.count("error[") == 1
    assert (
        "note: not checked because of this: 3 queries (GetAuthor, ListAuthors, CreateAuthor)"
        in done.stderr
    )
    found = json.loads(sqlwright(project, "inspect", "--format", "json").stdout)
    assert len(found["diagnostics"]) == 4


def test_a_table_whose_change_was_refused(project: Path) -> None:
    with (project / "schema" / "authors.sql").open("a") as file:
        file.write("ALTER TABLE authors ADD COLUMN born dat;\n")
    (project / "queries" / "authors.sql").write_text(
        "-- name: A :many\nSELECT born FROM authors;\n\n"
        "-- name: B :many\nSELECT bron FROM authors;\n"
    )
    done = sqlwright(project, "generate")
    assert "note: not checked because of this: 1 query (A)" in done.stderr
    assert 'column "bron" does not exist' in done.stderr
    assert done.stderr.endswith("2 errors\n")


# Paths on the command line


def test_paths_instead_of_the_configured_ones(project: Path) -> None:
    (project / "extra.sql").write_text("CREATE TABLE tags (id int, author_id bigint);\n")
    (project / "tags.sql").write_text("-- name: ListTags :many\nSELECT id FROM tags;\n")
    done = sqlwright(
        project,
        *("generate", "--schema", "schema", "--schema", "extra.sql"),
        *("--queries", "tags.sql", "--out", "made/tags"),
    )
    assert done.stdout == "made/tags: 5 files written, 1 query\n"
    assert (project / "made" / "tags" / "tags.py").exists()


def test_a_configuration_in_another_folder(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = sqlwright(elsewhere, "generate", "--config", str(project / "sqlwright.toml"))
    assert done.returncode == 0, done.stderr
    assert (project / "generated" / "authors.py").exists()
    assert not list(elsewhere.iterdir())


def test_paths_are_refused_over_several_packages(project: Path) -> None:
    (project / "sqlwright.toml").write_text('[[packages]]\nout = "a"\n\n[[packages]]\nout = "b"\n')
    assert sqlwright(project, "generate").returncode == 0
    done = sqlwright(project, "generate", "--out", "c")
    assert done.returncode == 2
    assert "work on one package, and the configuration has 2" in done.stderr


# Keeping on


def test_keep_going_leaves_out_what_is_refused(project: Path) -> None:
    with (project / "queries" / "authors.sql").open("a") as file:
        file.write("\n" + MISTAKE.replace("GetAuthor", "Misspelt"))
    assert sqlwright(project, "generate").returncode == 1
    assert not (project / "generated").exists()
    done = sqlwright(project, "generate", "--keep-going")
    assert done.returncode == 1
    assert "error[unknown-column]" in done.stderr
    written = (project / "generated" / "authors.py").read_text()
    assert "async def get_author(" in written
    assert "misspelt" not in written


# The command itself


def test_help_names_every_command(tmp_path: Path) -> None:
    done = sqlwright(tmp_path, "--help")
    assert done.returncode == 0
    assert all(f"\n  {command} " in done.stdout for command in COMMANDS)
    for command in COMMANDS:
        assert sqlwright(tmp_path, command, "-h").returncode == 0


def test_version(tmp_path: Path) -> None:
    assert sqlwright(tmp_path, "--version").stdout.startswith("sqlwright, version ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "No such command 'frobnicate'."),
        (["genrate"], "No such command 'genrate'."),
        (["generate", "--frob"], "--frob"),
        (["check", "--diagnostic", "json"], "--diagnostics"),
        (["check", "--diagnostics", "xml"], "'xml' is not one of 'text', 'concise', 'json'"),
        (["inspect", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["explain"], "Missing argument"),
        (["explain", "A", "B"], "unexpected extra argument (B)"),
        (["init", "--from-sqlc"], "there is no sqlc.yaml, sqlc.yml or sqlc.json here"),
    ],
)
def test_usage_errors_exit_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = sqlwright(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
    assert said in done.stderr


@pytest.mark.parametrize("command", ["generate", "check", "inspect", "verify"])
@pytest.mark.parametrize("form", ["text", "concise", "json", "github"])
def test_an_empty_folder(tmp_path: Path, command: str, form: str) -> None:
    done = sqlwright(tmp_path, command, "--diagnostics", form)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"there is no project in {tmp_path}" in done.stderr
    assert done.stderr.count("missing-path") == 1
    assert form == "concise" or "`sqlwright init` starts one" in done.stderr
    assert not list(tmp_path.iterdir())


def test_explain_in_an_empty_folder(tmp_path: Path) -> None:
    done = sqlwright(tmp_path, "explain", "GetAuthor")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error[missing-path]: there is no project in ")
    assert done.stderr.endswith("\n1 error\n")


def test_a_schema_that_is_missing_is_said_once(project: Path) -> None:
    (project / "schema" / "authors.sql").unlink()
    (project / "schema").rmdir()
    done = sqlwright(project, "check")
    assert done.stderr == (
        "error[missing-path]: schema path schema does not exist\n"
        " = note: not checked because of this: 3 queries (GetAuthor, ListAuthors, CreateAuthor)\n"
        " = help: create it, or change the configured schema paths\n\n"
        "1 error\n"
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(tmp_path: Path, shell: str) -> None:
    done = sqlwright(tmp_path, _SQLWRIGHT_COMPLETE=f"{shell}_source")
    assert done.returncode == 0
    assert "_SQLWRIGHT_COMPLETE" in done.stdout


def _completed(folder: Path, *words: str) -> list[str]:
    """What bash would offer for the last word."""
    line = " ".join(["sqlwright", *words])
    done = sqlwright(
        folder,
        _SQLWRIGHT_COMPLETE="bash_complete",
        COMP_WORDS=line,
        COMP_CWORD=str(len(words)),
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [offer.partition(",")[2] for offer in done.stdout.split()]


def test_what_is_completed(tmp_path: Path) -> None:
    assert _completed(tmp_path, "in") == ["init", "inspect"]
    assert _completed(tmp_path, "generate", "--ke") == ["--keep-going"]
    assert _completed(tmp_path, "check", "--diagnostics", "j") == ["json"]
    assert _completed(tmp_path, "inspect", "--format", "") == ["text", "json"]


# Codes


def test_explain_a_code(tmp_path: Path) -> None:
    done = sqlwright(tmp_path, "explain", "unknown-column")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("unknown-column\n\nNo table in scope has a column of that name")


def test_explain_a_misspelt_code(tmp_path: Path) -> None:
    done = sqlwright(tmp_path, "explain", "unknown-colunm")
    assert done.returncode == 1
    assert done.stderr.endswith("\n1 error\n")
    assert 'there is no code "unknown-colunm"' in done.stderr
    assert "did you mean `unknown-column`?" in done.stderr


def test_explain_a_query_that_is_refused(mistaken: Path) -> None:
    """Its report says why there is nothing to explain."""
    done = sqlwright(mistaken, "explain", "GetAuthor.name")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error[unknown-column]")
    assert done.stderr.endswith("\n1 error\n")


# Values of row types


def test_why_a_value_is_no_row_and_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "sqlwright.toml").write_text('schema = ["s.sql"]\nqueries = ["q.sql"]\n')
    (tmp_path / "s.sql").write_text("CREATE TABLE pets (id int PRIMARY KEY, pets text[] NOT NULL);")
    (tmp_path / "q.sql").write_text(
        "-- name: Pets :many\nSELECT p, coalesce(p, '(,)') AS q FROM pets p;\n"
    )
    told = sqlwright(tmp_path, "explain", "Pets").stdout
    reason = "this need not be a row of pets, and other values of its row type are held to no"
    assert [line for line in told.splitlines() if line.startswith("    fields: ")] == [
        f"    fields: {reason} constraint  (q.sql:2:11)"
    ]
    [query] = json.loads(sqlwright(tmp_path, "inspect", "--format", "json").stdout)["queries"]
    whole, other = query["columns"]
    assert (whole["python"], "fields" in whole) == ("Pet", False)
    assert (other["python"], [field["python"] for field in other["fields"]]) == (
        "PetsQ",
        ["int | None", "list[str | None] | None"],
    )


# Hooks


def test_hooks_for_pre_commit(project: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["sqlwright-generate", "sqlwright-check"]
    for hook in hooks:
        name, command = hook["entry"].split()
        assert name == "sqlwright"
        assert sqlwright(project, command).returncode == 0
        for changed in ("queries/authors.sql", "sqlwright.toml", "sqlc.yaml"):
            assert re.search(hook["files"], changed)


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("--check", "`sqlwright check` does that"),
        ("generate --check", "`sqlwright check` does that"),
        ("generate --dry-run", "`sqlwright check` does that"),
        ("--strict check", "options follow the command: `sqlwright check --strict`"),
        (
            "--config a.toml generate --strict",
            "options follow the command: `sqlwright generate --config a.toml --strict`",
        ),
        ("queries/authors.sql", "`sqlwright generate --queries queries/authors.sql` takes"),
        ("check queries/authors.sql", "`sqlwright check --queries queries/authors.sql` takes"),
        ("verify sqlwright.toml", "`sqlwright verify --config sqlwright.toml`"),
        ("vet", "`sqlwright check` does that"),
        ("help", "`sqlwright --help` lists the commands"),
        ("genrate", "did you mean `generate`?"),
    ],
)
def test_command_lines_of_other_tools_get_advice(project: Path, given: str, advice: str) -> None:
    done = sqlwright(project, *given.split())
    print(done.stderr)
    assert done.returncode == 2
    assert advice in done.stderr.splitlines()[-1]
    # Where it names a command line, that is one.
    if "`sqlwright check" in advice and "a.toml" not in advice:
        named = advice.partition("`sqlwright ")[2].partition("`")[0]
        assert sqlwright(project, "generate").returncode == 0
        assert sqlwright(project, *named.split()).returncode == 0


@pytest.mark.parametrize("given", ["--nope", "generate --nope", "nope", "check GetAuthor"])
def test_what_means_nothing_gets_no_advice(project: Path, given: str) -> None:
    done = sqlwright(project, *given.split())
    assert done.returncode == 2
    assert "`" not in done.stderr


def test_inspect_of_one_query(project: Path) -> None:
    whole = sqlwright(project, "inspect").stdout
    one = sqlwright(project, "inspect", "GetAuthor").stdout
    assert one.startswith("GetAuthor :one")
    assert one in whole
    assert "ListAuthors" not in one
    shown = json.loads(sqlwright(project, "inspect", "GetAuthor", "--format", "json").stdout)
    assert [each["name"] for each in shown["queries"]] == ["GetAuthor"]
    assert shown["diagnostics"] == []


def test_inspect_of_a_query_that_there_is_not(project: Path) -> None:
    done = sqlwright(project, "inspect", "GetAuthr")
    assert (done.returncode, done.stdout) == (1, "")
    assert 'there is no query "GetAuthr"' in done.stderr
    assert "did you mean `GetAuthor`?" in done.stderr


def test_inspect_of_a_refused_query_shows_why(project: Path) -> None:
    other = "-- name: Other :one\nSELECT nope FROM authors;\n"
    (project / "queries" / "more.sql").write_text(MISTAKE.replace("GetAuthor", "Bad") + other)
    done = sqlwright(project, "inspect", "Bad")
    assert done.returncode == 1
    assert 'column "nmae" does not exist' in done.stderr
    assert "nope" not in done.stderr
    assert sqlwright(project, "inspect", "GetAuthor").returncode == 0
