"""What a verification found, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.diagnostics.wording import counted
from sqlwright.verification.run import Verified


def report(
    found: Verified, queries: Sequence[QueryFacts], *, verbose: bool = False
) -> Iterator[str]:
    """Lines for people: what the server lacks, every difference and refutation, then the totals."""
    yield from _problems(found)
    for name, message in found.left_out:
        yield f"{name}: not verified: {message.splitlines()[0]}"
    for name, message in found.refused:
        yield f"{name}: PostgreSQL refuses the query: {message.splitlines()[0]}"
    for item in found.differences:
        yield f"{item.query}: {item.what} is {item.reported} to PostgreSQL, {item.inferred} to us"
    for witness in found.witnesses:
        arguments = ", ".join(witness.arguments) or "no arguments"
        yield f"{witness.query}: refuted: {witness.claim}; with {arguments}"
    if verbose:
        yield from _seen(found, queries)
    yield _totals(found)


def _problems(found: Verified) -> Iterator[str]:
    missing = found.missing_extensions
    if missing:
        what = "the extension" if len(missing) == 1 else "the extensions"
        yield (
            f"the server does not have {what} {', '.join(missing)}, so that "
            f"{counted(len(found.left_out), 'query was', 'queries were')} not verified; name a "
            "server that does with --database-url"
        )
    for item in found.schema_refusals:
        line, _ = item.span.source.position(item.span.start)
        message = item.message.splitlines()[0]
        yield f"{item.span.source.path}:{line}: the server refuses the schema: {message}"


def _seen(found: Verified, queries: Sequence[QueryFacts]) -> Iterator[str]:
    for facts in queries:
        seen = found.seen.get(facts.name)
        if seen is None:
            continue
        if seen.not_run is not None:
            yield f"{facts.name}: not run: {seen.not_run.splitlines()[0]}"
            continue
        runs, rows = counted(seen.runs, "run"), counted(seen.rows, "row")
        yield f"{facts.name}: {runs}, {rows}, {seen.failures} refused"
        for column, nulls in zip(facts.columns, seen.nulls, strict=True):
            claim = "NULL" if column.nullable else "NOT NULL"
            yield f"  {column.name} {claim}: NULL in {nulls} of {rows}"


def _totals(found: Verified) -> str:
    runs = sum(seen.runs for seen in found.seen.values())
    rows = sum(seen.rows for seen in found.seen.values())
    return (
        f"{counted(found.prepared, 'query', 'queries')} prepared, "
        f"{counted(len(found.differences), 'difference')}, {len(found.refused)} refused; "
        f"{counted(runs, 'run')} saw {counted(rows, 'row')}, "
        f"{counted(len(found.witnesses), 'refutation')}"
    )
