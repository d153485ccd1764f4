"""CREATE VIEW, CREATE MATERIALIZED VIEW, CREATE TABLE AS and SELECT INTO."""

from __future__ import annotations

from sqlwright.catalog.analyser import AnalysedQuery
from sqlwright.catalog.ddl.context import Context, Handler, Place
from sqlwright.catalog.ddl.creation import (
    check_relation_name,
    creation_schema,
    with_column_dependencies,
    with_new_relation,
)
from sqlwright.catalog.ddl.storage_parameters import check_table_parameters, check_view_parameters
from sqlwright.catalog.ddl.tables.columns import check_attribute_type
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.lookup import TEMPORARY
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.traversal import writes_in_with


def create_view(context: Context, statement: ddl.CreateView) -> Context:
    """CREATE [OR REPLACE] [RECURSIVE] VIEW."""
    place = statement.relation
    query = _recursive(statement) if statement.recursive else statement.query
    names = tuple(each.parts[0] for each in statement.columns)
    analysed = context.query(query, names)
    if writes_in_with(query):
        context.refuse(
            "feature-not-supported",
            "views must not contain data-modifying statements in WITH",
            place,
            sqlstate="0A000",
        )
    reason = context.analyse.why_not_checked(analysed.stored) if statement.checked else None
    if reason is not None:
        context.refuse(
            "feature-not-supported",
            "WITH CHECK OPTION is supported only on automatically updatable views",
            place,
            sqlstate="0A000",
            hint=reason,
        )
    check_view_parameters(context, statement.parameters)
    _check_names(context, statement, analysed.columns)
    _check_collations(context, statement, analysed)
    if statement.persistence == "unlogged":
        message = "views cannot be unlogged because they do not have storage"
        context.refuse("syntax-error", message, place, sqlstate="42601")
    temporary = statement.persistence == "temporary" or _uses_temporary(context, analysed)
    schema = creation_schema(context, place.name, place, temporary=temporary)
    name = place.name[-1]
    existing = context.catalog.find_relation((schema, name))
    if existing is not None and statement.replace:
        return _replaced(context, existing, analysed, place)
    context = check_relation_name(context, schema, name, place)
    relation = Relation(
        oid=0,
        schema=schema,
        name=name,
        kind="view",
        columns=_columns(context, analysed, place),
        stored=analysed.stored,
        temporary=temporary,
        persistence="temporary" if temporary else "permanent",
        declared=context.span(place),
    )
    catalog, made = with_new_relation(context.catalog, relation)
    return _with_references(context.at(catalog), made, analysed)


def _recursive(statement: ddl.CreateView) -> nodes.Select:
    """`CREATE RECURSIVE VIEW v (a) AS q` is `WITH RECURSIVE v (a) AS (q) SELECT a FROM v`."""
    name = statement.relation.name[-1]
    start, end = statement.query.start, statement.query.end
    columns = tuple(each.parts[0] for each in statement.columns)
    cte = nodes.CommonTableExpr(
        start=start,
        end=end,
        name=name,
        columns=columns,
        materialized=None,
        query=statement.query,
    )
    targets = tuple(
        nodes.Target(
            start=each.start,
            end=each.end,
            expr=nodes.ColumnRef(start=each.start, end=each.end, fields=each.parts),
        )
        for each in statement.columns
    )
    return nodes.Select(
        start=start,
        end=end,
        targets=targets,
        from_=(nodes.RangeVar(start=start, end=end, name=(name,)),),
        with_=nodes.With(start=start, end=end, recursive=True, ctes=(cte,)),
    )


def _check_names(context: Context, statement: ddl.CreateView, columns: tuple[Column, ...]) -> None:
    if len(statement.columns) > len(columns):
        context.refuse(
            "too-many-column-names",
            "CREATE VIEW specifies more column names than columns",
            statement.columns[len(columns)],
            sqlstate="42601",
        )
    _check_distinct(context, columns, statement.relation)


def _check_distinct(context: Context, columns: tuple[Column, ...], place: Place) -> None:
    seen: set[str] = set()
    for column in columns:
        if column.name in seen:
            context.refuse(
                "duplicate-column",
                f'column "{column.name}" specified more than once',
                place,
                sqlstate="42701",
            )
        seen.add(column.name)


def _uses_temporary(context: Context, analysed: AnalysedQuery) -> bool:
    """A view over something temporary is temporary itself."""
    for address in analysed.references:
        if address.kind == "relation":
            relation = context.catalog.get_relation(address.oid)
            if relation is not None and relation.schema == TEMPORARY:
                return True
    return False


def _columns(context: Context, analysed: AnalysedQuery, place: Place) -> tuple[Column, ...]:
    for column in analysed.columns:
        check_attribute_type(context, column.name, column.type, place)
    return tuple(
        replace(each, number=number) for number, each in enumerate(analysed.columns, start=1)
    )


def _with_references(context: Context, view: Relation, analysed: AnalysedQuery) -> Context:
    address = Address("relation", view.oid)
    dependencies = context.catalog.dependencies.without_dependent(address)
    dependencies = dependencies.add(address, analysed.references)
    return context.at(context.catalog.with_dependencies(dependencies))


def _replaced(context: Context, view: Relation, analysed: AnalysedQuery, place: Place) -> Context:
    """CREATE OR REPLACE VIEW may add columns at the end, and change nothing else of them."""
    if view.kind != "view":
        context.refuse("wrong-object-type", f'"{view.name}" is not a view', place, sqlstate="42809")
    columns = _columns(context, analysed, place)
    if len(columns) < len(view.columns):
        context.refuse(
            "invalid-table-definition", "cannot drop columns from view", place, sqlstate="42P16"
        )
    catalog = context.catalog
    for old, new in zip(view.columns, columns, strict=False):
        if old.name != new.name:
            context.refuse(
                "invalid-table-definition",
                f'cannot change name of view column "{old.name}" to "{new.name}"',
                place,
                sqlstate="42P16",
                hint="Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.",
            )
        if (old.type, old.modifier) != (new.type, new.modifier):
            before = catalog.display_type(old.type, old.modifier)
            after = catalog.display_type(new.type, new.modifier)
            context.refuse(
                "invalid-table-definition",
                f'cannot change data type of view column "{old.name}" from {before} to {after}',
                place,
                sqlstate="42P16",
            )
    kept = tuple(
        replace(new, default=old.default, comment=old.comment)
        for old, new in zip(view.columns, columns, strict=False)
    )
    changed = replace(
        view,
        columns=kept + columns[len(view.columns) :],
        last_number=len(columns),
        stored=analysed.stored,
    )
    catalog = with_column_dependencies(catalog.with_relation(changed), changed)
    return _with_references(context.at(catalog), changed, analysed)


def _check_materialized(
    context: Context, statement: nodes.CreateTableAs, analysed: AnalysedQuery
) -> None:
    message = ""
    if writes_in_with(statement.query):
        message = "materialized views must not use data-modifying statements in WITH"
    elif _uses_temporary(context, analysed):
        message = "materialized views must not use temporary tables or views"
    if message:
        context.refuse("feature-not-supported", message, statement.relation, sqlstate="0A000")


def _check_collations(
    context: Context, statement: ddl.CreateView | nodes.CreateTableAs, analysed: AnalysedQuery
) -> None:
    """A column keeps a collation, so that there must be one."""
    for at in sorted(analysed.uncollated):
        column = analysed.columns[at]
        if isinstance(statement, ddl.CreateView):
            message = f'could not determine which collation to use for view column "{column.name}"'
        else:
            message = (
                f'no collation was derived for column "{column.name}" with collatable type '
                f"{context.catalog.display_type(column.type)}"
            )
        context.refuse(
            "collation-mismatch",
            message,
            statement.relation,
            sqlstate="42P22",
            hint="Use the COLLATE clause to set the collation explicitly.",
        )


def create_table_as(context: Context, statement: nodes.CreateTableAs) -> Context:
    """CREATE TABLE AS and CREATE MATERIALIZED VIEW."""
    place = statement.relation
    schema = creation_schema(context, place.name, place, temporary=statement.temporary)
    name = place.name[-1]
    existing = context.catalog.find_relation((schema, name))
    if existing is not None and statement.if_not_exists:
        return context
    analysed = context.query(statement.query, ())
    if statement.materialized:
        _check_materialized(context, statement, analysed)
    if len(statement.columns) > len(analysed.columns):
        context.refuse(
            "too-many-column-names", "too many column names were specified", place, sqlstate="42601"
        )
    named = tuple(
        replace(each, name=statement.columns[index]) if index < len(statement.columns) else each
        for index, each in enumerate(analysed.columns)
    )
    analysed = replace(analysed, columns=named)
    check_table_parameters(context, statement.parameters)
    _check_collations(context, statement, analysed)
    _check_distinct(context, named, place)
    context = check_relation_name(context, schema, name, place)
    temporary = statement.temporary or schema == TEMPORARY
    relation = Relation(
        oid=0,
        schema=schema,
        name=name,
        kind="materialized view" if statement.materialized else "table",
        columns=_columns(context, analysed, place),
        stored=analysed.stored if statement.materialized else None,
        temporary=temporary,
        persistence="temporary" if temporary else "permanent",
        declared=context.span(place),
    )
    catalog, made = with_new_relation(context.catalog, relation)
    if not statement.materialized:
        return context.at(catalog)
    catalog = replace(catalog, materialized=(*catalog.materialized, made.oid))
    return _with_references(context.at(catalog), made, analysed)


def select_into(context: Context, statement: ddl.SelectInto) -> Context:
    """SELECT ... INTO table."""
    into, query = without_into(statement.query)
    if into is None:
        return context
    return create_table_as(
        context,
        nodes.CreateTableAs(
            start=statement.start,
            end=statement.end,
            relation=into.relation,
            columns=(),
            query=query,
            temporary=into.temporary,
        ),
    )


def without_into(query: nodes.Select) -> tuple[nodes.IntoClause | None, nodes.Select]:
    """The INTO clause of a query, and the query without it."""
    if query.left is None:
        return query.into, replace(query, into=None)
    into, left = without_into(query.left)
    return into, replace(query, left=left)


HANDLERS: dict[type, Handler] = {
    ddl.CreateView: create_view,
    nodes.CreateTableAs: create_table_as,
    ddl.SelectInto: select_into,
}
