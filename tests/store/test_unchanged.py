"""A project that nothing has changed in: the same answers, without the work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import sqlwright

SCHEMA = """\
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    mood mood
);
CREATE TABLE books (id bigint PRIMARY KEY, author bigint NOT NULL REFERENCES authors, title text);
CREATE VIEW titles AS SELECT title, name FROM books JOIN authors ON authors.id = author;
"""
QUERIES = """\
-- name: GetAuthor :one
SELECT * FROM authors WHERE id = @id;

-- name: TitlesOf :one
SELECT title FROM titles WHERE name = @name;
"""
WRONG = """
-- name: Broken :many
SELECT nmae FROM authors
WHERE id = @id;
"""
CONFIGURATION = """\
schema = ["schema"]
queries = ["queries"]
[renames.models]
nothing = "Something"
"""
FORMS = ("text", "concise", "json", "github")
HEAVY = (
    "jinja2",
    "locale",
    "pickle",
    "signal",
    "sqlglot",
    "sqlwright.analysis",
    "sqlwright.catalog",
    "sqlwright.codegen.model",
    "sqlwright.codegen.plan",
    "sqlwright.project.inference",
    "sqlwright.render",
    "sqlwright.sql.grammar",
    "tomllib",
)


@pytest.fixture(params=["good", "wrong"])
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "project"
    for name, text in (("schema", SCHEMA), ("queries", QUERIES)):
        (folder / name).mkdir(parents=True)
        (folder / name / "library.sql").write_text(text)
    (folder / "sqlwright.toml").write_text(CONFIGURATION)
    if request.param == "wrong":
        with (folder / "queries" / "library.sql").open("a") as queries:
            queries.write(WRONG)
    else:
        schema = folder / "schema" / "library.sql"
        schema.write_text("CREATE TYPE mood AS ENUM ('calm');\n" + schema.read_text())
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> str:
    return str(tmp_path / "cache")


def answer(project: Path, cache: str, *arguments: str) -> tuple[int, str, str]:
    done = sqlwright(project, *arguments, SQLWRIGHT_CACHE=cache)
    return done.returncode, done.stdout, done.stderr


def loaded(project: Path, cache: str, *arguments: str) -> set[str]:
    """The heavy modules that a command of its own has imported by its end."""
    program = (
        "import sys\nfrom sqlwright.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n    print(*sys.modules, file=open('modules', 'w'))\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=project,
        env={**os.environ, "SQLWRIGHT_CACHE": cache},
        capture_output=True,
        check=False,
    )
    found = (project / "modules").read_text().split()
    (project / "modules").unlink()
    return {name for name in found if name.startswith(HEAVY)}


COMMANDS = (
    ("generate",),
    ("generate", "--keep-going"),
    ("check",),
    ("inspect",),
    ("inspect", "--format", "json"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_answer_is_that_of_a_cold_run(
    project: Path, cache: str, command: tuple[str, ...]
) -> None:
    answers = []
    for form in FORMS:
        arguments = (*command, "--diagnostics", form)
        if command[0] == "generate":
            answer(project, "", *arguments)
        cold = answer(project, "", *arguments)
        first = answer(project, cache, *arguments)
        warm = answer(project, cache, *arguments)
        assert first == cold
        assert warm == cold
        answers.append(cold)
    assert list(Path(cache).glob("??/*")), "something was kept"
    assert re.search("warning|error", repr(answers)), "there are reports among them"


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_is_imported_that_would_work_it_out(
    project: Path, cache: str, command: tuple[str, ...]
) -> None:
    first = loaded(project, cache, *command)
    again = loaded(project, cache, *command)
    print(f"{len(first)} modules of the stages at first, {len(again)} after that")
    assert len(first) > 50
    assert not again


def test_files_on_disk_are_compared_all_the_same(project: Path, cache: str) -> None:
    if answer(project, cache, "generate")[0]:
        assert not (project / "generated").exists()
        return
    models = project / "generated" / "models.py"
    text = models.read_text()
    models.write_text(text.replace("name: str", "name: int"))
    code, shown, _ = answer(project, cache, "check")
    assert (code, "+    name: str" in shown) == (1, True)
    models.unlink()
    assert "models.py" in answer(project, cache, "check")[1]
    assert answer(project, cache, "generate")[1] == "generated: 1 file written, 2 queries\n"
    assert models.read_text() == text
    models.write_text("MINE = 1\n")
    cold = answer(project, "", "generate")
    assert answer(project, cache, "generate") == cold
    assert cold[0] == 1
    assert "foreign-file" in cold[2]
    assert models.read_text() == "MINE = 1\n"


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("sqlwright.toml", "nothing", "void"),
        ("sqlwright.toml", "[renames.models]", "\n[renames.models]"),
        ("sqlwright.toml", 'schema = ["schema"]', 'schema = ["schema"]\nfrozen = true'),
        (
            "sqlwright.toml",
            'schema = ["schema"]',
            'schema = ["schema"]\nunknown-functions = "warn"',
        ),
        ("queries/library.sql", "authors WHERE", "authors  WHERE"),
        ("queries/library.sql", "@id", "@ident"),
        ("schema/library.sql", "name text NOT NULL", "name text"),
    ],
)
def test_whatever_changes_counts(
    project: Path, cache: str, file: str, before: str, after: str
) -> None:
    for command in ("inspect", "generate"):
        answer(project, cache, command)
    path = project / file
    text = path.read_text()
    assert before in text
    for each in (text.replace(before, after, 1), text):
        path.write_text(each)
        for command in ("inspect", "check"):
            assert answer(project, cache, command) == answer(project, "", command)
        answer(project, cache, "generate")
        assert answer(project, cache, "check") == answer(project, "", "check")


def test_renaming_a_file_counts(project: Path, cache: str) -> None:
    for turn in ("library", "books", "library"):
        next((project / "queries").iterdir()).rename(project / "queries" / f"{turn}.sql")
        assert answer(project, cache, "inspect") == answer(project, "", "inspect")


def test_a_file_that_cannot_be_read_is_told_each_time(project: Path, cache: str) -> None:
    (project / "queries" / "latin.sql").write_bytes(b"-- caf\xe9\n")
    first, again = answer(project, cache, "inspect"), answer(project, cache, "inspect")
    assert first == again == answer(project, "", "inspect")
    assert "invalid-encoding" in again[2]


def test_no_cache_neither_reads_nor_writes(project: Path, cache: str) -> None:
    for command in ("generate", "check", "inspect"):
        answer(project, cache, command, "--no-cache")
    assert not Path(cache).exists()


@pytest.mark.parametrize("harm", ["cut", "swap", "remove"])
def test_damage_is_not_noticed(project: Path, cache: str, harm: str) -> None:
    for command in COMMANDS:
        answer(project, cache, *command)
    kept = sorted(Path(cache).glob("??/*"))
    for at, path in enumerate(kept):
        if harm == "cut":
            path.write_bytes(path.read_bytes()[: 7 * at])
        elif harm == "swap":
            path.write_bytes(kept[at - 1].read_bytes())
        else:
            path.unlink()
    for command in COMMANDS:
        assert answer(project, cache, *command) == answer(project, "", *command)
    print(f"{len(kept)} entries: {harm}")
