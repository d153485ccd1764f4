"""DO blocks: guarded definitions are applied, what cannot be followed gives one warning.

`IF NOT EXISTS (...) THEN definition` and `EXCEPTION WHEN duplicate_object` are how migrations make
a definition repeatable. What the condition asks the system catalogs is answered by trying: a
definition of something that is there already is passed over. Loops over constants run, and EXECUTE
of text that follows from constants.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sqlwright.catalog.ddl.block_errors import handles, raised
from sqlwright.catalog.ddl.block_rows import rows_of
from sqlwright.catalog.ddl.block_values import Value, evaluate
from sqlwright.catalog.ddl.block_words import (
    end_of_expression,
    guard,
    may_define,
    split_text,
    tokens_of,
    word_of,
)
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.routines.procedural import check_block
from sqlwright.diagnostics import DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql import blocks
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql.grammar.definitions.functions import content_start
from sqlwright.sql.grammar.parser import parse_ddl
from sqlwright.sql.lexing.tokens import Token

_MOST_TURNS = 1000
Apply = Callable[[Context, ddl.DdlStatement], Context]

_LEAVING = frozenset(("continue", "exit", "return"))
_HARMLESS = frozenset(
    (
        "raise",
        "null",
        "return",
        "insert",
        "update",
        "delete",
        "merge",
        "select",
        "with",
        "get",
        "grant",
        "revoke",
        "analyze",
        "refresh",
        "truncate",
        "lock",
        "notify",
        "set",
        "reset",
        "commit",
        "rollback",
        "assert",
        "copy",
        "vacuum",
        "reindex",
        "cluster",
    )
)


def run_block(context: Context, statement: ddl.DoBlock, apply: Apply) -> Context:
    """DO: the definitions in it that surely run, or that a guard makes repeatable."""
    if statement.language != "plpgsql":
        _warn(context, statement)
        return context
    check_block(context, statement)
    text = blocks.body_source(context.source, statement.body, statement.body_start, statement.start)
    block = blocks.read_block(blocks.body_tokens(text, statement.body))
    if block is None:
        _warn(context, statement)
        return context
    try:
        return _Runner(statement, apply).block(context, block)
    except _LeaveError as left:
        return left.context


def _warn(context: Context, place: Place) -> None:
    context.warn(
        "dynamic-definition",
        "this DO block may change the schema in ways that cannot be followed",
        place,
        help="write the definitions it makes as plain statements in a schema file",
    )


class _LeaveError(Exception):
    """CONTINUE, EXIT or RETURN, with what has been defined until then."""

    def __init__(self, word: str, context: Context) -> None:
        self.word = word
        self.context = context


class _RaisedError(Exception):
    """RAISE with an error that a handler around it catches."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


class _Runner:
    """Applies the steps of one DO block."""

    def __init__(self, statement: ddl.DoBlock, apply: Apply) -> None:
        self.statement = statement
        self.apply = apply
        self.warned = False
        self.variables: dict[str, Value] = {}
        self.records: set[str] = set()
        self.handlers: list[blocks.Handler] = []

    def block(self, context: Context, block: blocks.Block) -> Context:
        """A block; an error that a handler names undoes the block and runs the handler."""
        for each in block.declared:
            self.records.discard(each.name)
            self.records |= {each.name} if each.record else set()
            self.assign(context, each.name, each.value)
        outer, self.handlers = self.handlers, [*block.handlers, *self.handlers]
        try:
            return self.steps(context, block.body)
        except (DiagnosticError, _RaisedError) as error:
            known = error.sqlstate if isinstance(error, _RaisedError) else error.diagnostic.sqlstate
            found = next((each for each in block.handlers if handles(each.conditions, known)), None)
            if found is None:
                raise
        finally:
            self.handlers = outer
        return self.steps(context, found.body)

    def steps(self, context: Context, steps: Iterable[blocks.Step]) -> Context:
        for step in steps:
            context = self.step(context, step)
        return context

    def step(self, context: Context, step: blocks.Step) -> Context:
        if isinstance(step, blocks.Block):
            return self.block(context, step)
        if isinstance(step, blocks.Conditional):
            return self.conditional(context, step)
        if isinstance(step, blocks.Loop):
            return self.loop(context, step)
        if isinstance(step, blocks.Opaque):
            return self.opaque(context, step.tokens)
        return self.run(context, step.tokens)

    def warn(self, context: Context) -> None:
        if not self.warned:
            _warn(context, self.statement)
            self.warned = True

    def value(self, context: Context, tokens: Sequence[Token]) -> Value | None:
        return evaluate(tokens, self.variables, context.catalog.builtin.major)

    def assign(self, context: Context, name: str, tokens: Sequence[Token]) -> None:
        value = self.value(context, tokens)
        self.forget_all({name})
        if value is not None:
            self.variables[name] = value

    def loop(self, context: Context, step: blocks.Loop) -> Context:
        """The body once for each value, if the values are known."""
        if not may_define(step.tokens):
            return self.opaque(context, step.tokens)
        values = self.turns(context, step)
        if values is None or len(values) > _MOST_TURNS:
            return self.opaque(context, step.tokens)
        for value in values:
            self.variables |= value
            try:
                context = self.steps(context, step.body)
            except _LeaveError as left:
                context = left.context
                if left.word == "return":
                    raise
                if left.word == "exit":
                    break
        self.forget(step.tokens[1:2])
        return context

    def turns(self, context: Context, step: blocks.Loop) -> Sequence[Mapping[str, Value]] | None:
        """The variables of each turn: the value, or the fields of a record."""
        if step.kind == "rows":
            return self.turns_of_rows(context, step)
        values = self.values_of(context, step)
        if values is None or len(values) > _MOST_TURNS:
            return None
        return [{step.variable: value} for value in values]

    def turns_of_rows(
        self, context: Context, step: blocks.Loop
    ) -> Sequence[Mapping[str, Value]] | None:
        found = rows_of(step.source, self.variables, context.catalog.builtin.major)
        if found is None:
            return None
        if step.variable in self.records:
            names = [f"{step.variable}.{column}" for column in found.columns]
            return [dict(zip(names, row, strict=True)) for row in found.rows]
        return [{step.variable: row[0]} for row in found.rows] if len(found.columns) == 1 else None

    def values_of(self, context: Context, step: blocks.Loop) -> Sequence[str | int] | None:
        if step.kind == "elements":
            value = self.value(context, step.source)
            return value if isinstance(value, tuple) else None
        backwards = step.source[0].value == "reverse"
        source = step.source[1:] if backwards else step.source
        at = [token.symbol for token in source].index("..")
        first, last = self.value(context, source[:at]), self.value(context, source[at + 1 :])
        if not isinstance(first, int) or not isinstance(last, int):
            return None
        return range(first, last - 1, -1) if backwards else range(first, last + 1)

    def opaque(self, context: Context, tokens: Sequence[Token]) -> Context:
        """What cannot be followed, and the variables that it may have changed."""
        if may_define(tokens):
            self.warn(context)
        self.forget(tokens)
        return context

    def forget(self, tokens: Sequence[Token]) -> None:
        self.forget_all({token.value for token in tokens})

    def forget_all(self, names: Collection[str]) -> None:
        """Forget variables, and the fields of records."""
        for name in [each for each in self.variables if each.partition(".")[0] in names]:
            del self.variables[name]

    def conditional(self, context: Context, step: blocks.Conditional) -> Context:
        """The first branch whose guard lets its definitions through, else the next."""
        if not any(may_define(tokens) for tokens in tokens_of(step)):
            return self.passed_over(context, step)
        for branch in step.branches:
            if not branch.condition:
                return self.steps(context, branch.body)
            known = self.value(context, branch.condition)
            if known is True:
                return self.steps(context, branch.body)
            if known is False:
                continue
            guarded = guard(branch.condition)
            if guarded is None:
                self.warn(context)
                return context
            try:
                return self.steps(context, branch.body)
            except DiagnosticError as error:
                if error.diagnostic.sqlstate not in guarded:
                    raise
        return context

    def passed_over(self, context: Context, step: blocks.Conditional) -> Context:
        """IF without definitions, which may leave a loop all the same; a guard before RETURN finds
        nothing."""
        words = {word_of(tokens) for tokens in tokens_of(step)}
        for branch in step.branches if words & {"raise", *_LEAVING} else ():
            known = self.value(context, branch.condition) if branch.condition else True
            if known is True:
                return self.steps(context, branch.body)
            if known is None:
                break
        else:
            words = set()
        for tokens in tokens_of(step):
            self.forget(tokens)
        if words & {"continue", "exit"}:
            self.warn(context)
            raise _LeaveError("exit" if "exit" in words else "continue", context)
        return context

    def leave(self, context: Context, tokens: Sequence[Token]) -> Context:
        """CONTINUE, EXIT or RETURN: what may be passed over is, with a warning if that is open."""
        at = next((at for at, token in enumerate(tokens) if token.keyword == "when"), len(tokens))
        known = self.value(context, tokens[at + 1 :]) if at < len(tokens) else True
        if known is False:
            return context
        if known is None or (at > 1 and tokens[0].value != "return"):
            self.warn(context)  # with a label it may leave another loop
        raise _LeaveError(tokens[0].value, context)

    def raise_(self, context: Context, tokens: Sequence[Token]) -> Context:
        """RAISE: an error that nothing catches is passed over, as what is to end the block."""
        sqlstate = raised(tokens)
        if sqlstate and any(handles(each.conditions, sqlstate) for each in self.handlers):
            raise _RaisedError(sqlstate)
        return context

    def run(self, context: Context, tokens: Sequence[Token]) -> Context:
        """One SQL statement, an assignment, or EXECUTE of what is known."""
        if not tokens:
            return context
        word = word_of(tokens)
        if word in _LEAVING:
            return self.leave(context, tokens)
        if word == "raise":
            return self.raise_(context, tokens)
        if tokens[1:2] and tokens[1].symbol in (":=", "="):
            self.assign(context, tokens[0].value, tokens[2:])
            return context
        if tokens[3:4] and tokens[1].symbol == "." and tokens[3].symbol in (":=", "="):
            self.forget(tokens[:1])
            return context
        if any(token.keyword == "into" for token in tokens) or word == "get":
            self.forget(tokens)
        if word == "execute":
            return self.execute(context, tokens)
        if word in ("create", "alter", "drop", "comment"):
            statement = parse_ddl(context.source, tokens)
            return context if statement is None else self.apply(context, statement)
        if word == "perform":
            if _calls_unknown(context, tokens[1:]):
                self.warn(context)
        elif word == "call" or (word not in _HARMLESS and may_define(tokens)):
            self.warn(context)
        return context

    def execute(self, context: Context, tokens: Sequence[Token]) -> Context:
        token = tokens[1]
        written = self.value(context, tokens[1 : end_of_expression(tokens)])
        if not isinstance(written, str):
            if not self.is_harmless(context, tokens):
                self.warn(context)
            return context
        start = content_start(token) if len(tokens) == 2 and token.kind == "string" else -1
        text: SourceFile = blocks.body_source(context.source, written, start, token.start)
        for stretch in split_text(blocks.body_tokens(text, written)):
            statement = parse_ddl(context.source if start >= 0 else text, stretch)
            if statement is not None:
                context = self.apply(context, statement)
        return context

    def is_harmless(self, context: Context, tokens: Sequence[Token]) -> bool:
        """Whether EXECUTE defines nothing that counts, whichever names only a server knows."""
        given = tokens[1 : end_of_expression(tokens)]
        written = evaluate(given, self.variables, context.catalog.builtin.major, _ANY_NAME)
        if not isinstance(written, str):
            return False
        text = blocks.body_source(context.source, written, -1, tokens[1].start)
        try:
            return all(
                _is_passed_over(parse_ddl(text, each))
                for each in split_text(blocks.body_tokens(text, written))
            )
        except DiagnosticError:
            return False


_ANY_NAME = "any_name"


def _is_passed_over(statement: ddl.DdlStatement | None) -> bool:
    """Whether a statement defines nothing, or a role, of which nothing in a schema depends."""
    if isinstance(statement, ddl.PassedOver):
        return not statement.calls and statement.keyword not in ("CALL", "IMPORT")
    return statement is None or (
        isinstance(statement, ddl.CreateObject) and statement.kind == "role"
    )


def _calls_unknown(context: Context, tokens: Sequence[Token]) -> bool:
    """Whether PERFORM calls anything but PostgreSQL's own functions."""
    for index, token in enumerate(tokens[:-1]):
        if token.kind in ("word", "quoted") and tokens[index + 1].symbol == "(":
            return not is_builtin_call(context, (token.value,))
    return False


def is_builtin_call(context: Context, names: tuple[str, ...]) -> bool:
    """Whether a function's name is one of PostgreSQL's own, which define nothing."""
    if len(names) > 1 and names[-2] == "pg_catalog":
        return True
    builtin = context.catalog.builtin.functions.named("pg_catalog", names[-1])
    return bool(builtin) or names[-1] in _SPECIAL


_SPECIAL = frozenset(("coalesce", "exists", "greatest", "least", "nullif", "row", "array"))
