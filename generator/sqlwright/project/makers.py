"""Tables that refused queries look for, and the statements of query files that would make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlwright.analysis.literals.names import qualified_name
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql import ddl_nodes, nodes
from sqlwright.sql.annotation.annotations import next_annotation_line, read_annotation
from sqlwright.sql.grammar.parser import parse_ddl
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import Stretch, split_statements
from sqlwright.sql.statements import Annotation

_MAKING = ("create", "into")


@dataclass(frozen=True, slots=True)
class _Maker:
    """A statement of a query file that makes a relation; without an annotation nothing runs it."""

    relation: nodes.RangeVar
    source: SourceFile
    annotation: Annotation | None
    temporary: bool


def with_makers(
    sources: Iterable[SourceFile], diagnostics: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """The reports, in which those of a missing relation say where a query file makes it."""
    missing = [item for item in diagnostics if _names(item)]
    makers = [maker for source in sources for maker in _makers(source)] if missing else []
    return [_with_maker(item, makers) for item in diagnostics]


def _names(item: Diagnostic) -> tuple[str, ...]:
    """The name of the relation that a report misses; empty for other reports, and for those in
    which something else is known of it."""
    if item.code != "unknown-relation" or not item.labels or item.cause is not None:
        return ()
    return qualified_name(item.labels[0].span.text) or ()


def _with_maker(item: Diagnostic, makers: Iterable[_Maker]) -> Diagnostic:
    names = _names(item)
    maker = next((each for each in makers if names and each.relation.name == names), None)
    if maker is None:
        return item
    name = maker.relation.name[-1]
    place = Span(maker.source, maker.relation.start, maker.relation.end)
    if maker.annotation is None:
        label = Label(place, "made here, in a file of queries")
        advice = "definitions count in schema files: name this file under `schema` as well"
    else:
        label = Label(place, f"{maker.annotation.name} makes it when it runs")
        kind = "TEMP TABLE" if maker.temporary else "TABLE"
        advice = f"tell its columns in a schema file too: `CREATE {kind} {name} (...);`"
    return replace(item, labels=(*item.labels[:1], label), help=advice, fix=())


def _makers(source: SourceFile) -> Iterator[_Maker]:
    words = source.text.lower()
    if not any(word in words for word in _MAKING):
        return
    try:
        stretches = list(split_statements(tokenize(source), 0, len(source.text)))
    except DiagnosticError:
        return
    for stretch in stretches:
        if not any(token.keyword in _MAKING for token in stretch.tokens):
            continue
        try:
            tree = parse_ddl(source, stretch.tokens)
        except DiagnosticError:
            continue
        if tree is not None and (made := _made(tree)) is not None:
            yield _Maker(made[0], source, _annotation(source, stretch), made[1])


def _made(tree: ddl_nodes.DdlStatement) -> tuple[nodes.RangeVar, bool] | None:
    """The relation that a statement makes, and whether that is a temporary one."""
    match tree:
        case ddl_nodes.CreateTable() | ddl_nodes.CreateView():
            return tree.relation, tree.persistence == "temporary"
        case nodes.CreateTableAs():
            return tree.relation, tree.temporary
        case ddl_nodes.SelectInto() if tree.query.into is not None:
            return tree.query.into.relation, tree.query.into.temporary
    return None


def _annotation(source: SourceFile, stretch: Stretch) -> Annotation | None:
    start = next_annotation_line(source, stretch.start)
    if start is None or start >= stretch.end:
        return None
    end = source.text.find("\n", start)
    return read_annotation(source, start, end)
