"""Byte code that is kept in one file counts for as long as the sources are as they were."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest
import sqlwright
from command import sqlwright as in_this_process
from sqlwright.byte_code import MANY, Finder

pytestmark = [pytest.mark.interpreted, pytest.mark.long]

PACKAGE = Path(sqlwright.__file__).parent
SCHEMA = "CREATE TABLE pets (id int PRIMARY KEY, name text);\n"
QUERY = "-- name: Pet{} :one\nSELECT name FROM pets WHERE id = @id;\n"
SEEN = """\
import json, os, sys
def leave(code):
    found = {"_Keeping": [], "_Noting": [], "SourceFileLoader": []}
    for name, module in sys.modules.items():
        if name.startswith("sqlwright."):
            found[type(module.__spec__.loader).__name__].append(name)
    with open("seen", "w") as file:
        json.dump(found, file)
    plain(code)
plain, os._exit = os._exit, leave
from sqlwright.__main__ import run
run()
"""
"""Runs the command, and tells by what its modules were loaded."""
FAILING = """\
import sys
usual = __import__
from sqlwright import byte_code
byte_code.offered()
sys.modules["unicodedata"] = None
for _ in range(2):
    try:
        import sqlwright.cli
    except ImportError as error:
        print(error)
    print("sqlwright.cli" in sys.modules, "sqlwright.config" in sys.modules)
assert __import__ is usual
del sys.modules["unicodedata"]
import sqlwright.cli
from sqlwright import config, source
print(config.load_config.__module__, source.SourceFile("a", "b").text)
"""
"""Imports what cannot be imported, and then can."""
SPECS = """\
import importlib, inspect, pkgutil, sys
from importlib.machinery import PathFinder
usual = __import__
from sqlwright import byte_code
byte_code.offered()
import sqlwright.codegen, sqlwright.making, sqlwright.pipeline, sqlwright.project.inference
finder = next(each for each in sys.meta_path if isinstance(each, byte_code.Finder))
kept = {name: module for name, module in sys.modules.items()
        if name.startswith("sqlwright.") and type(module.__loader__).__name__ == "_Keeping"}
for name, module in kept.items():
    spec, path = module.__spec__, sys.modules[name.rpartition(".")[0]].__path__
    plain, again = PathFinder.find_spec(name, path), finder.find_spec(name, path)
    for each in ("name", "origin", "cached", "has_location", "parent", "loader_state",
                 "submodule_search_locations"):
        assert getattr(spec, each) == getattr(plain, each), (name, each)
    assert (module.__file__, module.__cached__) == (plain.origin, plain.cached)
    assert getattr(module, "__path__", None) == plain.submodule_search_locations
    assert module.__loader__ is spec.loader
    assert spec._initializing is False
    code, same = again.loader.get_code(name), plain.loader.get_code(name)
    assert (code, code.co_filename) == (same, module.__file__)
    assert spec.loader.get_code(name) == same
assert __import__ is usual
making = sys.modules["sqlwright.making"]
assert "def make(" in inspect.getsource(making)
assert importlib.reload(making) is making
assert type(making.__loader__).__name__ == "_Keeping"
assert b"def make(" in making.__loader__.get_data(making.__file__)
assert "plan" in [each.name for each in pkgutil.iter_modules(sqlwright.codegen.__path__)]
print(len(kept))
"""

IMPORTING = """\
import builtins, collections, contextlib, sys, types
from sqlwright import byte_code
usual, asked = __import__, []
def noted(name, *others, **named):
    asked.append(name)
    return usual(name, *others, **named)
builtins.__import__ = noted
package, later = types.ModuleType("package"), types.ModuleType("later")
package.__path__, later.__getattr__ = [], lambda name: name.upper()
sys.modules |= {"package": package, "package.inner": types.ModuleType("package.inner")}
sys.modules |= {"later": later, "odd": types.SimpleNamespace(name=1), "none": None}
sys.modules["package.inner"].own = package.own = 2
quick = "quick" in sys.argv
with byte_code._found_at_once() if quick else contextlib.nullcontext():
    asked.clear()
    from package import own
    from collections import OrderedDict, deque
    assert (own, deque) == (2, collections.deque)
    assert quick != bool(asked)
    from package import inner
    from package.inner import own
    from later import name
    assert (inner, name) == (sys.modules["package.inner"], "NAME")
    from odd import name
    import package.inner as inside
    assert name == 1 and inside is inner
    from os.path import *
    assert join("a", "b")
    assert __import__("package.inner", fromlist=["own"], level=0) is inner
    assert __import__("package.inner") is package
    for wrong in ("from package import no", "from none import a", "from no.no import a",
                  "from . import a", "import no"):
        try:
            exec(wrong, {"__package__": "", "__name__": "x"})
        except ImportError as error:
            print(error)
assert builtins.__import__ is noted
"""
"""Imports in many ways, `quick` as meanwhile or as usual."""


@dataclass(frozen=True)
class Run:
    """How a command ended, and which modules it found in our file and which not."""

    ended: tuple[int, str, str]
    kept: set[str]
    noted: set[str]


@dataclass(frozen=True)
class Installed:
    """A copy of the program, with a project."""

    root: Path
    project: Path

    @property
    def package(self) -> Path:
        return self.root / "sqlwright"

    @property
    def file(self) -> Path:
        return self.kept_at()

    def kept_at(self, level: str = "") -> Path:
        tag = f"{sys.implementation.cache_tag}.opt-all{level}"
        return self.package / "__pycache__" / f"byte_code.{tag}.pyc"

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.project,
            env={**os.environ, "PYTHONPATH": str(self.root), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def python(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **environment)
        output, errors = process.communicate()
        return process.returncode, output, errors

    def run(self, *arguments: str, **environment: str) -> Run:
        ended = self.python("-c", SEEN, *(arguments or ("inspect",)), **environment)
        found = json.loads((self.project / "seen").read_text())
        assert set(found["SourceFileLoader"]) >= {"sqlwright.__main__", "sqlwright.byte_code"}
        assert len(found["SourceFileLoader"]) < 5
        return Run(ended, set(found["_Keeping"]), set(found["_Noting"]))


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    """It has Python's own byte code, which takes seconds to make."""
    root, project = tmp_path / "installed", tmp_path / "project"
    shutil.copytree(PACKAGE, root / "sqlwright", ignore=shutil.ignore_patterns("*.opt-*"))
    project.mkdir()
    (project / "schema.sql").write_text(SCHEMA)
    (project / "queries.sql").write_text("".join(QUERY.format(at) for at in range(3)))
    (project / "sqlwright.toml").write_text('schema = ["schema.sql"]\nqueries = ["queries.sql"]\n')
    return Installed(root, project)


def edit(path: Path, text: str) -> None:
    """Write a module, some time after it was written before."""
    time = path.stat().st_mtime_ns + 3_000_000_000
    path.write_text(text)
    os.utime(path, ns=(time, time))


def test_the_second_run_finds_everything_there(installed: Installed) -> None:
    first = installed.run()
    second = installed.run()
    print(f"{len(first.noted)} modules, {installed.file.stat().st_size} bytes")
    assert first.ended == second.ended
    assert "Pet2" in first.ended[1]
    assert len(first.noted) > 400
    assert (first.kept, second.kept, second.noted) == (set(), first.noted, set())
    assert not installed.file.stat().st_mode & 0o111
    assert [path.name for path in installed.file.parent.glob("byte_code*.opt*")] == [
        installed.file.name
    ]
    version = installed.run("--version")
    assert 20 < len(version.kept) < 100
    assert not version.noted


def test_a_first_run_without_python_s_own_is_enough(installed: Installed) -> None:
    for folder in [*installed.package.rglob("__pycache__")]:
        shutil.rmtree(folder)
    first = installed.run("--version")
    assert (installed.package / "cli" / "__pycache__").is_dir()
    second = installed.run("--version")
    assert (second.kept, second.noted) == (first.noted, set())


def test_modules_are_what_python_makes_of_them(installed: Installed) -> None:
    installed.run("check")
    code, compared, errors = installed.python("-c", SPECS)
    assert (code, errors) == (0, "")
    assert int(compared) > 400


def test_a_command_adds_what_it_needs(installed: Installed) -> None:
    """The few modules of a small command are kept, and those of a larger one with them."""
    small = installed.run("--version")
    assert len(small.noted) > MANY
    large = installed.run()
    assert large.kept == small.noted
    assert installed.run().kept == large.kept | large.noted
    assert installed.run("--version").kept == small.noted


def test_an_edited_module_is_used_at_once(installed: Installed) -> None:
    before = installed.run().ended
    path = installed.package / "inspection.py"
    source = path.read_text()
    for said in ("more", "same", "size"):  # the last two differ by their time alone
        edit(path, f"{source}print('{said}')\n")
        after = installed.run()
        assert after.ended == (0, f"{said}\n{before[1]}", before[2])
        assert "sqlwright.inspection" in after.noted
        assert 10 < len(after.noted) < 100  # with what came with it
    edit(path, source)
    assert installed.run().ended == before


def test_a_few_edited_modules_wait_for_more(installed: Installed) -> None:
    installed.run()
    kept = installed.file.stat()
    edit(installed.package / "pipeline.py", (installed.package / "pipeline.py").read_text())
    few = installed.run()
    assert 5 < len(few.noted) <= MANY
    assert installed.file.stat().st_ino == kept.st_ino
    assert installed.run().noted == few.noted
    for path in (installed.package / "analysis" / "nullability").rglob("*.py"):
        edit(path, path.read_text())
    assert len(installed.run().noted) > MANY
    assert not installed.run().noted


def test_what_python_prefers_to_a_module_is_found(installed: Installed) -> None:
    installed.run()
    (installed.package / "terminal").mkdir()
    (installed.package / "terminal" / "__init__.py").write_text("raise SystemExit(7)\n")
    code, _, _ = installed.python("-m", "sqlwright", "inspect")
    assert code == 7


def test_a_pipe_in_its_place_holds_nobody_up(installed: Installed) -> None:
    installed.run()
    installed.file.unlink()
    os.mkfifo(installed.file)
    ended = installed.run().ended
    assert "Pet2" in ended[1]


def test_what_fails_as_it_is_imported_may_be_tried_again(installed: Installed) -> None:
    without = installed.python("-c", FAILING, PYTHONDONTWRITEBYTECODE="1")
    assert without[0] == 0
    assert without[1].count("unicodedata") == 2
    assert installed.run().noted
    assert installed.python("-c", FAILING) == without


def test_imports_meanwhile_are_those_of_python(installed: Installed) -> None:
    quick = installed.python("-c", IMPORTING, "quick")
    assert (quick[0], quick[2]) == (0, "")
    assert quick[1].count("\n") == 5
    assert installed.python("-c", IMPORTING) == quick


def test_a_module_that_is_gone_is_missed(installed: Installed) -> None:
    installed.run()
    (installed.package / "inspection.py").unlink()
    after = installed.run().ended
    assert after[0] == 70
    assert "inspection" in after[2]
    installed.file.unlink()
    assert installed.run().ended == after


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def cut_to_the_head(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def of_another_python(file: Path) -> None:
    whole = file.read_bytes()
    assert whole.startswith(MAGIC_NUMBER)
    file.write_bytes(b"\0" * len(MAGIC_NUMBER) + whole[len(MAGIC_NUMBER) :])


def without_an_index(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:-1000] + b"\0" * 1000)


def without_code(file: Path) -> None:
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[: middle - 1_000_000] + b"N" * 2_000_000 + whole[middle + 1_000_000 :])


def of_another_kind(file: Path) -> None:
    file.write_bytes(os.urandom(100_000))


@pytest.mark.parametrize(
    "harm",
    [cut, cut_to_the_head, emptied, of_another_python, without_an_index, of_another_kind],
    ids=lambda harm: harm.__name__,
)
def test_what_is_damaged_is_written_anew(
    installed: Installed, harm: Callable[[Path], None]
) -> None:
    first = installed.run()
    harm(installed.file)
    second = installed.run()
    assert (second.ended, second.kept, second.noted) == (first.ended, set(), first.noted)
    assert installed.run().kept == first.noted


def test_damaged_code_is_python_s_to_find(installed: Installed) -> None:
    first = installed.run()
    without_code(installed.file)
    assert installed.run().ended == first.ended


def test_another_place_has_no_use_for_it(installed: Installed, tmp_path: Path) -> None:
    first = installed.run()
    elsewhere = Installed(tmp_path / "elsewhere", installed.project)
    installed.root.rename(elsewhere.root)
    assert elsewhere.run().noted == first.noted
    assert elsewhere.run().kept == first.noted
    program = "import sqlwright.source; print(sqlwright.source.SourceFile.__init__.__code__)"
    assert str(elsewhere.root) in elsewhere.python("-c", program)[1]
    linked = Installed(tmp_path / "linked", installed.project)
    linked.root.symlink_to(elsewhere.root)
    assert linked.run().noted == first.noted
    assert linked.run().kept == first.noted


def test_where_nothing_can_be_written_all_is_as_ever(installed: Installed) -> None:
    first = installed.run().ended
    installed.file.unlink()
    installed.file.mkdir()
    assert installed.run().ended == first
    shutil.rmtree(installed.file.parent)
    installed.file.parent.write_text("in the way")
    again = installed.run()
    assert again.ended == first
    assert not again.kept


def test_nothing_is_written_where_python_is_to_write_nothing(installed: Installed) -> None:
    first = installed.run(PYTHONDONTWRITEBYTECODE="1")
    assert not installed.file.exists()
    installed.run()
    again = installed.run(PYTHONDONTWRITEBYTECODE="1")
    assert (again.ended, again.kept) == (first.ended, first.noted)


def test_levels_of_optimization_have_their_own(installed: Installed) -> None:
    for level in ("1", "2"):
        for _ in range(2):
            ended = installed.python(f"-{'O' * int(level)}", "-m", "sqlwright", "--version")
            assert ended[0] == 0
        assert installed.kept_at(level).exists()
    assert not installed.file.exists()


def test_python_s_other_folder_is_used(installed: Installed, tmp_path: Path) -> None:
    elsewhere = tmp_path / "prefix"
    first = installed.run("--version", PYTHONPYCACHEPREFIX=str(elsewhere))
    second = installed.run("--version", PYTHONPYCACHEPREFIX=str(elsewhere))
    assert second.kept == first.noted
    assert not installed.file.exists()
    assert [path.name for path in elsewhere.rglob("*.opt-all*")] == [installed.file.name]


def test_several_at_once(installed: Installed) -> None:
    first = installed.python("-m", "sqlwright", "inspect")
    installed.file.unlink()
    started = [installed.start("-m", "sqlwright", "inspect") for _ in range(4)]
    ended = [(*process.communicate(), process.returncode) for process in started]
    assert [(code, output, errors) for output, errors, code in ended] == [first] * 4
    assert not installed.run().noted
    names = [path.name for path in installed.file.parent.iterdir()]
    assert not [name for name in names if not name.endswith(".pyc")]


def test_other_processes_that_work_keep_nothing(installed: Installed) -> None:
    queries = "".join(QUERY.format(at) for at in range(400))
    (installed.project / "queries.sql").write_text(queries)
    program = """\
import os
from sqlwright import byte_code
keep, fork = byte_code.Finder.keep, os.fork
def told(self):
    print(f"keeps {os.getpid() == first}", flush=True)
    keep(self)
def forks():
    print("forks", flush=True)
    return fork()
first, byte_code.Finder.keep, os.fork = os.getpid(), told, forks
from sqlwright.__main__ import run
run()
"""
    for _ in range(2):
        code, output, errors = installed.python("-c", program, "inspect", "--jobs", "3")
        assert (code, errors) == (0, "")
        assert len(re.findall("^forks$", output, re.MULTILINE)) >= 2
        assert re.findall("^keeps .*$", output, re.MULTILINE) == ["keeps True"]


def test_the_library_leaves_imports_alone(installed: Installed) -> None:
    assert in_this_process(installed.project, "inspect").returncode == 0
    assert not [each for each in sys.meta_path if isinstance(each, Finder)]
