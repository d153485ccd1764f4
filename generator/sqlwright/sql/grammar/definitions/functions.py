"""Reading CREATE FUNCTION, PROCEDURE, AGGREGATE, OPERATOR, OPERATOR CLASS and CAST."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.references import ReferenceGrammar
from sqlwright.sql.lexing.tokens import Token

_CASTS: tuple[tuple[str, Literal["implicit", "assignment"]], ...] = (
    ("implicit", "implicit"),
    ("assignment", "assignment"),
)


class FunctionGrammar(ReferenceGrammar):
    """Definitions of everything that can be called."""

    def skip_to_end(self) -> None:
        """Step over the rest of a statement whose details change nothing known here."""
        while not self.at_end():
            self.advance()

    def create_function(self, start: int, *, procedure: bool, replace_: bool) -> ddl.CreateFunction:
        """After CREATE [OR REPLACE] FUNCTION or PROCEDURE."""
        name = self.function_name()
        parameters = self.function_parameters(defaults=True)
        function = ddl.CreateFunction(
            start=start,
            end=self.end(),
            name=name,
            kind="procedure" if procedure else "function",
            parameters=parameters,
            replace=replace_,
        )
        if not procedure and self.accept("returns"):
            function = self._function_result(function)
        function = self._function_options(function)
        body = self._routine_body()
        return replace(function, end=self.end(), sql_body=body)

    def _function_result(self, function: ddl.CreateFunction) -> ddl.CreateFunction:
        if not self.at("table"):
            return replace(function, returns=self.func_type())
        self.expect("table")
        columns = self.parenthesised_list(self._table_column)
        return replace(function, parameters=function.parameters + columns, returns_table=True)

    def _table_column(self) -> ddl.FunctionParameter:
        start = self.start()
        name = self.type_function_name()
        type_name = self.func_type()
        return ddl.FunctionParameter(
            start=start, end=self.end(), name=name, type_name=type_name, mode="table"
        )

    def _function_options(self, function: ddl.CreateFunction) -> ddl.CreateFunction:
        seen: set[str] = set()
        while True:
            token = self.peek()
            option = self._create_option(function)
            if option is None:
                return function
            if function.kind == "procedure":
                self.check_procedure_option(token)
            self.check_given_once(token, seen)
            function = option

    def check_given_once(self, token: Token, seen: set[str]) -> None:
        """Refuse, once it is read, an option of a kind that has been given already."""
        kind = _OPTION_KINDS.get(token.keyword, token.keyword)
        if kind in seen and kind not in ("set", "reset"):
            message = "conflicting or redundant options"
            self.refuse("syntax-error", message, token.start, self.end())
        seen.add(kind)

    def check_procedure_option(self, token: Token) -> None:
        """Refuse, once it is read, an option that only functions have."""
        if _OPTION_KINDS.get(token.keyword, token.keyword) in _NOT_OF_PROCEDURES:
            self.refuse(
                "invalid-function-definition",
                "invalid attribute in procedure definition",
                token.start,
                self.end(),
                sqlstate="42P13",
            )

    def _create_option(self, function: ddl.CreateFunction) -> ddl.CreateFunction | None:
        """An option of CREATE FUNCTION alone, or one that ALTER has too."""
        if self.accept("as"):
            token = self.peek()
            body = self.string_constant()
            link_symbol = self.accept_symbol(",")
            if link_symbol:
                self.string_constant()
            return replace(
                function, body=body, body_start=content_start(token), link_symbol=link_symbol
            )
        if self.accept("language"):
            return replace(function, language=self._word_or_string().lower())
        if self.accept("transform"):
            self.comma_list(self._transform_type)
            return function
        if self.accept("window"):
            return replace(function, window=True)
        return self.common_function_option(function)

    def _transform_type(self) -> None:
        self.expect("for", "type")
        self.type_name()

    def _word_or_string(self) -> str:
        return self.string_constant() if self.at_string() else self.non_reserved_word()

    def common_function_option(self, function: ddl.CreateFunction) -> ddl.CreateFunction | None:
        """An option that CREATE and ALTER FUNCTION share; None if none stands here."""
        if self.accept_all("called", "on", "null", "input"):
            return replace(function, strict=False)
        if self.accept_all("returns", "null", "on", "null", "input") or self.accept("strict"):
            return replace(function, strict=True)
        if self.accept("immutable"):
            return replace(function, volatility="immutable")
        if self.accept("stable"):
            return replace(function, volatility="stable")
        if self.accept("volatile"):
            return replace(function, volatility="volatile")
        if self.at("external", "security"):
            self.accept("external")
            self.expect("security")
            definer = self.expect_any("definer", "invoker") == "definer"
            return replace(function, isolated=function.isolated or definer)
        if self.at("leakproof") or self.at_sequence("not", "leakproof"):
            self.accept("not")
            self.expect("leakproof")
            return function
        if self.accept("support"):
            self.any_name()
            return function
        option = self._valued_option()
        if option is None:
            return None
        isolated = function.isolated or option.name == "set"
        return replace(function, isolated=isolated, options=(*function.options, option))

    def _valued_option(self) -> ddl.Option | None:
        """COST, ROWS and PARALLEL with their values, SET and RESET with the name of a setting."""
        start = self.start()
        value: nodes.Expr | ddl.ObjectName
        if self.at("set", "reset"):
            word = "set"
            name, _ = self.setting()
            value = making.ObjectName(start=start, end=self.end(), parts=(name,))
        elif (word := self.accept_any("cost", "rows") or "") != "":
            value = self.signed_constant()
        elif self.accept("parallel"):
            word = "parallel"
            at = self.start()
            value = making.ObjectName(start=at, parts=(self.col_id(),), end=self.end())
        else:
            return None
        return ddl.Option(start=start, end=self.end(), name=word, value=value)

    def setting(self) -> tuple[str, tuple[str, ...] | None]:
        """`SET name = values`, `SET name FROM CURRENT`, `RESET name` and the like."""
        if self.accept("reset"):
            return self._reset_name(), None
        self.expect("set")
        return self.setting_after_set()

    def _reset_name(self) -> str:
        if self.accept("time", "zone"):
            return "timezone"
        if self.accept("session", "authorization"):
            return "session_authorization"
        if self.accept("transaction", "isolation", "level"):
            return "transaction_isolation"
        return self._setting_name()

    def _setting_name(self) -> str:
        name = self.col_label() if self.at("all") else self.col_id()
        while self.accept_symbol("."):
            name = f"{name}.{self.col_id()}"
        return name.lower()

    def setting_after_set(self) -> tuple[str, tuple[str, ...] | None]:
        """A setting's name and values; the values are None where they go back to the default."""
        if self.accept("time", "zone"):
            while not self.at_end() and not self.at("as", "language"):
                self.advance()
            return "timezone", ()
        if self.accept("schema"):
            return "search_path", (self.string_constant(),)
        if self.accept("names"):
            if self.at_string():
                self.string_constant()
            return "client_encoding", ()
        if self.at("role") and (self.peek(1).keyword or self.peek(1).symbol) not in _BEHIND_NAMES:
            self.advance()
            self._word_or_string()
            return "role", ()
        name = self._setting_name()
        if self.accept("from", "current"):
            return name, ()
        if not self.accept_symbol("="):
            self.expect("to")
        if self.accept("default"):
            return name, None
        return name, self.comma_list(self._setting_value)

    def _setting_value(self) -> str:
        if self.accept_any("true", "on"):
            return "on"
        if self.accept("false"):
            return "off"
        if self.at_string():
            return self.string_constant()
        if self.peek().kind in ("integer", "float") or self.at_symbol("+", "-"):
            number = self.signed_constant()
            return number.value if isinstance(number, nodes.Const) else ""
        return self.non_reserved_word()

    def _routine_body(self) -> tuple[nodes.Statement, ...] | None:
        """`RETURN expression` or `BEGIN ATOMIC ... END`; None if there is no such body."""
        start = self.start()
        if self.accept("return"):
            expr = self.a_expr()
            target = making.Target(start=expr.start, end=expr.end, expr=expr)
            return (making.Select(start=start, end=self.end(), targets=(target,)),)
        if not self.accept("begin", "atomic"):
            return None
        statements: list[nodes.Statement] = []
        while not self.accept("end"):
            if self.accept_symbol(";"):
                continue
            if self.accept("return"):
                expr = self.a_expr()
                target = making.Target(start=expr.start, end=expr.end, expr=expr)
                statements.append(making.Select(start=start, end=self.end(), targets=(target,)))
            else:
                statements.append(self.preparable_statement())
            self.expect_symbol(";")
        return tuple(statements)

    # Aggregates and operators

    def create_aggregate(self, start: int, *, replace_: bool) -> ddl.CreateAggregate:
        """After CREATE [OR REPLACE] AGGREGATE."""
        name = self.function_name()
        if self._at_old_style():
            options = self.parenthesised_list(self.definition_item)
            return ddl.CreateAggregate(
                start=start,
                end=self.end(),
                name=name,
                parameters=None,
                options=options,
                replace=replace_,
            )
        parameters, direct, _ = self.aggregate_parameters()
        options = self.definition()
        return ddl.CreateAggregate(
            start=start,
            end=self.end(),
            name=name,
            parameters=parameters,
            options=options,
            direct=direct,
            replace=replace_,
        )

    def _at_old_style(self) -> bool:
        """`(BASETYPE = ...)`: a definition list where the arguments would be."""
        return self.at_symbol("(") and self.peek(2).symbol == "="

    def create_operator(self, start: int) -> ddl.CreateOperator:
        """After CREATE OPERATOR."""
        if self.at_symbol("=>"):  # an operator to the lexer, which names arguments
            self.syntax_error()
        name = self.operator_object_name()
        options = self.definition()
        return ddl.CreateOperator(start=start, end=self.end(), name=name, options=options)

    def create_operator_class(self, start: int) -> ddl.CreateOperatorClass:
        """After CREATE OPERATOR CLASS."""
        name = self.object_name()
        default = self.accept("default")
        self.expect("for", "type")
        type_name = self.type_name()
        self.expect("using")
        method = self.col_id()
        family = self.object_name() if self.accept("family") else None
        self.expect("as")
        items = self.comma_list(self.operator_class_item)
        return ddl.CreateOperatorClass(
            start=start,
            end=self.end(),
            name=name,
            type_name=type_name,
            access_method=method,
            default=default,
            family=family,
            items=items,
        )

    def create_operator_family(self, start: int) -> ddl.CreateOperatorFamily:
        """After CREATE OPERATOR FAMILY."""
        name = self.object_name()
        self.expect("using")
        method = self.col_id()
        return ddl.CreateOperatorFamily(
            start=start, end=self.end(), name=name, access_method=method
        )

    def operator_class_item(self) -> ddl.OperatorItem:
        """OPERATOR, FUNCTION or STORAGE of an operator class."""
        start = self.start()
        if self.accept("storage"):
            storage = self.type_name()
            return ddl.OperatorItem(start=start, end=self.end(), kind="storage", storage=storage)
        if self.accept("operator"):
            return self._operator_item(start)
        self.expect("function")
        number = self.integer_constant()
        types: tuple[nodes.TypeName, ...] = ()
        if self.at_symbol("("):
            types = self.parenthesised_list(self.type_name)
        function = self.function_reference("function")
        return ddl.OperatorItem(
            start=start, end=self.end(), kind="function", number=number, name=function, types=types
        )

    def _operator_item(self, start: int) -> ddl.OperatorItem:
        number = self.integer_constant()
        name = self.operator_object_name()
        args = self.operator_arguments() if self.at_symbol("(") else None
        reference = ddl.ObjectReference(
            start=name.start, end=self.end(), kind="operator", name=name.parts, args=args
        )
        if self.accept("for", "order", "by"):
            self.any_name()
        elif not self.accept("for", "search"):
            self.accept("recheck")
        return ddl.OperatorItem(
            start=start, end=self.end(), kind="operator", number=number, name=reference
        )

    def operator_class_drop_item(self) -> ddl.OperatorItem:
        """`OPERATOR n (types)` or `FUNCTION n (types)` of ALTER OPERATOR FAMILY ... DROP."""
        start = self.start()
        word = self.expect_any("operator", "function")
        number = self.integer_constant()
        types = self.parenthesised_list(self.type_name)
        return ddl.OperatorItem(
            start=start,
            end=self.end(),
            kind="operator" if word == "operator" else "function",
            number=number,
            types=types,
        )

    def create_cast(self, start: int) -> ddl.CreateCast:
        """After CREATE CAST."""
        self.expect_symbol("(")
        source = self.type_name()
        self.expect("as")
        target = self.type_name()
        self.expect_symbol(")")
        function = None
        method: Literal["function", "binary", "inout"] = "binary"
        if self.accept("without"):
            self.expect("function")
        elif self.accept("with", "inout"):
            method = "inout"
        else:
            self.expect("with", "function")
            method = "function"
            function = self.function_reference("function")
        context: Literal["implicit", "assignment", "explicit"] = "explicit"
        if self.accept("as"):
            word = self.expect_any(*(word for word, _ in _CASTS))
            context = dict(_CASTS)[word]
        return ddl.CreateCast(
            start=start,
            end=self.end(),
            source=source,
            target=target,
            function=function,
            method=method,
            context=context,
        )


_NOT_OF_PROCEDURES = frozenset(
    {"immutable", "strict", "leakproof", "cost", "rows", "support", "parallel", "window"}
)
_BEHIND_NAMES = ("to", "=", "from")
_OPTION_KINDS = {
    "stable": "immutable",
    "volatile": "immutable",
    "called": "strict",
    "returns": "strict",
    "external": "security",
    "not": "leakproof",
}


def content_start(token: Token) -> int:
    """Where the contents of a string token begin in the source; -1 where escapes or doubled quotes
    make the contents differ from what is written.
    """
    text = token.text
    if text.startswith("$"):
        return token.start + text.index("$", 1) + 1
    if text.startswith("'") and text[1:-1] == token.value:
        return token.start + 1
    return -1
