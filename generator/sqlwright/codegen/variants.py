"""The texts of a query that has several, as its module has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.variant_texts import WRITTEN_ORDER, Option, Piece, VariantTexts
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import Imports
from sqlwright.codegen.literals import text_literal
from sqlwright.codegen.model import (
    Code,
    Group,
    Line,
    TypeAlias,
    VariantPiece,
    VariantsCode,
    VariantText,
)
from sqlwright.codegen.statement import statement_text
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import replace
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize

WRITTEN_OUT = 16
"""Up to so many texts stand in the module, for whoever looks for one; more are put together."""


def variants_code(
    types: TypeMap,
    query: QueryFacts,
    names: Mapping[int, str],
    casts: Mapping[int, str],
    known: Sequence[str],
) -> tuple[VariantsCode, Imports]:
    """What holds the texts, and its imports; `names` are those of the parameters in Python."""
    variants = query.variants
    assert variants is not None
    pieces = tuple(_sent_pieces(query, variants, casts, known))
    sent = replace(variants, pieces=pieces)
    options = tuple(
        Group("(", tuple(f'"{each}"' for each in _option_names(variants, option, names)), ")")
        for option in variants.options
    )
    orders = Group("(", tuple(map(text_literal, variants.sorts)), ")") if variants.sorts else None
    if variants.count <= WRITTEN_OUT:
        made, needed = types.public.imported(modules.VARIANTS, "Variants")
        texts = tuple(_texts(sent, names))
        code = VariantsCode(made, query.name, Group("(", options, ")"), texts, (), orders)
        return code, frozenset({needed})
    made, needed = types.public.imported(modules.VARIANTS, "ComposedVariants")
    piece, further = types.public.imported(modules.VARIANTS, "Piece")
    composed = tuple(_piece(each, piece) for each in pieces)
    code = VariantsCode(made, query.name, Group("(", options, ")"), (), composed, orders)
    return code, frozenset({needed, further})


def _texts(variants: VariantTexts, names: Mapping[int, str]) -> Iterator[VariantText]:
    for variant in variants.all():
        chosen = list(zip(variants.options, variant.given, strict=True))
        named = [(_option_names(variants, option, names), given) for option, given in chosen]
        key = [str(given) for each, given in named for _ in each]
        given = [name for each, there in named if there for name in each]
        notes = [", ".join(given) or "none"] if variants.options else []
        if variants.sorts:
            key.append(_order(variant.sort))
            notes.append(_order_note(variant.sort))
        yield VariantText(
            Group("(", tuple(key), ")"),
            "; ".join(notes),
            variant.sql,
            Group("(", tuple(str(position - 1) for position in variant.parameters), ")"),
        )


def _option_names(
    variants: VariantTexts, option: Option, names: Mapping[int, str]
) -> Sequence[str]:
    """The parameters of an option in Python; all values of a position are one."""
    if option in variants.named:
        return [names[position] for position in option.positions]
    return option.names


def sort_type(types: TypeMap, variants: VariantTexts, name: str) -> tuple[TypeAlias, Imports]:
    """The type of the names of a query's orders."""
    alias, needed = types.public.imported("typing", "TypeAlias")
    literal, further = types.public.imported("typing", "Literal")
    listed = Group(f"{literal}[", tuple(map(text_literal, variants.sorts)), "]")
    return TypeAlias(name, Line(listed, f"{name}: {alias} = ")), frozenset({needed, further})


def _order(name: str) -> str:
    """An order as a caller names it: that of the text is None."""
    return "None" if name == WRITTEN_ORDER else text_literal(name)


def _order_note(name: str) -> str:
    return "as written" if name == WRITTEN_ORDER else f"sorted by {text_literal(name)}"


def _piece(piece: Piece, made: str) -> VariantPiece:
    needs: list[Code] = [Group("(", tuple(map(str, either)), ")") for either in piece.needs]
    more: list[Code] = [Group("(", tuple(needs), ")")] if needs else []
    if piece.absent:
        more.append("absent=True")
    if piece.sort is not None:
        more.append(f"order={_order(piece.sort)}")
    if "\n" in piece.text.strip():
        return VariantPiece(f"{made}(", piece.text, tuple(more), ")")
    first = str(piece.parameter - 1) if piece.parameter else text_literal(piece.text)
    return VariantPiece("", "", (Group(f"{made}(", (first, *more), ")"),), "")


def _sent_pieces(
    query: QueryFacts, variants: VariantTexts, casts: Mapping[int, str], known: Sequence[str]
) -> Iterator[Piece]:
    """The pieces of the text that is sent, which has more to it than the query: what is done to the
    whole is done to stretches of one condition, told apart by a comment."""
    edge = "/*|*/"
    while any(edge in piece.text for piece in variants.pieces):
        edge = edge.replace("|", "||", 1)
    stretches = list(_stretches(variants.pieces))
    whole = edge.join(text for text, _ in stretches)
    sent = statement_text(replace(query, sql=whole, parameters=query.all_parameters), casts, known)
    for text, (_, condition) in zip(sent.split(edge), stretches, strict=True):
        at = 0
        for token in tokenize(SourceFile(query.span.source.path, text)):
            if token.kind == "param":
                if token.start > at:
                    yield replace(condition, text=text[at : token.start])
                yield replace(condition, text="", parameter=token.number)
                at = token.end
        if text[at:]:
            yield replace(condition, text=text[at:])


def _stretches(pieces: Sequence[Piece]) -> Iterator[tuple[str, Piece]]:
    """Pieces of one condition that follow each other, as text, and their condition."""
    text = ""
    condition = Piece()
    for piece in pieces:
        own = replace(piece, text="", parameter=0)
        if own != condition:
            yield text, condition
            text, condition = "", own
        text += f"${piece.parameter}" if piece.parameter else piece.text
    yield text, condition
    if condition != Piece():
        yield "", Piece()
