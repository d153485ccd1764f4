"""Whatever stands in the place of an option, a file or a configuration: a report, no traceback and
no endless wait."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlwright as interface
from command import sqlwright, sqlwright_process
from steps import steps_of

LONG = "x" * 300
SQLC = """\
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    gen: {go: {package: db, out: generated, query_parameter_limit: LIMIT}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "t.sql").write_text("CREATE TABLE t (a int);\n")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "q.sql").write_text("-- name: Q :many\nSELECT a FROM t;\n")
    return tmp_path


def refused(project: Path, *arguments: str) -> str:
    """The first line of what is said; the interface says it too, where no option is given."""
    done = sqlwright(project, "generate", *arguments)
    assert done.returncode in (1, 2), (done.returncode, done.stderr)
    if not arguments:
        generated = interface.generate(project)
        assert generated.failed
        assert f"error[{generated.diagnostics[0].code}]" in done.stderr
    return done.stderr.splitlines()[0]


# Queries


def _write_rows(project: Path, levels: int) -> None:
    rows = "ROW(" * levels + "a" + ")" * levels
    (project / "queries" / "q.sql").write_text(f"-- name: Q :many\nSELECT {rows} AS r FROM t;\n")


@pytest.mark.parametrize("levels", [101, 1000, 3000])
def test_rows_within_too_many_rows(project: Path, levels: int) -> None:
    _write_rows(project, levels)
    said = refused(project)
    assert said == f"error[unsupported-type]: r has rows within rows to {levels} levels"


def test_rows_within_many_rows(project: Path) -> None:
    _write_rows(project, 100)
    assert sqlwright(project, "generate").returncode == 0
    module = (project / "generated" / "q.py").read_text()
    compile(module, "q.py", "exec")
    assert module.count("@dataclass") > 90


# Options


@pytest.mark.parametrize("option", ["--out", "--schema", "--queries", "--config"])
@pytest.mark.parametrize(
    "value", [LONG, "x/" * 3000, "a\0b", "/dev/null/x"], ids=["long", "deep", "NUL", "no folder"]
)
def test_a_path_that_cannot_be(project: Path, option: str, value: str) -> None:
    assert len(refused(project, option, value)) < 10_000


@pytest.mark.parametrize("key", ["schema", "queries", "out"])
@pytest.mark.parametrize("value", [LONG, r"a\u0000b"], ids=["long", "NUL"])
def test_a_path_that_cannot_be_in_a_configuration(project: Path, key: str, value: str) -> None:
    """The interface writes nothing, so that any name is fine for a folder there."""
    (project / "sqlwright.toml").write_text(f'{key} = "{value}"\n')
    assert sqlwright(project, "generate").returncode == 1
    interface.generate(project)


# Files


def test_a_file_with_a_name_as_long_as_they_come(project: Path) -> None:
    (project / "queries" / f"{'y' * 250}.sql").write_text("-- name: Y :one\nSELECT 1 AS x;\n")
    assert sqlwright(project, "generate").returncode == 0
    assert sqlwright(project, "check").returncode == 0


@pytest.mark.parametrize("folder", ["schema", "queries"])
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, folder: str, kind: str
) -> None:
    monkeypatch.chdir(project)
    path = Path(folder, "x.sql")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(path))
    assert refused(project) == (
        f"error[unreadable-file]: could not read {folder}/x.sql: it is not a file"
    )


def test_what_a_shell_hands_over(project: Path) -> None:
    """As with `--queries <(make-queries)`."""
    done = sqlwright_process(project, "inspect", "--queries", "/dev/stdin")
    assert "no queries" in done.stderr


@pytest.mark.parametrize("name", ["sqlwright.toml", "sqlc.yaml"])
def test_a_configuration_that_is_a_pipe(project: Path, name: str) -> None:
    os.mkfifo(project / name)
    assert "it is not a file" in refused(project, "--config", name)


def test_a_pipe_in_the_package(project: Path) -> None:
    (project / "generated").mkdir()
    os.mkfifo(project / "generated" / "x.py")
    assert sqlwright(project, "generate").returncode == 0
    os.mkfifo(project / "generated" / "y.py")
    (project / "queries" / "y.sql").write_text("-- name: Y :one\nSELECT 1 AS x;\n")
    assert "error[foreign-file]" in refused(project, "--out", "generated")


@pytest.mark.parametrize("path", ["queries", "schema", "queries/q.sql", "generated/models.py"])
def test_what_the_system_refuses(project: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Root may read anything, so the refusal is made here."""
    assert sqlwright(project, "generate").returncode == 0
    opened, listed = Path.open, Path.iterdir

    def no(file: Path) -> None:
        if file.as_posix().endswith(path):
            raise PermissionError(errno.EACCES, "Permission denied", str(file))

    def opening(file: Path, *arguments: object, **named: object) -> object:
        no(file)
        return opened(file, *arguments, **named)  # type: ignore[call-overload]

    def listing(file: Path) -> object:
        no(file)
        return listed(file)

    monkeypatch.setattr(Path, "open", opening)
    monkeypatch.setattr(Path, "iterdir", listing)
    said = refused(project, "--out", "generated")
    assert "Permission denied" in said or "error[foreign-file]" in said


# Configurations


def deep(begin: str, end: str, times: int = 20_000) -> str:
    return begin * times + "1" + end * times


TOML = {
    "lists in lists": f"out = {deep('[', ']')}",
    "tables in tables": f"out = {deep('{a = ', '}')}",
    "a key of many parts": f"{'.'.join('a' * 20_000)} = 1",
    "a section of many parts": f"[{'.'.join('a' * 20_000)}]",
    "a number without end": f"parameter-limit = {'9' * 5000}",
    "packages that are no tables": "packages = [1, 2]",
}


@pytest.mark.parametrize("text", TOML.values(), ids=TOML.keys())
def test_odd_toml(project: Path, text: str) -> None:
    (project / "sqlwright.toml").write_text(f"{text}\n")
    assert refused(project).startswith(("error[invalid-config]", "error[unknown-option]"))


@pytest.mark.parametrize("text", ["tool = 1", "[[tool]]\nsqlwright = 1"])
def test_a_pyproject_file_of_another_shape_is_not_ours(project: Path, text: str) -> None:
    (project / "pyproject.toml").write_text(f"{text}\n")
    assert sqlwright(project, "generate").returncode == 0


def test_a_section_that_is_no_table(project: Path) -> None:
    (project / "pyproject.toml").write_text("tool.sqlwright = 1\n")
    assert refused(project) == "error[invalid-config]: `tool.sqlwright` is a table"


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
MERGED = "m0: &m0 {a: b}\n" + "".join(
    f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}\n" for n in range(1, 12)
)
OPTIONS = SQLC.replace(
    "gen: {go: {package: db, out: generated, query_parameter_limit: LIMIT}}",
    "codegen: [{plugin: py, out: generated, options: LIMIT}]",
)
YAML = {
    "lists in lists": deep("[", "]"),
    "tables in tables": "".join(f"{' ' * n}a:\n" for n in range(1500)),
    "a list in itself": 'version: "2"\nsql: &a [*a]\n',
    "a table in itself": '&a\nversion: "2"\nsql: *a\n',
    "a table merged with itself": 'version: "2"\nsql: &a {<<: *a}\n',
    "options in themselves": OPTIONS.replace("LIMIT", "&o {a: *o}"),
    "aliases that multiply": OPTIONS.replace(
        "LIMIT", "{" + ", ".join(LAUGHS.strip().split("\n")) + "}"
    ),
    "tables merged again and again": f'version: "2"\n{MERGED}sql: *m11\n',
    "no number": SQLC.replace("LIMIT", "!!int abc"),
    "no number of base 16": SQLC.replace("LIMIT", "0x_"),
    "a number without end": SQLC.replace("LIMIT", "9" * 5000),
    "no character": 'version: "\\UFFFFFFFF"\n',
    "a list as a key": '? [a, b]\n: c\nversion: "2"\n',
    "a table as a key": 'version: "2"\n? {a: b}\n: c\n',
    "nothing": "",
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=[pytest.mark.long] * (name == "aliases that multiply"))
        for name, text in YAML.items()
    ],
)
def test_odd_yaml(project: Path, text: str) -> None:
    (project / "sqlc.yaml").write_text(text)
    assert refused(project).startswith("error[invalid-config]")


@pytest.mark.parametrize("value", ["!!float abc", "!!timestamp abc", "2020-99-99", '!!binary "%"'])
def test_values_that_are_none_of_their_kind(project: Path, value: str) -> None:
    (project / "sqlc.yaml").write_text(OPTIONS.replace("LIMIT", f"{{a: {value}}}"))
    assert sqlwright(project, "generate").returncode in (0, 1)


JSON = {
    "lists in lists": deep("[", "]"),
    "tables in tables": deep('{"a":', "}"),
    "a number without end": f'{{"version": {"9" * 6000}}}',
    "half a character": '{"version": "\\ud800"}',
}


@pytest.mark.parametrize("text", JSON.values(), ids=JSON.keys())
def test_odd_json(project: Path, text: str) -> None:
    (project / "sqlc.json").write_text(text)
    assert refused(project).startswith("error[invalid-config]")


# Size


def _select(text: str) -> Callable[[int], tuple[str, str]]:
    begin, middle, end = text.split("...")
    return lambda times: ("", f"SELECT {begin * times}{middle}{end * times} AS x")


def _labels(times: int) -> tuple[str, str]:
    labels = ", ".join(f"'l{number}'" for number in range(times))
    return f"CREATE TYPE e AS ENUM ({labels});", "SELECT 1 AS x"


GROWING: dict[str, Callable[[int], tuple[str, str]]] = {
    "parentheses": _select("(...1...)"),
    # So many that what is tried to advise on a short statement does not count.
    "parentheses without an end": _select(f"{'(' * 100}...1..."),
    "parentheses in FROM": _select("1 FROM (...t...)"),
    "queries in parentheses": _select("(...SELECT 1...)"),
    "NOT": _select("NOT ...true..."),
    "conditions": _select("a = 1 AND ...true..."),
    "labels": _labels,
}


@pytest.mark.parametrize("made", GROWING.values(), ids=GROWING.keys())
def test_work_grows_with_the_size(project: Path, made: Callable[[int], tuple[str, str]]) -> None:
    """Twice the size is twice the work; four times would be a square."""

    def steps(times: int) -> int:
        schema, query = made(times)
        (project / "schema" / "more.sql").write_text(f"{schema}\n")
        (project / "queries" / "q.sql").write_text(f"-- name: Q :many\n{query};\n")
        return steps_of(lambda: interface.generate(project))

    steps(10)
    small, large = steps(60), steps(120)
    print(f"{small} steps, {large} of twice the size")
    base = steps(10)
    assert large - base < 3 * (small - base)
