"""The code blocks of a Markdown page, and the project that they make up together.

A block's info string says what it is: `sql schema.sql`, `toml sqlwright.toml` and the like are
files of the project (so is a comment that begins with such a line, which readers do not see);
`console` is commands with their output; `python` is run with a connection; `python generated/...`
is an excerpt of what is generated. `<!-- new project -->` starts over, and
`<!-- the worked example -->` starts with the repository's own schema and queries. On a page that
says `<!-- the example -->` the blocks are excerpts from the files of the page's folder.
"""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import yaml
from click.testing import CliRunner
from sqlwright.cli import main

_PART = re.compile(
    r"^(?P<fence>```)(?P<info>[^\n`]*)\n(?P<body>.*?)^```$"
    r"|^<!-- (?P<hidden>(?:sql|toml|yaml|python|console)[^\n]*)\n(?P<unseen>.*?)^-->$"
    r"|^<!-- (?P<reset>new project|the worked example|the example) -->$",
    re.MULTILINE | re.DOTALL,
)
_ELSEWHERE = re.compile(
    r"(?:\w+=\S+ )*(?:pip|pipx|uv|uvicorn|git|make|createdb|psql|pg_dump|docker|pre-commit)\b"
)
"""Commands that need what a test has not: a network, another database, a repository."""


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: its language, the file it is, if any, and the line it begins in."""

    kind: str
    name: str
    text: str
    line: int


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks of a page in order; one of kind `reset` where a new project begins."""
    for found in _PART.finditer(markdown):
        line = markdown.count("\n", 0, found.start()) + 1
        if found["reset"]:
            yield Block("reset", found["reset"], "", line)
            continue
        info, text = found["info"], found["body"]
        if found["hidden"]:
            info, text = found["hidden"], found["unseen"]
        kind, _, name = info.partition(" ")
        yield Block(kind, name.strip(), text, line)


@dataclass
class Project:
    """A folder with the files shown so far, and a database with its schema."""

    folder: Path
    database: str
    output: str = ""
    namespace: dict[str, Any] = field(default_factory=dict)
    applied: str | None = None
    shows: Path | None = None
    """The folder of which the blocks are excerpts, where the page is about one."""

    def take(self, block: Block) -> None:
        """Do what a block says, or check what it shows. Raises AssertionError if it is not so."""
        match block.kind:
            case "console":
                self._console(block.text)
            case _ if block.name and self.shows is not None:
                _in_order(block, self.shows / block.name)
            case "python" if block.name.startswith("generated/"):
                self._excerpt(block)
            case "python" if not block.name:
                asyncio.run(self._python(block))
            case "sql" if not block.name:
                self._sql(block.text)
            case "toml" if not block.name:
                self._toml(block.text)
            case "text" if not self.output:
                pass  # a drawing
            case "text" | "json":
                assert block.text.rstrip() in self.output, self.output
            case _ if block.name:
                self._write(block)
            case "yaml":
                yaml.safe_load(block.text)
            case "":
                raise AssertionError("a code block says what language it is in")
            case _:
                raise AssertionError(f"nothing is known of blocks of {block.kind}")

    def copy_example(self, root: Path) -> None:
        """Begin with the repository's schema and queries."""
        for name in ("schema", "queries"):
            shutil.copytree(root / name, self.folder / name)

    # Files

    def _write(self, block: Block) -> None:
        path = self.folder / block.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text)
        if block.name.endswith((".yaml", ".yml")):
            yaml.safe_load(block.text)
        if block.name.endswith(".json"):
            json.loads(block.text)

    def _excerpt(self, block: Block) -> None:
        """Every stretch between lines of `...` is in the generated file, in this order."""
        self._run("sqlwright generate")
        _in_order(block, self.folder / block.name)

    # Commands

    def _console(self, text: str) -> None:
        for command, expected in _commands(text):
            if _ELSEWHERE.match(command):
                continue
            if command.startswith("python "):
                asyncio.run(self._apply_schema())
            done = self._run(command)
            self.output = done.stdout + done.stderr
            if expected:
                _compare(expected, self.output)
            else:
                assert done.returncode == 0, f"$ {command}\n{self.output}"

    def _run(self, command: str) -> subprocess.CompletedProcess[str]:
        command = command.partition("  #")[0].strip()
        if command.startswith("sqlwright ") and not re.search(r"[|>&;]", command):
            done = CliRunner().invoke(main, shlex.split(command)[1:], prog_name="sqlwright")
            return subprocess.CompletedProcess(command, done.exit_code, done.output, "")
        tools = self.folder / ".tools"
        if not tools.exists():
            tools.mkdir()
            for name, called in (("sqlwright", "-m sqlwright"), ("python", "")):
                shim = tools / name
                shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" {called} "$@"\n')
                shim.chmod(0o755)
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PATH": path, "DATABASE_URL": self.database},
        )

    # SQL and configuration by themselves

    def _sql(self, text: str) -> None:
        """Definitions or annotated queries that hold over the project's schema."""
        extra = self.folder / "_snippet.sql"
        extra.write_text(text)
        schema = ["--schema", "schema.sql"] if (self.folder / "schema.sql").exists() else []
        if "-- name:" in text:
            queries = extra
        else:
            queries = self.folder / "_nothing.sql"
            queries.write_text("-- name: Nothing :one\nSELECT 1 AS one;\n")
            schema += ["--schema", extra.name]
        done = self._run(" ".join(["sqlwright inspect", *schema, "--queries", queries.name]))
        extra.unlink()
        assert done.returncode == 0, done.stdout + done.stderr

    def _toml(self, text: str) -> None:
        name = "pyproject.toml" if "[tool." in text else "sqlwright.toml"
        tomllib.loads(text)
        folder = self.folder / "_snippet"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)
        (folder / "q.sql").write_text("-- name: Nothing :one\nSELECT 1 AS one;\n")
        done = self._run(f"sqlwright inspect --config _snippet/{name} --queries _snippet/q.sql")
        assert "invalid-config" not in done.stdout, done.stdout
        assert "unknown-option" not in done.stdout, done.stdout

    # Python

    async def _python(self, block: Block) -> None:
        await self._apply_schema()
        # Python knows byte code by the second and the size, and a page may be quicker than that.
        for cache in self.folder.rglob("__pycache__"):
            shutil.rmtree(cache)
        connection = await asyncpg.connect(self.database)
        pool = await asyncpg.create_pool(self.database, min_size=1, max_size=2)
        self.namespace.update(conn=connection, pool=pool, dsn=self.database)
        source = "\n" * block.line + block.text
        try:
            code = compile(source, "snippet", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            made = eval(code, self.namespace)  # the snippets are our own
            if inspect.iscoroutine(made):
                await made
        finally:
            opened = {id(each): each for each in (pool, self.namespace["pool"])}
            for each in opened.values():
                await each.close()
            await connection.close()

    async def _apply_schema(self) -> None:
        """Generate, and give the database the schema, whenever it is another one."""
        files = sorted(self.folder.glob("schema.sql")) + sorted(self.folder.glob("schema/*.sql"))
        text = "\n".join(file.read_text() for file in files)
        done = self._run("sqlwright generate")
        assert done.returncode == 0, done.stdout + done.stderr
        self._forget_modules()
        if text == self.applied:
            return
        connection = await asyncpg.connect(self.database)
        try:
            await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            await connection.execute(text)
        finally:
            await connection.close()
        self.applied = text

    def _forget_modules(self) -> None:
        for name in [*sys.modules]:
            file = getattr(sys.modules[name], "__file__", None)
            if name.partition(".")[0] == "generated" or (
                file is not None and file.startswith(str(self.folder))
            ):
                del sys.modules[name]


def _in_order(block: Block, file: Path) -> None:
    text, at = file.read_text(encoding="utf-8"), 0
    for part in re.split(r"^ *\.\.\.\n", block.text, flags=re.MULTILINE):
        found = text.find(part.strip("\n"), at)
        assert found != -1, f"not in {block.name}:\n{part}\n--- which is\n{text}"
        at = found + len(part.strip("\n"))


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command after a `$`, with what is shown below it."""
    command = ""
    shown: list[str] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, "\n".join(shown)
            command, shown = line[2:], []
        else:
            shown.append(line)
    if command:
        yield command, "\n".join(shown)


def _compare(expected: str, actual: str) -> None:
    """Line by line; a line `...` stands for any number of lines."""
    parts = [part.strip("\n") for part in re.split(r"^\.\.\.$", expected, flags=re.MULTILINE)]
    pattern = r"(?:.*\n)*?".join(
        "".join(rf"{re.escape(line.rstrip())} *\n" for line in part.splitlines()) for part in parts
    )
    assert re.fullmatch(rf"{pattern}\s*", actual + "\n"), f"shown:\n{expected}\nactual:\n{actual}"
