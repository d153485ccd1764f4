"""The body of a function or DO block: blocks, and what holds statements (manual 41.2, 41.6)."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.source import SourceFile
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.plpgsql.scanner import Lexeme
from sqlwright.sql.plpgsql.statements import StatementReader
from sqlwright.sql.plpgsql.variables import RECORD, SCALAR, Routine, Types, Variable

_BRANCHES = ("elsif", "elseif")
_LOOPS = ("loop", "while", "for", "foreach")
_ASSIGNING = ("=", ":=", "[", ".")


def check_body(
    source: SourceFile, tokens: list[Token], end: int, routine: Routine, types: Types
) -> None:
    """Read a body up to where it ends in the source.

    Raises DiagnosticError where PostgreSQL refuses to make a function of it.
    """
    BodyReader(source, tokens, end, routine, types).whole_body()


class BodyReader(StatementReader):
    """Everything of a body."""

    def whole_body(self) -> None:
        """Options, one block, and nothing behind it (`pl_function`)."""
        while self.next().is_symbol("#"):
            self._option()
        self._block(self._label())
        if self.next().is_symbol(";"):
            self.next()
        if self.current.kind != "end":
            self.error()

    def _option(self) -> None:
        at = self.next()
        if at.is_keyword("option"):
            self.expect_keyword("dump")
        elif at.is_keyword("print_strict_params"):
            self._option_value()
        elif at.is_keyword("variable_conflict"):
            if not self.next().is_keyword("error", "use_variable", "use_column"):
                self.error()
        else:
            self.error()

    def _option_value(self) -> None:
        at = self.next()
        if not at.is_identifier:
            self.error()
        if at.word not in ("on", "off"):
            self.refuse(f"unrecognized print_strict_params option {at.word}", at, "XX000")

    # Blocks and labels

    def _label(self) -> str:
        """The label at the current token, which is the one behind it then."""
        if not self.current.is_symbol("<<"):
            return ""
        label = self.label_name().names[0]
        self.expect_symbol(">>")
        self.next()
        return label

    def _block(self, label: str) -> None:
        """A block, of which DECLARE or BEGIN is the current token."""
        self.variables.push(label, "block")
        if self.current.is_keyword("declare"):
            self.lookup = "declare"
            self.declarations()
            self.lookup = "normal"
            self.next()
        if not self.current.is_keyword("begin"):
            self.error()
        self._statements()
        if self.current.is_keyword("exception"):
            self._handlers()
        if not self.current.is_keyword("end"):
            self.error()
        self._check_end_label(self._end_label(), label)
        self.variables.pop()

    def _end_label(self) -> Lexeme | None:
        return self.label_name() if self.peek().is_identifier else None

    def _check_end_label(self, at: Lexeme | None, label: str) -> None:
        if at is None:
            return
        name = at.names[0]
        if not label:
            self.refuse(f'end label "{name}" specified for unlabeled block', at)
        if name != label:
            self.refuse(f'end label "{name}" differs from block\'s label "{label}"', at)

    def _handlers(self) -> None:
        for name in ("sqlstate", "sqlerrm"):
            self.variables.add(Variable(name, SCALAR, constant=True))
        self.expect_keyword("when")
        while self.current.is_keyword("when"):
            self.caught_condition()
            while self.next().is_keyword("or"):
                self.caught_condition()
            if not self.current.is_keyword("then"):
                self.error()
            self._statements()

    # Statements

    def _statements(self) -> None:
        """Statements up to a token that begins none, which is the current one then."""
        while self._statement(self.next()):
            pass

    def _statement(self, at: Lexeme) -> bool:
        if at.kind == "keyword":
            found = _READERS.get(at.word)
            if found is None:
                return self._other_keyword(at)
            found(self)
        elif at.is_symbol("<<"):
            self._labelled()
        elif at.kind == "datum":
            self.assignment()
        elif at.kind in ("word", "compound"):
            if self.peek().is_symbol(*_ASSIGNING):
                self.not_a_variable(at)
            self.sql_statement(at)
        else:
            return False
        return True

    def _other_keyword(self, at: Lexeme) -> bool:
        if at.word in ("import", "insert", "merge"):
            self.sql_statement(at)
        elif at.word in ("call", "do"):
            self.statement_text(first=at.tokens)
        else:
            return False
        return True

    def inner_block(self, label: str = "") -> None:
        """A block within another, of which the first word is the current token."""
        self._block(label)
        self.expect_symbol(";")

    def _labelled(self) -> None:
        label = self._label()
        if self.current.is_keyword(*_LOOPS):
            self.loop_statement(label)
        else:
            self.inner_block(label)

    # Branches

    def if_statement(self) -> None:
        """After IF."""
        self.expression("then")
        self._statements()
        while self.current.is_keyword(*_BRANCHES):
            self.expression("then")
            self._statements()
        if self.current.is_keyword("else"):
            self._statements()
        self._end_of("if")

    def _end_of(self, word: str) -> None:
        if not self.current.is_keyword("end"):
            self.error()
        self.expect_keyword(word)
        self.expect_symbol(";")

    def case_statement(self) -> None:
        """After CASE."""
        if not self.accept_keyword("when"):
            self.expression("when")
        while self.current.is_keyword("when"):
            self.expression("then")
            self._statements()
        if self.current.is_keyword("else"):
            self._statements()
        self._end_of("case")

    # Loops

    def loop_statement(self, label: str = "") -> None:
        """A loop, of which the first word is the current token."""
        self.variables.push(label, "loop")
        word = self.current.word
        if word == "while":
            self.expression("loop")
        elif word == "for":
            self._for()
        elif word == "foreach":
            self._foreach()
        self._statements()
        if not self.current.is_keyword("end"):
            self.error()
        self.expect_keyword("loop")
        end = self._end_label()
        self.expect_symbol(";")
        self._check_end_label(end, label)
        self.variables.pop()

    def _loop_variable(self) -> tuple[Lexeme, bool, bool]:
        """The variable or variables of a loop: the first one, whether rows go there, and whether
        it is one name alone."""
        at = self.next()
        if at.kind == "word":
            if self.peek().is_symbol(","):
                self.not_a_variable(at)
            return at, False, True
        if at.variable is None:
            self.not_a_variable(at)
        if at.variable.type.record and not at.variable.part:
            return at, True, False
        single = not self.peek().is_symbol(",")
        if not single:
            self.check_assignable(at.variable, at)
        self.more_targets()
        return at, True, single

    def _for(self) -> None:
        variable, takes_rows, single = self._loop_variable()
        self.expect_keyword("in")
        at = self.next()
        if at.is_keyword("execute"):
            end = self.expression("loop", "using", expected="LOOP or USING")
            self._check_rows(variable, takes_rows=takes_rows)
            if end.is_keyword("using"):
                self.expressions(",", "loop", expected=", or LOOP")
        elif at.variable is not None and at.variable.type.cursor and not at.variable.part:
            self._for_cursor(variable, at)
        else:
            self._for_values(variable, at, takes_rows=takes_rows, single=single)

    def _check_rows(self, variable: Lexeme, *, takes_rows: bool) -> None:
        if variable.variable is not None:
            self.check_assignable(variable.variable, variable)
        if not takes_rows:
            self.refuse(
                "loop variable of loop over rows must be a record variable or list of scalar "
                "variables",
                variable,
            )

    def _for_cursor(self, variable: Lexeme, at: Lexeme) -> None:
        assert at.variable is not None
        if not at.variable.bound:
            self.refuse("cursor FOR loop must use a bound cursor variable", at)
        self.cursor_values(at.variable, "loop")
        self._add_variable(variable, record=True)

    def _add_variable(self, variable: Lexeme, *, record: bool) -> None:
        datatype = RECORD if record else SCALAR
        self.variables.add(Variable(variable.names[-1], datatype))

    def _for_values(self, variable: Lexeme, at: Lexeme, *, takes_rows: bool, single: bool) -> None:
        reverse = at.is_keyword("reverse")
        if not reverse:
            self.push_back()
        tokens, end = self.loop_source()
        if end.is_symbol(".."):
            self.check_expression(tokens)
            if self.expression("loop", "by", expected="LOOP").is_keyword("by"):
                self.expression("loop")
            if takes_rows and not single:
                self.refuse("integer FOR loop must have only one target variable", variable)
            self._add_variable(variable, record=False)
            return
        if reverse:
            self.refuse("cannot specify REVERSE in query FOR loop", at)
        self.check_statement(tokens)
        self._check_rows(variable, takes_rows=takes_rows)

    def _foreach(self) -> None:
        variable, known, _ = self._loop_variable()
        if self.accept_keyword("slice") and self.next().kind != "integer":
            self.error()
        self.expect_keyword("in", "array")
        self.expression("loop")
        if variable.variable is not None:
            self.check_assignable(variable.variable, variable)
        if not known:
            self.refuse(
                "loop variable of FOREACH must be a known variable or list of variables", variable
            )


_READERS: dict[str, Callable[[BodyReader], None]] = {
    "assert": BodyReader.assert_statement,
    "begin": BodyReader.inner_block,
    "case": BodyReader.case_statement,
    "close": BodyReader.close_statement,
    "commit": BodyReader.commit_statement,
    "continue": lambda body: body.exit_statement(leaves=False),
    "declare": BodyReader.inner_block,
    "execute": BodyReader.execute_statement,
    "exit": lambda body: body.exit_statement(leaves=True),
    "fetch": BodyReader.fetch_statement,
    "for": BodyReader.loop_statement,
    "foreach": BodyReader.loop_statement,
    "get": BodyReader.get_statement,
    "if": BodyReader.if_statement,
    "loop": BodyReader.loop_statement,
    "move": BodyReader.move_statement,
    "null": lambda body: body.expect_symbol(";"),
    "open": BodyReader.open_statement,
    "perform": lambda body: body.performed(body.current),
    "raise": BodyReader.raise_statement,
    "return": BodyReader.return_statement,
    "rollback": BodyReader.commit_statement,
    "while": BodyReader.loop_statement,
}
"""What reads a statement, by its first word."""
