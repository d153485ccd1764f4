"""The functions, predicates and table of SQL/XML."""

from __future__ import annotations

from sqlwright.dataclass import replace
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.expressions.special_functions import SpecialFunctions


class XmlGrammar(SpecialFunctions):
    """The XML part of `func_expr_common_subexpr`, and `xmltable`."""

    def xmlconcat(self) -> nodes.Expr:
        """`XMLCONCAT(...)`."""
        start = self.start()
        self.advance()
        args = self.parenthesised(self.expr_list)
        return nodes.XmlCall(start=start, end=self.end(), op="concat", args=args)

    def xmlelement(self) -> nodes.Expr:
        """`XMLELEMENT(NAME name [, XMLATTRIBUTES(...)] [, content ...])`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        self.expect("name")
        name = self.col_label()
        attributes: tuple[nodes.Target, ...] = ()
        content: tuple[nodes.Expr, ...] = ()
        if self.accept_symbol(","):
            if self.at("xmlattributes") and self.peek(1).symbol == "(":
                self.advance()
                attributes = self.parenthesised_list(self._labelled)
                if self.accept_symbol(","):
                    content = self.expr_list()
            else:
                content = self.expr_list()
        self.expect_symbol(")")
        return nodes.XmlCall(
            start=start,
            end=self.end(),
            op="element",
            name=name,
            named_args=attributes,
            args=content,
        )

    def _labelled(self) -> nodes.Target:
        start = self.start()
        expr = self.a_expr()
        name = self.col_label() if self.accept("as") else None
        return making.Target(start=start, end=self.end(), expr=expr, name=name)

    def xmlexists(self) -> nodes.Expr:
        """`XMLEXISTS(path PASSING document)`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        path = self.c_expr()
        document = self._passing()
        self.expect_symbol(")")
        return self.system_call(start, "xmlexists", (path, document))

    def _passing(self) -> nodes.Expr:
        """`PASSING [BY REF|VALUE] document [BY REF|VALUE]`; the mechanisms mean nothing."""
        self.expect("passing")
        if self.at("by") and self.peek(1).keyword in ("ref", "value"):  # else a column's name
            self.advance()
            self.advance()
        document = self.c_expr()
        if self.accept("by"):
            self.expect_any("ref", "value")
        return document

    def xmlforest(self) -> nodes.Expr:
        """`XMLFOREST(value [AS name], ...)`."""
        start = self.start()
        self.advance()
        items = self.parenthesised_list(self._labelled)
        return nodes.XmlCall(start=start, end=self.end(), op="forest", named_args=items)

    def xmlparse(self) -> nodes.Expr:
        """`XMLPARSE(DOCUMENT|CONTENT text [PRESERVE|STRIP WHITESPACE])`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        content = self.expect_any("document", "content") == "content"
        text = self.a_expr()
        preserve = self.accept_any("preserve", "strip")
        if preserve:
            self.expect("whitespace")
        self.expect_symbol(")")
        return nodes.XmlCall(
            start=start,
            end=self.end(),
            op="parse",
            args=(text, self._boolean(preserve == "preserve")),
            content=content,
        )

    def _boolean(self, value: bool) -> nodes.Const:
        return making.Const(
            start=self.end(), end=self.end(), kind="boolean", value="true" if value else "false"
        )

    def xmlpi(self) -> nodes.Expr:
        """`XMLPI(NAME name [, content])`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        self.expect("name")
        name = self.col_label()
        args = (self.a_expr(),) if self.accept_symbol(",") else ()
        self.expect_symbol(")")
        return nodes.XmlCall(start=start, end=self.end(), op="pi", name=name, args=args)

    def xmlroot(self) -> nodes.Expr:
        """`XMLROOT(xml, VERSION text|NO VALUE [, STANDALONE YES|NO|NO VALUE])`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        document = self.a_expr()
        self.expect_symbol(",")
        version = self._xml_version()
        if self.accept_symbol(","):
            self.expect("standalone")
            if self.expect_any("yes", "no") == "no":
                self.accept("value")
        self.expect_symbol(")")
        return nodes.XmlCall(start=start, end=self.end(), op="root", args=(document, version))

    def _xml_version(self) -> nodes.Expr:
        self.expect("version")
        if self.at("no") and self.peek(1).keyword == "value":
            start = self.start()
            self.expect("no", "value")
            return making.Const(start=start, end=self.end(), kind="null", value="")
        return self.a_expr()

    def xmlserialize(self) -> nodes.Expr:
        """`XMLSERIALIZE(DOCUMENT|CONTENT xml AS type [[NO] INDENT])`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        content = self.expect_any("document", "content") == "content"
        value = self.a_expr()
        self.expect("as")
        type_name = self.simple_type_name()
        if self.accept("no"):
            self.expect("indent")
        else:
            self.accept("indent")
        self.expect_symbol(")")
        return nodes.XmlCall(
            start=start,
            end=self.end(),
            op="serialize",
            args=(value,),
            type_name=type_name,
            content=content,
        )

    # XMLTABLE

    def xml_table(self) -> nodes.XmlTable:
        """`XMLTABLE(...)` without LATERAL and alias."""
        start = self.start()
        self.expect("xmltable")
        self.expect_symbol("(")
        namespaces: tuple[nodes.Target, ...] = ()
        if self.at("xmlnamespaces") and self.peek(1).symbol == "(":
            self.advance()
            namespaces = self.parenthesised_list(self._namespace)
            self.expect_symbol(",")
        row = self.c_expr()
        document = self._passing()
        self.expect("columns")
        columns = self.comma_list(self._xml_column)
        self.expect_symbol(")")
        return nodes.XmlTable(
            start=start,
            end=self.end(),
            row=row,
            document=document,
            columns=columns,
            namespaces=namespaces,
        )

    def _namespace(self) -> nodes.Target:
        start = self.start()
        if self.accept("default"):
            uri, name = self.b_expr(), None
        else:
            uri = self.b_expr()
            self.expect("as")
            name = self.col_label()
        return making.Target(start=start, end=self.end(), expr=uri, name=name)

    def _xml_column(self) -> nodes.XmlTableColumn:
        start = self.start()
        name = self.col_id()
        if self.accept("for"):
            self.expect("ordinality")
            return nodes.XmlTableColumn(start=start, end=self.end(), name=name, ordinality=True)
        column = nodes.XmlTableColumn(
            start=start, end=self.end(), name=name, type_name=self.type_name()
        )
        nullity: bool | None = None
        while not self.at_symbol(",", ")"):
            option_start = self.start()
            if not self.at("null", "not"):
                column = self._with_option(column, option_start)
                continue
            not_null = self.accept("not")
            self.expect("null")
            if nullity is not None:
                self.refuse(
                    "syntax-error",
                    f'conflicting or redundant NULL / NOT NULL declarations for column "{name}"',
                    option_start,
                    self.end(),
                )
            nullity = not_null
            column = replace(column, not_null=not_null)
        return replace(column, end=self.end())

    def _with_option(self, column: nodes.XmlTableColumn, start: int) -> nodes.XmlTableColumn:
        """The column with its DEFAULT or PATH."""
        token = self._curr
        if token.kind not in ("word", "quoted") or (
            token.keyword and token.keyword not in ("default", "path")
        ):
            self.syntax_error(token)
        self.advance()
        value = self.b_expr()
        if token.keyword == "default":
            if column.default is not None:
                self.refuse("syntax-error", "only one DEFAULT value is allowed", start, self.end())
            return replace(column, default=value)
        if token.keyword != "path":
            self.refuse(
                "syntax-error",
                f'unrecognized column option "{token.value}"',
                token.start,
                token.end,
            )
        if column.path is not None:
            self.refuse(
                "syntax-error", "only one PATH value per column is allowed", start, self.end()
            )
        return replace(column, path=value)
