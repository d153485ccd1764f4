"""What a verification found, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.verification.run import Verified


def report(
    found: Verified, queries: Sequence[QueryFacts], *, verbose: bool = False
) -> Iterator[str]:
    """Lines for people: what the server lacks, every difference and refutation, then the totals."""
    yield from _problems(found)
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
    missing = sorted({item.extension for item in found.problems if item.extension})
    if missing:
        yield (
            f"the server does not have {', '.join(missing)}: what needs "
            f"{'it' if len(missing) == 1 else 'them'} was not verified"
        )
    for item in found.problems:
        if item.extension is None:
            line, _ = item.span.source.position(item.span.start)
            yield f"{item.span.source.path}:{line}: the server refuses the schema: {item.message}"


def _seen(found: Verified, queries: Sequence[QueryFacts]) -> Iterator[str]:
    for facts in queries:
        seen = found.seen.get(facts.name)
        if seen is None:
            continue
        if seen.not_run is not None:
            yield f"{facts.name}: not run: {seen.not_run.splitlines()[0]}"
            continue
        yield f"{facts.name}: {seen.runs} runs, {seen.rows} rows, {seen.failures} refused"
        for column, nulls in zip(facts.columns, seen.nulls, strict=True):
            claim = "NULL" if column.nullable else "NOT NULL"
            yield f"  {column.name} {claim}: NULL in {nulls} of {seen.rows} rows"


def _totals(found: Verified) -> str:
    runs = sum(seen.runs for seen in found.seen.values())
    rows = sum(seen.rows for seen in found.seen.values())
    return (
        f"{found.prepared} queries prepared, {len(found.differences)} differences, "
        f"{len(found.refused)} refused; {runs} runs saw {rows} rows, "
        f"{len(found.witnesses)} refutations"
    )
