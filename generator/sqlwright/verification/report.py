"""What a verification found, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.diagnostics.wording import counted
from sqlwright.source import Span
from sqlwright.verification.quoting import quoted
from sqlwright.verification.run import Verified
from sqlwright.verification.witnesses import Witness

_SHOWN = 60


def report(
    found: Verified, queries: Sequence[QueryFacts], *, verbose: bool = False
) -> Iterator[str]:
    """Lines for people: what the server lacks, every difference and refutation, then the totals."""
    by_name = {facts.name: facts for facts in queries}
    yield from _problems(found)
    for name, message in found.left_out:
        yield f"{name}: not verified: {message.splitlines()[0]}"
    for name, message in found.refused:
        yield f"{name}: PostgreSQL refuses the query: {message.splitlines()[0]}"
    for refusal in found.accepted:
        where = refusal.query or _place(refusal.labels[0].span)
        yield f"{where}: PostgreSQL accepts what was refused: {refusal.message}"
    for item in found.differences:
        yield f"{item.query}: {item.what} is {item.reported} to PostgreSQL, {item.inferred} to us"
    for witness in found.witnesses:
        yield from _witness(witness, by_name[witness.query])
    if verbose:
        yield from _seen(found, queries)
    yield from _totals(found, queries)


def _problems(found: Verified) -> Iterator[str]:
    if found.missing:
        yield (
            f"the server does not have {', '.join(found.missing)}, so that "
            f"{counted(len(found.left_out), 'query was', 'queries were')} not verified; name a "
            "server that does with --database-url"
        )
    for item in found.not_loaded:
        yield f"{_place(item.span)}: not loaded: {item.message.splitlines()[0]}"
    for item in found.problems:
        message = item.message.splitlines()[0]
        yield f"{_place(item.span)}: the server refuses the schema: {message}"


def _place(span: Span) -> str:
    line, _ = span.source.position(span.start)
    return f"{span.source.path}:{line}"


def _witness(witness: Witness, facts: QueryFacts) -> Iterator[str]:
    """A refutation, and all that is needed to see it again."""
    yield f"{witness.query}: refuted: {witness.claim}"
    arguments = zip(facts.parameters, witness.arguments, strict=True)
    given = ", ".join(f"${item.position} {item.name} = {quoted(text)}" for item, text in arguments)
    yield f"  with {given}" if given else "  without arguments"
    if witness.came is not None:
        yield f"  came {counted(witness.came, 'row')}"
    elif witness.row:
        shown = ", ".join(f"{name} = {_shortened(text)}" for name, text in witness.row)
        yield f"  came the row {shown}"
    yield "  from these rows:" if witness.inserts else "  from empty tables"
    for statement in witness.inserts:
        yield f"    {statement};"


def _shortened(text: str | None) -> str:
    if text is None:
        return "NULL"
    return quoted(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _seen(found: Verified, queries: Sequence[QueryFacts]) -> Iterator[str]:
    for facts in queries:
        seen = found.seen.get(facts.name)
        if seen is None:
            continue
        if seen.not_run is not None:
            yield f"{facts.name}: not run: {seen.not_run.splitlines()[0]}"
            continue
        last = f"; last: {seen.last_failure.splitlines()[0]}" if seen.last_failure else ""
        runs, rows = counted(seen.runs, "run"), counted(seen.rows, "row")
        yield f"{facts.name}: {runs}, {rows}, {seen.failures} refused{last}"
        for column, nulls in zip(facts.columns, seen.nulls, strict=True):
            claim = "NULL" if column.nullable else "NOT NULL"
            yield f"  {column.name} {claim}: NULL in {nulls} of {rows}"


def _totals(found: Verified, queries: Sequence[QueryFacts]) -> Iterator[str]:
    both = f", {found.refused_by_both} by both" if found.refused_by_both else ""
    yield (
        f"{counted(found.prepared, 'query', 'queries')} prepared, "
        f"{counted(len(found.differences), 'difference')}, "
        f"{len(found.refused)} refused{both}"
    )
    if not found.ran:
        yield "no query was run; --write runs them, in transactions that are rolled back"
        return
    runs = sum(seen.runs for seen in found.seen.values())
    rows = sum(seen.rows for seen in found.seen.values())
    columns = [
        (column.nullable, nulls, found.seen[facts.name].rows)
        for facts in queries
        if facts.name in found.seen
        for column, nulls in zip(facts.columns, found.seen[facts.name].nulls, strict=True)
    ]
    nullable = [nulls for may, nulls, _ in columns if may]
    yield (
        f"{counted(runs, 'run')} saw {counted(rows, 'row')} and "
        f"{sum(rows > 0 for _, _, rows in columns)} of {counted(len(columns), 'column')}, "
        f"a NULL in {sum(nulls > 0 for nulls in nullable)} of {len(nullable)} that may be NULL, "
        f"{counted(len(found.witnesses), 'refutation')}"
    )
