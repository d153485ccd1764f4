"""The compiled modules: from the source by way of mypyc and a C compiler."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext

from compiling.package import rewritten

GROUP = "sqlwright_compiled"
BUILT = "built"

_FLAGS = (
    "--ignore-missing-imports",
    "--follow-imports=silent",
    "--explicit-package-bases",
    # What takes data classes is typed for those of the standard library, as which the type checker
    # knows ours; here they are none.
    "--disable-error-code=type-var",
    "--disable-error-code=arg-type",
)


def compiled_modules(source: Path, work: Path) -> dict[str, Path]:
    """The files of the compiled modules by the paths that they have beside the others.

    `source` is the folder that holds the package, `work` an empty one. What mypyc or the compiler
    does not take ends in SystemExit or an error of setuptools.
    """
    names = rewritten(source, work)
    with _inside(work):
        _build(names)
    built = work / BUILT
    return {
        str(path.relative_to(built)): path for path in sorted(built.rglob("*.*")) if path.is_file()
    }


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _build(names: list[str]) -> None:
    """Put the files of the modules into a folder of their own."""
    # mypyc alters how setuptools compiles as it is imported.
    from mypyc.build import mypycify

    extensions: list[Extension] = mypycify(
        [*names, *_FLAGS],
        opt_level="2",
        debug_level="0",
        multi_file=True,
        group_name=GROUP,
    )
    if os.name == "posix":
        # Nothing calls in from outside, so that no call within needs to be looked up by its name.
        for each in extensions:
            each.extra_compile_args.append("-fvisibility=hidden")
    command = _BuildOnAllCores(Distribution({"name": GROUP, "ext_modules": extensions}))
    command.build_lib = BUILT
    command.ensure_finalized()
    command.run()


class _BuildOnAllCores(build_ext):  # type: ignore[misc]
    """Shares out the files of an extension: a single one holds the code of all modules."""

    def build_extension(self, ext: Any) -> None:
        self.compiler.compile = self._compile
        super().build_extension(ext)

    def _compile(
        self,
        sources: list[str],
        output_dir: str | None = None,
        macros: Any = None,
        include_dirs: list[str] | None = None,
        debug: bool = False,
        extra_preargs: list[str] | None = None,
        extra_postargs: list[str] | None = None,
        depends: list[str] | None = None,
    ) -> list[str]:
        compile_one = type(self.compiler).compile

        def compiled(source: str) -> list[str]:
            return compile_one(  # type: ignore[no-any-return]
                self.compiler,
                [source],
                output_dir,
                macros,
                include_dirs,
                debug,
                extra_preargs,
                extra_postargs,
                depends,
            )

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return [name for names in pool.map(compiled, sources) for name in names]
