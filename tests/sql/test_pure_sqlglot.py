"""Where sqlglot's compiled build is installed, its Python modules are used all the same."""

from __future__ import annotations

import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import sqlglot

PACKAGE = Path(sqlglot.__file__).parent


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a process that finds its own copy of sqlglot first."""
    start = f"import sys; sys.path.insert(0, {str(folder)!r}); "
    return subprocess.run(
        [sys.executable, "-c", start + code], capture_output=True, text=True, check=False
    )


def with_extension_modules(folder: Path) -> None:
    """Put sqlglot into a folder, with a file beside one module that would win over it."""
    copy = folder / "sqlglot"
    copy.mkdir()
    for entry in PACKAGE.iterdir():
        (copy / entry.name).symlink_to(entry)
    # Not a real extension module: loading it fails, so nothing may try to.
    (copy / f"tokenizer_core{EXTENSION_SUFFIXES[0]}").write_bytes(b"no extension module")


def test_python_modules_win_over_extension_modules(tmp_path: Path) -> None:
    with_extension_modules(tmp_path)
    without = run("import sqlglot", tmp_path)
    assert without.returncode != 0, "the extension module was not in the way"
    done = run("import sqlwright.sql.grammar.parser, sqlglot; print(sqlglot.__file__)", tmp_path)
    assert done.stdout.strip() == str(tmp_path / "sqlglot" / "__init__.py"), done.stderr


def test_a_compiled_build_that_is_loaded_already_is_refused(tmp_path: Path) -> None:
    pretend = (
        "import types; from importlib.machinery import ExtensionFileLoader as Loader; "
        "module = types.ModuleType('sqlglot.tokenizer_core'); "
        "module.__loader__ = Loader('sqlglot.tokenizer_core', 'x.so'); "
        "sys.modules['sqlglot.tokenizer_core'] = module; "
    )
    done = run(pretend + "import sqlwright.sql.grammar.parser", tmp_path)
    assert "ImportError: sqlglot's compiled build is loaded already" in done.stderr
