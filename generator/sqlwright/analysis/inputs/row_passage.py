"""What becomes of rows that come in at one place of a statement, on their way through it.

They go through *apart* where no row that comes out, and nothing that is written, is made of several
of them. The statement is *idle without* them where no row in means no row out and nothing written.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import current_relation, walk_with_views
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.foreign_keys import keys_to
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Function, Relation
from sqlwright.dataclass import dataclass

Place = tree.RangeTableEntry | tree.Query
"""Where rows come in: an entry of FROM, or a query whose select list makes them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """How rows go through a query."""

    apart: bool
    idle: bool


_ELSEWHERE = Passage(apart=False, idle=False)


def passage(query: tree.Query, place: Place) -> Passage:
    """How the rows of a place go through a statement."""
    found = _into(query, place)
    writing = [cte.query for cte in query.ctes if cte.query is not None and cte.query.writes]
    if not writing:
        return found
    return Passage(apart=False, idle=found.idle and all(_into(cte, place).idle for cte in writing))


def _into(query: tree.Query, place: Place) -> Passage:
    if query.command == "insert" and query.source is not None and query is not place:
        return _into(query.source, place)
    if query.set_operation is not None or query.values:
        return _ELSEWHERE
    if query is place:
        found = Passage(apart=True, idle=True)
    else:
        below = [_of_entry(entry, place) for entry in _kept(query.from_nodes)]
        below = [each for each in below if each is not _ELSEWHERE]
        if not below:
            return _ELSEWHERE
        apart = len(below) == 1 and below[0].apart
        found = Passage(apart, any(each.idle for each in below))
    return Passage(found.apart and _keeps_apart(query, place), found.idle and _is_idle(query))


def _of_entry(entry: tree.RangeTableEntry, place: Place) -> Passage:
    if entry is place:
        return Passage(apart=True, idle=True)
    if entry.kind == "subquery" and entry.subquery is not None:
        return _into(entry.subquery, place)
    if entry.kind == "cte" and entry.cte is not None and entry.cte.query is not None:
        found = _into(entry.cte.query, place)
        if found is _ELSEWHERE or entry.cte.references == 1:
            return found
        return Passage(apart=False, idle=found.idle)
    return _ELSEWHERE


def _kept(nodes: tuple[tree.FromNode, ...]) -> Iterator[tree.RangeTableEntry]:
    """The entries without whose row there is none of FROM: those that no outer join extends."""
    for node in nodes:
        if isinstance(node, tree.FromLeaf):
            yield node.entry
            continue
        if node.kind in ("inner", "left"):
            yield from _kept((node.left,))
        if node.kind in ("inner", "right"):
            yield from _kept((node.right,))


def _keeps_apart(query: tree.Query, place: Place) -> bool:
    """Whether rows stay by themselves at one level; groups of the number of the row are of one."""
    if query.limit is not None or query.offset is not None or query.windows:
        return False
    if query.distinct or query.distinct_on or query.grouping_sets:
        return False
    if not query.group_by:
        return not query.has_aggregates and query.having is None
    return any(shows_count(key, place) for key in query.group_by)


def _is_idle(query: tree.Query) -> bool:
    """Whether nothing comes of no rows. Without GROUP BY an aggregate has a row of its own, and
    MERGE may act on rows that the source has not."""
    if query.grouping_sets:
        return all(query.grouping_sets)
    if not query.group_by and (query.has_aggregates or query.having is not None):
        return False
    return all(each.match != "not matched by source" for each in query.merge_branches)


def shows_count(expr: tree.Expr, place: Place) -> bool:
    """Whether an expression is the number that WITH ORDINALITY gives the rows of the place."""
    if not isinstance(expr, tree.Var) or not isinstance(place, tree.RangeTableEntry):
        return False
    entry, number = expr.entry, expr.number
    if entry is place:
        return entry.ordinality and number == len(entry.columns)
    if entry.kind == "join":
        return 0 < number <= len(entry.join_vars) and shows_count(
            entry.join_vars[number - 1], place
        )
    query = entry.subquery if entry.cte is None else entry.cte.query
    if query is None or query.set_operation is not None or not 0 < number <= len(query.output):
        return False
    return shows_count(query.output[number - 1].expr, place)


# Parts


def is_row_wise(catalog: Catalog, query: tree.Query, place: Place) -> bool:
    """Whether a statement through which rows go apart does the same where they come in parts, one
    part after the other in a transaction: save that PostgreSQL refuses or does at random what two
    rows of one part do to one row of the table.

    A row is counted from the beginning of its part, and ORDER BY puts each part in order by itself.
    """
    if query.order_by or any(_counts(part, place) for part in walk(query)):
        return False
    return query.command == "select" or (
        query.command in ("insert", "update", "delete") and writes_by_row(catalog, query)
    )


def _counts(part: object, place: Place) -> bool:
    if not isinstance(part, tree.Var) or not isinstance(place, tree.RangeTableEntry):
        return False
    whole = part.entry is place and part.number <= 0
    return place.ordinality and (whole or (part.entry is place and shows_count(part, place)))


def writes_by_row(catalog: Catalog, query: tree.Query) -> bool:
    """Whether what is written for one row can change nothing of what is done for another."""
    target = query.target_entry
    relation = current_relation(catalog, target) if target is not None else None
    if target is None or relation is None or relation.kind not in ("table", "partitioned table"):
        return False
    tables = _family(catalog, relation)
    if any(_runs_code(catalog, table) for table in tables.values()):
        return False
    if any(_may_look(catalog, part) for part in walk(query)):
        return False
    if any(_is_checked_at_the_end(table, tables) for table in tables.values()):
        return False
    read = _relations_read(catalog, query)
    if any(catalog.get_relation(oid) is None or oid in tables for oid in read):
        return False
    if query.command == "insert":
        return True
    if read and _is_referenced(catalog, tables):
        return False
    return not _reads_what_it_writes(query, target)


def _family(catalog: Catalog, relation: Relation) -> dict[int, Relation]:
    """The table and all that share rows with it."""
    waiting, found = [relation], dict[int, Relation]()
    while waiting:
        each = waiting.pop()
        if each.oid not in found:
            found[each.oid] = each
            waiting += descendants_of(catalog, each.oid)
            waiting += [catalog.relation(parent) for parent in each.parents]
    return found


def _runs_code(catalog: Catalog, table: Relation) -> bool:
    """Whether writing to a table runs code of the user's, which may look at what is in it."""
    if table.triggers or table.rules or table.row_security:
        return True
    stored = [column.expression for column in table.columns]
    stored += [each.expression for each in table.constraints]
    return any(
        _may_look(catalog, part)
        for expr in stored
        if isinstance(expr, tree.Expr)
        for part in walk(expr)
    )


def _may_look(catalog: Catalog, part: object) -> bool:
    """Whether a call may read tables: one of the user's functions that is not immutable."""
    match part:
        case tree.FuncCall(function=function) | tree.Aggregate(function=function):
            called: Function | None = function
        case tree.OpCall(operator=operator) | tree.ArrayOp(operator=operator):
            called = catalog.get_function(operator.function)
        case tree.Cast(function=function):
            called = function
        case _:
            return False
    return called is not None and not is_own(called) and called.volatility != "immutable"


def _is_checked_at_the_end(table: Relation, tables: dict[int, Relation]) -> bool:
    """Whether a constraint looks at all that a statement has written: a key that can be deferred,
    a reference to the table itself."""
    return any(
        (each.deferrable and each.kind in ("primary key", "unique", "exclusion"))
        or (each.kind == "foreign key" and each.referenced in tables)
        for each in table.constraints
    )


def _is_referenced(catalog: Catalog, tables: dict[int, Relation]) -> bool:
    """Whether a change may go on to another table."""
    return any(keys_to(catalog, oid) for oid in tables)


def _relations_read(catalog: Catalog, query: tree.Query) -> set[int]:
    """What is read apart from the row that is written. A view reads what it is made of."""
    return {
        part.relation.oid
        for part in walk_with_views(catalog, query)
        if isinstance(part, tree.RangeTableEntry) and part.relation is not None
        if part is not query.target_entry and not part.is_excluded
    }


def _reads_what_it_writes(query: tree.Query, target: tree.RangeTableEntry) -> bool:
    """Whether an UPDATE chooses its rows by columns that it assigns."""
    written = {item.column.name for item in query.assignments}
    conditions = [query.where] if query.where is not None else []
    chosen = [part for each in (*conditions, *query.from_nodes) for part in walk(each)]
    return bool(written) and any(
        isinstance(part, tree.Var)
        and part.entry is target
        and (part.number <= 0 or target.columns[part.number - 1].name in written)
        for part in chosen
    )
