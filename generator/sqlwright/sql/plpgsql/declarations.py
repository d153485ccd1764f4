"""DECLARE sections (manual 41.3, 41.7.1)."""

from __future__ import annotations

from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.parser import parse_type_name
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.plpgsql.fragments import FragmentReader
from sqlwright.sql.plpgsql.scanner import Lexeme
from sqlwright.sql.plpgsql.variables import Datatype, Variable

_AFTER_TYPE = ("collate", "not", "=", ":=", "default")


class DeclarationReader(FragmentReader):
    """Variables, cursors and aliases."""

    def declarations(self) -> None:
        """What stands between DECLARE and BEGIN, neither of which is read here."""
        while not self.peek().is_keyword("begin"):
            at = self.next()
            if at.is_symbol("<<"):
                self._misplaced_label(at)
            if not at.is_keyword("declare"):
                self._declaration(at)

    def _misplaced_label(self, at: Lexeme) -> None:
        self.label_name()
        self.expect_symbol(">>")
        self.refuse("block label must be placed before DECLARE, not after", at)

    def label_name(self) -> Lexeme:
        """The name of a label (`any_identifier`)."""
        at = self.next()
        if not at.is_identifier:
            self.error()
        return at

    def _new_name(self, at: Lexeme) -> str:
        if at.kind != "word" and not at.is_unreserved:
            self.error()
        name = at.names[0]
        if self.variables.declared_here(name):
            self.error("duplicate declaration")
        return name

    def _declaration(self, at: Lexeme) -> None:
        name = self._new_name(at)
        following = self.peek()
        if following.is_keyword("alias"):
            self._alias(name)
        elif following.is_keyword("no", "scroll", "cursor"):
            self._cursor(name)
        else:
            self._variable(name)

    def _alias(self, name: str) -> None:
        self.expect_keyword("alias", "for")
        at = self.next()
        if at.kind not in ("word", "compound") and not at.is_unreserved:
            self.error()
        found = self.variables.find(at.names)
        if found is None:
            self.refuse(f'variable "{".".join(at.names)}" does not exist', at, "42704")
        self.variables.add(
            Variable(name, found.type, found.constant, found.part, found.bound, found.arguments)
        )
        self.expect_symbol(";")

    def _cursor(self, name: str) -> None:
        if self.accept_keyword("no"):
            self.expect_keyword("scroll")
        else:
            self.accept_keyword("scroll")
        self.expect_keyword("cursor")
        arguments = 0
        self.variables.push("", "block")
        if self.peek().is_symbol("("):
            arguments = self._cursor_arguments()
        if not self.accept_keyword("is"):
            self.expect_keyword("for")
        self.statement_text()
        self.variables.pop()
        self.lookup = "declare"
        cursor = Datatype("refcursor", cursor=True)
        self.variables.add(Variable(name, cursor, bound=True, arguments=arguments))

    def _cursor_arguments(self) -> int:
        count = 0
        self.next()
        while count == 0 or self.current.is_symbol(","):
            count += 1
            name = self._new_name(self.next())
            self.variables.add(Variable(name, self.datatype()))
            self.next()
        if not self.current.is_symbol(")"):
            self.error()
        return count

    def _variable(self, name: str) -> None:
        constant = self.accept_keyword("constant")
        datatype = self.datatype()
        if datatype.pseudo:
            at = self.current
            self.refuse(f'variable "{name}" has pseudo-type {datatype.shown}', at, "0A000")
        at = self.next()
        if at.is_keyword("collate"):
            self._collation(datatype, at)
            at = self.next()
        not_null = at.is_keyword("not")
        if not_null:
            null_at = at
            self.expect_keyword("null")
            at = self.next()
        if at.is_symbol("=", ":=") or at.is_keyword("default"):
            self.expression(";")
            self.lookup = "declare"
        elif not at.is_symbol(";"):
            self.error()
        elif not_null:
            self.refuse(
                f'variable "{name}" must have a default value, since it\'s declared NOT NULL',
                null_at,
                "22004",
            )
        self.variables.add(Variable(name, datatype, constant))

    def _collation(self, datatype: Datatype, word: Lexeme) -> None:
        at = self.next()
        if at.kind not in ("word", "compound") and not at.is_unreserved:
            self.error()
        self.types.check_collation(at.names, at)
        if not datatype.collatable:
            self.refuse(f"collations are not supported by type {datatype.shown}", word, "42804")

    # Types

    def datatype(self) -> Datatype:
        """A type as PL/pgSQL reads it (read_datatype): `name%TYPE`, `name%ROWTYPE` or SQL's."""
        first = self.next()
        tokens: list[Token] = []
        if first.kind in ("word", "compound") or first.is_unreserved:
            tokens.extend(first.tokens)
            if self.next().is_symbol("%"):
                tokens.extend(self.current.tokens)
                if self.next().is_keyword("type", "rowtype"):
                    found = self._percent_type(first)
                    return self._array_of(found)
        self._rest_of_type(tokens)
        if not tokens:
            self.error("missing data type declaration")
        self.push_back()
        type_name = parse_type_name(self.source, tokens)
        if type_name.setof:
            text = self.source.text[tokens[0].start : tokens[-1].end]
            self.refuse_with(
                f'invalid type name "{text}"', tokens[0].start, tokens[-1].end, "42601"
            )
        return self.types.written(self.source, type_name)

    def _rest_of_type(self, tokens: list[Token]) -> None:
        depth = 0
        while not self.current.is_symbol(";"):
            at = self.current
            if at.kind == "end":
                self.error(
                    "mismatched parentheses" if depth else "incomplete data type declaration"
                )
            if at.is_keyword(*_AFTER_TYPE) or at.is_symbol(*_AFTER_TYPE):
                return
            if depth == 0 and at.is_symbol(",", ")"):
                return
            depth += at.is_symbol("(") - at.is_symbol(")")
            tokens.extend(at.tokens)
            self.next()

    def _percent_type(self, first: Lexeme) -> Datatype:
        """What `%TYPE` or `%ROWTYPE` makes of the name before it: of a variable or of a table."""
        end = self.current.end
        type_name = making.TypeName(
            start=first.start, end=end, names=first.names, percent_type=True
        )
        if self.current.is_keyword("rowtype"):
            return self.types.of_row(self.source, type_name)
        found = self.variables.find(first.names)
        if found is not None and not found.part:
            return found.type
        if len(first.names) == 1:
            self.refuse(f'variable "{first.names[0]}" does not exist', first, "42704")
        return self.types.of_column(self.source, type_name)

    def _array_of(self, element: Datatype) -> Datatype:
        at = self.next()
        array = at.is_keyword("array")
        if array:
            at = self.next()
        while at.is_symbol("["):
            array = True
            if self.next().kind == "integer":
                self.next()
            if not self.current.is_symbol("]"):
                self.error('syntax error, expected "]"')
            at = self.next()
        self.push_back()
        return Datatype(f"{element.shown}[]", collatable=element.collatable) if array else element
