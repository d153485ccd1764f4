"""What a verification found, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.dataclass import replace
from sqlwright.diagnostics.wording import counted
from sqlwright.source import Span
from sqlwright.verification.calls.supervision import Called, Fault
from sqlwright.verification.causes import cause_of
from sqlwright.verification.quoting import quoted
from sqlwright.verification.rules import RuleUse, rule_uses
from sqlwright.verification.run import Verified
from sqlwright.verification.violations import expected, never_violated
from sqlwright.verification.witnesses import Witness

_SHOWN = 60
_NAMED = 5


def report(
    found: Verified, queries: Sequence[QueryFacts], *, verbose: bool = False
) -> Iterator[str]:
    """Lines for people: what the server lacks, every difference and refutation, then the totals."""
    by_name = {facts.name: facts for facts in queries}
    if found.older is not None:
        server, project = found.older
        yield (
            f"the server is PostgreSQL {server}, and the project is for {project}: what is new "
            "since then shows as a difference"
        )
    yield from _problems(found, verbose)
    for refusal in found.accepted:
        where = refusal.query or _place(refusal.labels[0].span)
        yield f"{where}: PostgreSQL accepts what was refused: {refusal.message}"
    for item in found.differences:
        yield f"{item.query}: {item.what} is {item.reported} to PostgreSQL, {item.inferred} to us"
    for name, annotation in (found.called.unknown if found.called else {}).items():
        yield f"{name}: not called: no value of {annotation} is known"
    for slow in found.called.slow.values() if found.called else ():
        yield from _fault(replace(slow, message=f"not compared: {slow.message}"))
    for fault in found.faults:
        yield from _fault(fault)
    for witness in found.witnesses:
        yield from _witness(witness, by_name[witness.query])
    if verbose:
        yield from _seen(found, queries)
        if found.called is not None:
            yield from _returned(found.called)
    yield from _totals(found, queries, verbose)


def _problems(found: Verified, verbose: bool) -> Iterator[str]:
    """What the server lacks or refuses, each with all that follows from it."""
    if found.missing:
        lacks = f"the server does not have {', '.join(found.missing)}"
        left_out = f"{counted(len(found.left_out), 'query was', 'queries were')} not verified"
        yield (
            f"{lacks}, so that {left_out}; name a server that does with --scratch"
            if found.left_out
            else f"{lacks}, which no query needed; name a server that does with --scratch for all "
            "of the schema"
        )
    reports = [(item, "not loaded") for item in found.not_loaded]
    reports += [(item, "the server refuses the schema") for item in found.problems]
    queries = [(name, message, "not verified") for name, message in found.left_out]
    queries += [(name, message, "PostgreSQL refuses the query") for name, message in found.refused]
    causes = [cause_of(message, found.loaded) for _, message, _ in queries]
    for problem, words in reports:
        if problem.cause is None or verbose:
            yield f"{_place(problem.span)}: {words}: {problem.message.splitlines()[0]}"
        statements = [_place(item.span) for item, _ in reports if item.cause is problem]
        names = [query[0] for query, cause in zip(queries, causes, strict=True) if cause is problem]
        yield from _consequences(statements, names)
    shown = [problem for problem, _ in reports]
    for (name, message, words), cause in zip(queries, causes, strict=True):
        if cause not in shown or verbose:
            yield f"{name}: {words}: {message.splitlines()[0]}"


def _consequences(statements: Sequence[str], queries: Sequence[str]) -> Iterator[str]:
    kinds = []
    if statements:
        kinds.append(f"{counted(len(statements), 'statement')} ({_some(statements)})")
    if queries:
        kinds.append(f"{counted(len(queries), 'query', 'queries')} ({_some(queries)})")
    if kinds:
        verb = "follows" if len(statements) + len(queries) == 1 else "follow"
        yield f"  from which {verb} {' and '.join(kinds)}"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} …"


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
    if witness.old:
        yield "  as stored before a function was replaced or a column was NOT NULL"
    if witness.beside:
        yield f"  after another transaction, which it waited for, did {witness.beside}"
    yield "  from these rows:" if witness.inserts else "  from empty tables"
    for statement in witness.inserts:
        yield f"    {statement};"


def _fault(fault: Fault) -> Iterator[str]:
    """What a call showed, and the call."""
    yield f"{fault.query}: {fault.message}" if fault.query else fault.message
    if fault.call:
        yield f"  called {fault.place} as {fault.call}" if fault.place else f"  {fault.call}"


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


def _returned(called: Called) -> Iterator[str]:
    """For each function with refused calls how many returned, and why others did not."""
    for query, refused in called.refused.items():
        returned = counted(called.returned.get(query, 0), "call")
        yield f"{query}: {returned} returned, {refused} refused; last: {called.refusals[query]}"


def _calls(called: Called, faults: int) -> str:
    made = sum(called.returned.values()) + sum(called.refused.values()) + faults
    silent = called.functions - len(called.returned)
    without = f", {silent} of them never with a result" if silent else ""
    return (
        f"{counted(called.functions, 'function')} called {counted(made, 'time')}{without}, "
        f"{counted(faults, 'fault')}"
    )


def _rules(uses: Sequence[RuleUse], verbose: bool) -> Iterator[str]:
    """The rules of proof that claims rest on: a silent one proves nothing by not being refuted."""
    silent = [use.name for use in uses if not use.tried]
    if verbose:
        for use in uses:
            yield f"rule: {use.name}: {use.tried} of {counted(use.claims, 'claim')} put to a test"
    if uses:
        names = f": {'; '.join(silent)}" if silent else ""
        yield (
            f"{counted(len(uses) - len(silent), 'rule')} of proof put to a test, "
            f"{len(silent)} not{names}"
        )


def _violations(found: Verified, queries: Sequence[QueryFacts], verbose: bool) -> Iterator[str]:
    """The constraints that queries are said to violate, and which of them were."""
    if not found.raises:
        return
    said = [(facts, found.seen[facts.name]) for facts in queries if facts.name in found.seen]
    if verbose:
        for facts, seen in said:
            missed = never_violated(facts, seen.violated)
            if missed:
                yield f"{facts.name}: never violated: {', '.join(missed)}"
    total = sum(len(expected(facts)) for facts, _ in said)
    never = sum(len(never_violated(facts, seen.violated)) for facts, seen in said)
    yield f"{total - never} of {counted(total, 'constraint')} that can be violated were"


def _totals(found: Verified, queries: Sequence[QueryFacts], verbose: bool) -> Iterator[str]:
    both = f", {found.refused_by_both} by both" if found.refused_by_both else ""
    if found.variants:
        compared = sum(seen.compared for seen in found.seen.values())
        yield (
            f"{counted(found.variants, 'variant')} of queries prepared, "
            f"{counted(compared, 'run')} held to the whole query"
        )
    yield (
        f"{counted(found.prepared, 'query', 'queries')} prepared, "
        f"{counted(len(found.differences), 'difference')}, "
        f"{len(found.refused)} refused{both}"
    )
    if not found.ran:
        yield "no query was run; --write runs them, in transactions that are rolled back"
        return
    if found.called is not None:
        yield _calls(found.called, len(found.faults))
    if found.waits:
        yield f"{counted(found.waits, 'run')} waited for another transaction"
    yield from _rules(rule_uses(queries, found.seen), verbose)
    yield from _violations(found, queries, verbose)
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
