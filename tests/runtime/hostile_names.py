"""Projects whose names and texts are as bad as PostgreSQL allows, drawn at random.

A project has every command and result shape, and every name in it comes from a list of what has a
meaning somewhere: to Python, to the classes of rows, to the generated modules themselves, to tools
that read comments.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import pydantic
from sqlwright.codegen.imports import LOCAL_NAMES
from sqlwright.codegen.options import JsonOptions, Override, PackageOptions, Renames


def _names_of_support() -> set[str]:
    """The names of the modules that every package has."""
    found: set[str] = set()
    for file in files("sqlwright.render").joinpath("support").iterdir():
        if file.name.endswith(".py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    found.add(node.name)
                elif isinstance(node, ast.alias):
                    found.add((node.asname or node.name).partition(".")[0])
    return found


MEANINGFUL = sorted(
    {*_names_of_support(), *LOCAL_NAMES, *keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
    | {*dir(type), *dir(tuple), *dir(str), *dir(pydantic.BaseModel)}
    | {"asyncpg", "attrs", "dataclass", "datetime", "decimal", "enum", "msgspec", "uuid", "mro"}
    | {"models", "querier", "queries", "warm", "_driver", "_convert", "Querier", "StrEnum"}
    | {"NamedTuple", "TypedDict", "NewType", "Protocol", "Iterable", "Sequence", "Row"}
    | {"QuerierProtocol", "AsyncGenerator", "BulkConnection", "__all__", "__annotations__"}
)
UNICODE = (
    *("\ufb01", "\u00aa", "m\u00b2", "\u00bd", "Größe", "größe", "\u0149", "\u01f0", "\u01c5"),
    *("".join(chr(ord(letter) + 0xFEE0) for letter in word) for word in ("as", "class", "None")),
    *("\u0130", "\u0131", "\u017f", "获取", "表", "données", "\u03a9mega", "\ufdfa", "\u00e0"),
    *("a\u0300", "x\u0301", "\u2118", "\u00b7", "\u0e4f", "\u0e33", "a\u00b7b", "🙂", "l\u0301"),
)
NUMBERED = ("_1", "1", "_", "__", "2nd", "S3", "s3", "a_1", "A1", "_x", "x_", "x__", "__x__")
TEXTS = (
    *("a\nb", "a\rb", "it's", 'a"b', '"""', "\\", '\\"', "'", "{x}", "%s", "{{ x }}", "{% x %}"),
    *("a\u2028b", "a\u2029b", "a\x85b", "a\u202eb", "a\u200bb", "a\x1bb", "a\x0cb", "a\tb", " "),
    *("noqa", "type: ignore", "fmt: off", "# x", "-- x", "/* x", "*/", "pyright: basic", "a b"),
    *('"""\nraise SystemExit("ran")\n"""', "\nraise SystemExit('ran')", "$1", "@x", ";", "a.b"),
)
COMMANDS = ("one", "many", "stream", "batchone", "batchmany")


@dataclass(frozen=True)
class Project:
    """Files of SQL by name, and the options to generate with."""

    schema: str
    queries: dict[str, str]
    options: PackageOptions


def draw(source: random.Random) -> Project:
    """A project out of bad names."""
    return _Drawing(source).project()


@dataclass
class _Drawing:
    source: random.Random
    taken: set[str] = field(default_factory=set)

    def name(self) -> str:
        """A name that needs quotes to be one in SQL."""
        pool = self.source.choice((MEANINGFUL, MEANINGFUL, UNICODE, NUMBERED, TEXTS))
        found = self.source.choice(pool)
        if self.source.random() < 0.2:
            found += self.source.choice(("_", "2", "_2", "Row", "s", "_from_row", "_id"))
        if self.source.random() < 0.15:
            found = self.source.choice((found.upper(), found.title(), found.lower()))
        return _cut(found)

    def distinct(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found[self.name()] = None
        return list(found)

    def plain(self) -> str:
        """A name that an annotation or a marker takes: one of Python."""
        while not (found := self.name()).isidentifier():
            pass
        return found

    def renamed(self) -> str:
        """A name that the configuration takes for something."""
        while keyword.iskeyword(found := self.plain()):
            pass
        return found

    def text(self) -> str:
        parts = (
            self.source.choice((*TEXTS, *MEANINGFUL)) for _ in range(self.source.randint(0, 3))
        )
        return "".join(parts)

    def comment(self) -> str:
        """Lines above a query that document it."""
        lines = (self.text() for _ in range(self.source.randint(0, 2)))
        plain = (line.replace("\n", " ").replace("\r", " ") for line in lines)
        kept = (line for line in plain if not line.lstrip().startswith(("name", "@")))
        return "".join(f"--{line}\n" for line in kept)

    def project(self) -> Project:
        schema = self.source.choice(("public", _cut(self.name() + "_s")))
        table, other, mood, pair, code = self.distinct(5)
        columns, labels = self.distinct(7), self.distinct(self.source.randint(1, 5))
        of = _Quoted(schema)
        own = (of.name(mood), f"{of.name(mood)}[]", of.name(pair), of.name(code))
        types = ("int8", "text", "jsonb", *own)
        fields = self.distinct(2)
        statements = [
            f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}",
            f"CREATE TYPE {of.name(mood)} AS ENUM ({', '.join(map(literal, labels))})",
            f"CREATE DOMAIN {of.name(code)} AS text",
            f"CREATE TYPE {of.name(pair)} AS "
            f"({quoted(fields[0])} {of.name(mood)}, {quoted(fields[1])} int8)",
            _table(of.name(table), columns, types, self.source),
            _table(of.name(other), self.distinct(2), ("int8", "text"), self.source),
            f"COMMENT ON TABLE {of.name(table)} IS {literal(self.text())}",
            f"COMMENT ON COLUMN {of.name(table)}.{quoted(columns[0])} IS {literal(self.text())}",
            f"COMMENT ON TYPE {of.name(mood)} IS {literal(self.text())}",
            *self.constraints(of.name(table), columns),
        ]
        queries = list(self.queries(of, table, other, columns, types))
        self.source.shuffle(queries)
        names = self.file_names()
        middle = self.source.randint(0, len(queries)) if len(names) > 1 else len(queries)
        parts = dict(zip(names, (queries[:middle], queries[middle:]), strict=False))
        texts = {name: "\n".join(part) for name, part in parts.items() if part}
        options = self.options(f"{schema}.{mood}", table, columns)
        return Project("".join(f"{each};\n" for each in statements), texts, options)

    def constraints(self, table: str, columns: list[str]) -> Iterator[str]:
        """Checks that list the texts of a column, with comments that may name their errors."""
        values = ", ".join(literal(self.text()) for _ in range(3))
        for name in self.distinct(2):
            check = f"CHECK ({quoted(columns[1])} IN ({values}))"
            yield f"ALTER TABLE {table} ADD CONSTRAINT {quoted(name)} {check}"
            said = self.source.choice(("", "@error ", f"@error {self.plain()} ")) + self.text()
            yield f"COMMENT ON CONSTRAINT {quoted(name)} ON {table} IS {literal(said)}"

    def file_names(self) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < 2:
            stem = self.name().replace("/", "_").replace("\0", "_")
            if self.source.random() < 0.1:
                stem = self.source.choice(("coding:utf-7", "coding=latin-1", "models", "querier"))
            if stem.isprintable() and not stem.startswith("."):
                found[f"{stem}.sql"] = None
        return list(found)

    def queries(
        self, of: _Quoted, table: str, other: str, columns: list[str], types: tuple[str, ...]
    ) -> Iterator[str]:
        from_table = f"FROM {of.name(table)} AS t"
        shown = ", ".join(f"t.{quoted(column)}" for column in columns)
        for command in COMMANDS:
            where = self.conditions(columns, types)
            yield self.query(command, f"SELECT {shown} {from_table} WHERE {where}")
            few = list(zip(columns, types, strict=True))[: self.source.randint(1, 4)]
            renamed = ", ".join(
                f"t.{quoted(column)} AS {quoted(alias)}"
                for (column, _), alias in zip(few, self.distinct(len(few)), strict=True)
            )
            yield self.query(command, f"SELECT {renamed} {from_table} WHERE {where}")
        yield self.query("one", f"SELECT count(*) {from_table} WHERE {where}")
        aliases = [quoted(alias) for alias in self.distinct(2)]
        embeds = ", ".join(f"sqlc.embed({alias})" for alias in aliases)
        joined = f"{of.name(table)} AS {aliases[0]} CROSS JOIN {of.name(other)} AS {aliases[1]}"
        yield self.query("many", f"SELECT {embeds} FROM {joined}")
        listed = ", ".join(map(quoted, columns))
        for command in ("exec", "execrows", "execresult", "copyfrom", "batchexec"):
            values = ", ".join(f"@{name}" for name in self.markers(len(columns)))
            yield self.query(command, f"INSERT INTO {of.name(table)} ({listed}) VALUES ({values})")

    def conditions(self, columns: list[str], types: tuple[str, ...]) -> str:
        count = self.source.randint(1, 3)
        tested = self.source.sample(range(len(columns)), count)
        return " AND ".join(
            f"t.{quoted(columns[at])} IS NOT DISTINCT FROM @{marker}::{types[at]}"
            for at, marker in zip(tested, self.markers(count), strict=True)
        )

    def markers(self, count: int) -> list[str]:
        """Names of parameters, told apart as PostgreSQL does."""
        found: dict[str, str] = {}
        while len(found) < count:
            name = self.plain()
            found[name.lower()] = name
        return list(found.values())

    def query(self, command: str, sql: str) -> str:
        name = self.plain()
        while name in self.taken:
            name = self.plain()
        self.taken.add(name)
        return f"-- name: {name} :{command}\n{self.comment()}{sql};\n"

    def options(self, mood: str, table: str, columns: list[str]) -> PackageOptions:
        choose = self.source.choice
        kinds = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")
        chosen: dict[str, Any] = {
            "model": choose(kinds),
            "frozen": choose((False, True)),
            "shape": choose(("functions", "class")),
            "json": JsonOptions(choose(("decoded", "text"))),
            "exact_names": choose((False, True)),
            "unused_models": choose((False, True)),
            "parameter_limit": choose((None, None, 1)),
            "domain_types": choose((False, True)),
            "exceptions": choose((False, True)),
        }
        # Pydantic holds values, which are made up here, against them.
        chosen["check_literals"] = choose((False, True)) and chosen["model"] != "pydantic"
        if self.source.random() < 0.3:
            chosen["renames"] = Renames(
                fields=((columns[0], self.renamed()), (columns[1], self.renamed())),
                models=((table, self.renamed()),),
                enums=((mood.partition(".")[2], self.renamed()),),
                functions=((min(self.taken), self.renamed()),),
            )
        if self.source.random() < 0.3:
            module = choose(MODULES)
            rule = Override(f"{module}.Kind", type=mood, from_db=f"{module}.read", to_db="str")
            chosen["overrides"] = (rule,)
        return PackageOptions(**chosen)


MODULES = ("rows", "conn", "value", "values", "item", "s3", "params", "row", "readings")
"""Names of modules of the user's that a function might have for something else."""

MODULE_TEXT = '''from __future__ import annotations


class Kind(str):
    """A class of the user's."""


def read(value: str) -> Kind:
    """What the database has as the user's class."""
    return Kind(value)
'''


@dataclass(frozen=True)
class _Quoted:
    schema: str

    def name(self, name: str) -> str:
        return f"{quoted(self.schema)}.{quoted(name)}"


def _table(name: str, columns: list[str], types: tuple[str, ...], source: random.Random) -> str:
    parts = (
        f"{quoted(column)} {type_}{source.choice(('', ' NOT NULL'))}"
        for column, type_ in zip(columns, types, strict=False)
    )
    return f"CREATE TABLE {name} ({', '.join(parts)})"


def quoted(name: str) -> str:
    """An identifier."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def literal(text: str) -> str:
    """A string constant."""
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"E'{escaped}'"


def _cut(name: str) -> str:
    """PostgreSQL's names have at most 63 bytes."""
    return name.encode()[:50].decode(errors="ignore") or "_"
