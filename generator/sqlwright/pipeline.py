"""The whole program, stage by stage: read -> catalog -> queries -> modules -> files.

What was made of the same texts and options before comes from the store, without importing anything
of the stages that make it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlwright.codegen.reported_rules import unused_by_all
from sqlwright.config import Config, PackageConfig
from sqlwright.config.sqlc_words import worded_for
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.diagnostics.severities import weighed
from sqlwright.output import Changes, GeneratedFile, compare
from sqlwright.processes import Progress, are_alike, in_processes, told_here
from sqlwright.project.outcomes import Inspected, Made
from sqlwright.project.recall import Recall
from sqlwright.project.sources import Sources, read_texts
from sqlwright.source import SourceFile
from sqlwright.store import NOTHING, Store

if TYPE_CHECKING:
    from sqlwright.project.inference import Inferred
    from sqlwright.project.reading import Reading
    from sqlwright.runtimes import Runtime
    from sqlwright.verification.run import Verified

__all__ = ["Plan", "generate_packages", "infer_packages", "inspect", "verify"]

Outcome = TypeVar("Outcome", Made, Inspected)


@dataclass(frozen=True, slots=True)
class Plan:
    """A package about to be written into the folder `out`: what changes on disk, and `files`, all
    of its files. With errors among `diagnostics` there are none, unless it was asked to keep going.
    `functions` is how many queries it has, or would have if it kept going; None for a package that
    others share.
    """

    out: str
    changes: Changes
    functions: int | None
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[GeneratedFile, ...] = ()

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)

    @property
    def refused(self) -> set[str]:
        """The names of the queries that have errors."""
        return {item.query for item in self.diagnostics if item.query and item.severity == "error"}


def infer_packages(
    config: Config, progress: Progress | None = None, jobs: int = 1
) -> list[Inferred]:
    """What there is to know of the SQL of every package."""
    infer = _inference(None, progress, None)
    texts = read_texts(config)
    found = [infer(*each, jobs, None) for each in zip(config.packages, texts, strict=True)]
    return [
        replace(each, diagnostics=_reported(config, package, each.diagnostics))
        for package, each in zip(config.packages, found, strict=True)
    ]


def _inference(
    recall: Recall | None, progress: Progress | None, prepare: Callable[[], None] | None
) -> Callable[[PackageConfig, Sources, int, Reading | None], Inferred]:
    """What infers the packages of one run; what may be recalled in a later one does not say why."""
    from sqlwright.project.catalogs import Catalogs
    from sqlwright.project.inference import Run, infer

    run = Run(Catalogs(recall), progress, recall is None, prepare)
    return lambda package, sources, jobs, reading: infer(package, sources, run, jobs, reading)


def generate_packages(
    config: Config,
    *,
    keep_going: bool = False,
    progress: Progress | None = None,
    jobs: int = 1,
    store: Store = NOTHING,
    replace_sqlc: bool = False,
) -> list[Plan]:
    """Work out every file of every package and what writing it would change; those that others
    share come last. Files that sqlc wrote are in the way unless `replace_sqlc`.

    An error in any query of a package means no files of it at all; with `keep_going`, none of that
    query's own.
    """

    def make(inferred: Inferred, package: PackageConfig, jobs: int) -> Made:
        from sqlwright import making

        return making.make(inferred, package, keep_going, jobs)

    def prepare() -> None:
        from sqlwright import making  # noqa: F401

    command = "generate with errors" if keep_going else "generate"
    made = _outcomes(config, store, command, Made, make, progress, jobs, prepare)
    try:
        shared = _shared(config, made)
    except DiagnosticError as error:
        shared, made = [], [replace(each, files=None) for each in made]
        made[0] = replace(made[0], diagnostics=(*made[0].diagnostics, error.diagnostic))
    outs = (*(package.out for package in config.packages), *(each.folder for each in shared))
    folders = [config.root / out for out in outs]
    plans = [
        _plan(config, package.out, each, replace_sqlc, folders)
        for package, each in zip(config.packages, made, strict=True)
    ]
    unused = unused_by_all([(each.rules, each.unused) for each in made])
    reported = [
        replace(
            plan,
            diagnostics=_reported(
                config, package, (*plan.diagnostics, *(rule.reported() for rule in rules))
            ),
        )
        for package, plan, rules in zip(config.packages, plans, unused, strict=True)
    ]
    return [
        *reported,
        *(_plan(config, each.folder, each, replace_sqlc, folders) for each in shared),
    ]


def _shared(config: Config, made: Sequence[Made]) -> list[Runtime]:
    if all(package.options.runtime is None for package in config.packages):
        return []
    from sqlwright import runtimes  # which few need

    return runtimes.shared_packages(config, made)


def _plan(
    config: Config, out: str, made: Made | Runtime, replace_sqlc: bool, packages: Sequence[Path]
) -> Plan:
    """What the files of a package change on disk; `packages` are the folders of all."""
    folder = config.root / out
    functions, diagnostics = (
        (made.functions, made.diagnostics) if isinstance(made, Made) else (None, ())
    )
    if made.files is None:
        return Plan(out, Changes(folder), functions, diagnostics)
    files = tuple(GeneratedFile(folder / path, text) for path, text in made.files)
    try:
        changes = compare(folder, files, replace_sqlc=replace_sqlc, packages=packages)
    except DiagnosticError as error:
        return Plan(out, Changes(folder), 0, (*diagnostics, error.diagnostic))
    return Plan(out, changes, functions, diagnostics, files)


def inspect(
    config: Config, progress: Progress | None = None, jobs: int = 1, store: Store = NOTHING
) -> list[Inspected]:
    """What was inferred of each package, for people and for programs."""

    def lay_out(one: Inferred, package: PackageConfig, jobs: int) -> Inspected:
        from sqlwright import inspection

        if one.memory is not None:
            one.memory.keep(planned=False)
        return inspection.inspect(one.catalog, one.queries, one.diagnostics, package.options)

    found = _outcomes(config, store, "inspect", Inspected, lay_out, progress, jobs)
    return [
        replace(each, diagnostics=_reported(config, package, each.diagnostics))
        for package, each in zip(config.packages, found, strict=True)
    ]


def _reported(
    config: Config, package: PackageConfig, found: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Reports as the project wants them: in the words of its configuration, with its weights."""
    said = worded_for(config, found)
    return weighed(said, dict(package.diagnostics), strict=config.strict)


def _outcomes(
    config: Config,
    store: Store,
    command: str,
    kind: type[Outcome],
    make: Callable[[Inferred, PackageConfig, int], Outcome],
    progress: Progress | None,
    jobs: int,
    prepare: Callable[[], None] | None = None,
) -> list[Outcome]:
    """What a command makes of every package, now or in an earlier run."""
    texts: list[Sources] = read_texts(config)
    # Reports are about places in files, which must stay the same files in all processes.
    files = _files(texts)
    recall = Recall(store, config, texts)
    packages = [*zip(config.packages, texts, strict=True)]
    keys = [recall.key(command, *each) for each in packages]
    outcomes: dict[int, Outcome | None] = {
        at: recall.find(key, kind) for at, key in enumerate(keys)
    }
    missing = [at for at, outcome in outcomes.items() if outcome is None]
    if not missing:
        return [outcome for outcome in outcomes.values() if outcome is not None]
    # Others most likely have the schema of the first, whose catalog they find made.
    first, others = missing[0], missing[1:]
    with _read_beside(recall, *packages[first], jobs) as reading:
        infer = _inference(recall, told_here(progress), prepare)

        def work_out(at: int, jobs: int = 1, reading: Reading | None = None) -> Outcome:
            outcome = make(infer(*packages[at], jobs, reading), config.packages[at], jobs)
            recall.keep(keys[at], outcome)
            return outcome

        done = [work_out(first, jobs, reading)]
    if are_alike([texts[at].size for at in others], jobs):
        done += in_processes(work_out, others, jobs, shared=files, few=1)
    else:
        done += [work_out(at, jobs) for at in others]
    outcomes.update(zip(missing, done, strict=True))
    return [outcome for outcome in outcomes.values() if outcome is not None]


def _read_beside(
    recall: Recall, package: PackageConfig, sources: Sources, jobs: int
) -> Reading | nullcontext[None]:
    """The queries of a package, as another process begins to read them while this one imports what
    infers them and makes their catalog; None where that is not worth it."""
    from sqlwright.project import reading

    much = jobs > 1 and sources.complete and sources.size >= reading.MUCH
    if not much or recall.knows_queries(package, sources):
        return nullcontext()
    return reading.read_beside(sources, jobs)


def _files(texts: Iterable[Sources]) -> list[SourceFile]:
    return [file for each in texts for file in (*each.schema, *each.queries)]


def verify(
    config: Config,
    package: PackageConfig,
    inferred: Inferred,
    database_url: str | None = None,
    scratch: str | None = None,
    write: bool = False,
    progress: Progress | None = None,
    seed: int = 0,
) -> Verified:
    """Put what was inferred to a real PostgreSQL. Raises NoServerError where there is none."""
    from sqlwright.verification import run  # with asyncio, which no other command needs

    return run.verify(
        run.Request(
            inferred.catalog,
            inferred.queries,
            inferred.read.schema,
            inferred.read.statements,
            inferred.diagnostics,
            package.unknown_functions,
            database_url,
            scratch,
            write,
            seed,
            package.options,
            config.root,
            package.postgresql,
            progress or (lambda done, total: None),
        )
    )
