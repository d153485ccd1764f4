"""`-- @rows`: the arrays of one `unnest` as rows that come in side by side.

Nothing of the SQL changes. What is found here is which parameters are the columns of those rows,
and what holds of the statement as each row goes through it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import InputRows, Parameter
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.inputs.row_passage import Place, is_row_wise, passage, shows_count
from sqlwright.analysis.row_counts.cardinality import Cardinality
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import Span
from sqlwright.sql import nodes
from sqlwright.sql.statements import QueryStatement, Word

_NO_ROWS = ("copyfrom", "batchexec", "batchmany", "batchone")


@dataclass(frozen=True, slots=True)
class Unnesting:
    """One `unnest`, or those of one select list, which PostgreSQL steps through together (manual
    9.26, 38.5.9): where its rows come in, and the numbers of the parameters. `others` is where
    something else beside them makes rows too."""

    place: Place
    numbers: tuple[int, ...]
    span: tuple[int, int]
    others: bool = False


def rows_that_come_in(
    catalog: Catalog, statement: QueryStatement, query: tree.Query
) -> Unnesting | None:
    """The unnest whose arrays `-- @rows` is about; None without the word. Raises DiagnosticError
    `invalid-input-rows` where there is none, or more than one, or one that may be padded."""
    word = next((each for each in statement.words if each.name == "rows"), None)
    if word is None:
        return None
    if word.said.text:
        raise _refused(
            statement,
            "@rows takes no names",
            word.said,
            "it is about the arrays of the query's unnest, all of them",
        )
    if statement.annotation.command in _NO_ROWS:
        raise _refused(
            statement,
            f"@rows sends its rows in one statement, :{statement.annotation.command} in many",
            statement.annotation.command_span,
            "make it :exec, :execrows or :many, or leave out @rows",
        )
    found = list(_unnestings(catalog, query))
    everything = {number for each in found for number in each.numbers}
    whole = [each for each in found if everything <= set(each.numbers)]
    if not whole:
        raise _none_or_several(statement, word, found)
    chosen = next((each for each in whole if not each.others), None)
    if chosen is None:
        raise _refused(
            statement,
            "something beside the parameters makes rows, so that these may be padded with NULL",
            Span(statement.source, *whole[0].span),
            "give it parameters alone, and join the rest",
        )
    return chosen


def as_columns(
    statement: QueryStatement, unnesting: Unnesting | None, parameters: Sequence[Parameter]
) -> tuple[Parameter, ...]:
    """The parameters, in which arrays of the rows are never None themselves: what may be is a
    value of a row. Raises DiagnosticError for arrays of arrays, which unnest takes apart."""
    if unnesting is None:
        return tuple(parameters)
    made = []
    for item in parameters:
        if item.position in unnesting.numbers:
            if item.dimensions > 1:
                raise _refused(
                    statement,
                    f"unnest takes arrays of arrays apart, so that {item.name} has no value for "
                    "each row",
                    item.span or Span(statement.source, *unnesting.span),
                    "send an array of a composite type that has the array as a field, or jsonb",
                )
            may_hold = item.element_nullable or item.nullable
            item = replace(item, nullable=False, element_nullable=may_hold)
        made.append(item)
    return tuple(made)


def input_rows(
    catalog: Catalog, statement: QueryStatement, query: tree.Query, unnesting: Unnesting | None
) -> InputRows | None:
    """What holds of the rows on their way through the statement."""
    if unnesting is None:
        return None
    place = unnesting.place
    through = passage(query, place)
    facts = InputRows(
        unnesting.numbers,
        row_wise=through.apart and is_row_wise(catalog, query, place),
        idle_without=through.idle,
    )
    if not through.apart or not isinstance(place, tree.RangeTableEntry):
        return facts
    column = next(
        (at for at, each in enumerate(query.output) if shows_count(each.expr, place)), None
    )
    counted = Cardinality(catalog, one_row=place)
    if column is None or not counted.at_most_one_row(query):
        return facts
    return replace(facts, count_column=column, each_returns=counted.surely_one_row(query))


def duplicate_advice(finished: Finished) -> Iterator[Diagnostic]:
    """A warning for an upsert of rows of which two may have one key: PostgreSQL refuses to update
    a row twice in one statement (INSERT, ON CONFLICT)."""
    statement, query, rows = finished.statement, finished.query, finished.input_rows
    conflict = query.on_conflict
    written = statement.tree.on_conflict if isinstance(statement.tree, nodes.Insert) else None
    if rows is None or conflict is None or written is None or conflict.action != "update":
        return
    if any(_merges_duplicates(part) for part in walk(query) if isinstance(part, tree.Query)):
        return
    columns = (each.expr for each in written.elements)
    names = [each.fields[-1] for each in columns if isinstance(each, nodes.ColumnRef)]
    key = ", ".join(names) or "the key"
    yield Diagnostic(
        "duplicate-input-rows",
        "warning",
        f"two rows of one {key} make the whole statement fail: ON CONFLICT DO UPDATE affects "
        "no row a second time",
        (Label(Span(statement.source, written.start, written.end)),),
        query=statement.annotation.name,
        help=f"keep one of each in the query: SELECT DISTINCT ON ({key}) ... ORDER BY {key}, n "
        "DESC keeps the last, where n counts WITH ORDINALITY",
    )


def _merges_duplicates(query: tree.Query) -> bool:
    return bool(query.distinct or query.distinct_on or query.group_by)


# Where rows come in


def _unnestings(catalog: Catalog, query: tree.Query) -> Iterator[Unnesting]:
    for part in walk(query):
        if isinstance(part, tree.RangeTableEntry) and part.kind == "function":
            calls = [_inside(item.call) for item in part.functions]
            yield from _together(catalog, part, calls)
        elif isinstance(part, tree.Query):
            made = [
                each
                for expr in _select_list(part)
                for each in walk(expr, not_into_queries)
                if isinstance(each, tree.SetReturning)
            ]
            yield from _together(catalog, part, [_inside(each) for each in made])


def _together(catalog: Catalog, place: Place, calls: Sequence[tree.Expr]) -> Iterator[Unnesting]:
    numbers = [_array_parameter(catalog, call) for call in calls]
    found = tuple(dict.fromkeys(number for number in numbers if number))
    if found:
        span = (min(each.start for each in calls), max(each.end for each in calls))
        yield Unnesting(place, found, span, others=not all(numbers))


def _select_list(query: tree.Query) -> Iterator[tree.Expr]:
    """The expressions that a row of the query is made of."""
    yield from (target.expr for target in query.targets)
    if query.command == "insert" and query.source is None:
        yield from (item.value for item in query.assignments)
        for row in query.insert_rows if len(query.insert_rows) > 1 else ():
            yield from row


def _inside(call: tree.Expr) -> tree.Expr:
    return call.call if isinstance(call, tree.SetReturning) else call


def _array_parameter(catalog: Catalog, call: tree.Expr) -> int:
    """The number of the parameter that is unnested, 0 for any other call."""
    if not isinstance(call, tree.FuncCall) or len(call.args) != 1:
        return 0
    if not is_function(call.function, "unnest"):
        return 0
    array = call.args[0]
    if not catalog.is_array(array.type):
        return 0
    while isinstance(array, tree.Cast | tree.Collate):
        array = array.operand
    return array.number if isinstance(array, tree.Param) else 0


# Reports


def _none_or_several(
    statement: QueryStatement, word: Word, found: Sequence[Unnesting]
) -> DiagnosticError:
    if not found:
        return _refused(
            statement,
            "@rows is about the arrays of an unnest, and the query unnests no parameter",
            word.span,
            "write FROM unnest(@a::int[], @b::text[]) AS u (a, b), or leave out @rows",
        )
    first, *others = (Span(statement.source, *each.span) for each in found)
    error = _refused(
        statement,
        "@rows is about the arrays of one unnest, and the query has several of them",
        word.span,
        "unnest(a, b) takes all arrays at once",
    )
    labels = (Label(first, "one is here"), *(Label(each, "and one here") for each in others))
    return DiagnosticError(replace(error.diagnostic, labels=(*error.diagnostic.labels, *labels)))


def _refused(statement: QueryStatement, message: str, span: Span, help: str) -> DiagnosticError:
    return DiagnosticError(
        Diagnostic(
            "invalid-input-rows",
            "error",
            message,
            (Label(span),),
            help=help,
            query=statement.annotation.name,
        )
    )
