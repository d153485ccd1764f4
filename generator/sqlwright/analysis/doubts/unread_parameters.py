"""Parameters that are not where their author may think: within texts, and in lists of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlwright.analysis.finished import Finished
from sqlwright.diagnostics import Diagnostic, Edit, Label
from sqlwright.patterns import pattern
from sqlwright.source import Span
from sqlwright.sql import nodes
from sqlwright.sql.traversal import walk

_MARKER = pattern(r"(?P<before>'%?)(?P<name>@[A-Za-z_]\w*|\$\d+)(?P<after>%?')")
_QUOTED = pattern(r"'%?[@$]")
_LIST = pattern(r"\bin\s*\(\s*(?:[@$]|sqlc)", re.IGNORECASE)
_SEVERAL = pattern(r"(?:ids|list|array|values|\w[^suia]s)\Z", re.IGNORECASE)


def text_advice(finished: Finished) -> Iterator[Diagnostic]:
    """A warning for a pattern that is nothing but a marker between percent signs: within quotes it
    is no parameter, and the pattern looks for its name."""
    source = finished.statement.source
    if not _may_have(finished, _QUOTED):
        return
    for node in walk(finished.statement.tree):
        if not isinstance(node, nodes.LikeOperation) or not isinstance(node.pattern, nodes.Const):
            continue
        place = Span(source, node.pattern.start, node.pattern.end)
        found = _MARKER.fullmatch(place.text)
        if found is None:
            continue
        before = "'%' || " if found["before"].endswith("%") else ""
        after = " || '%'" if found["after"].startswith("%") else ""
        written = f"{before}{found['name']}{after}"
        yield Diagnostic(
            "unread-marker",
            "warning",
            f"{found['name']} within quotes is no parameter, but the text that is looked for",
            (Label(place),),
            query=finished.statement.annotation.name,
            help=f"write `{written}`",
            fix=(Edit(place, written),),
        )


def list_advice(finished: Finished) -> Iterator[Diagnostic]:
    """A warning for IN over one parameter whose name is that of several values: it takes one."""
    source = finished.statement.source
    # What is an array already, IN compares with a column of arrays.
    several = {
        each.position
        for each in finished.parameters
        if each.named
        and _SEVERAL.search(each.name)
        and not finished.catalog.base_element_type(each.type)
    }
    if not several or not _may_have(finished, _LIST):
        return
    for node in walk(finished.statement.tree):
        if not isinstance(node, nodes.InList) or len(node.items) != 1:
            continue
        (item,) = node.items
        if not isinstance(item, nodes.ParamRef) or item.slice or item.number not in several:
            continue
        marker = source.text[item.start : item.end]
        written = f"<> ALL ({marker})" if node.negated else f"= ANY ({marker})"
        yield Diagnostic(
            "list-of-one",
            "warning",
            f"IN ({marker}) compares with one value, not with several",
            (Label(Span(source, item.start, item.end)),),
            query=finished.statement.annotation.name,
            help=f"for an array of values, write `{written}`",
            fix=(Edit(Span(source, node.operator_start, node.end), written),),
        )


def _may_have(finished: Finished, sign: re.Pattern[str]) -> bool:
    """Whether a look at the tree is worth its time."""
    statement = finished.statement
    return sign.search(statement.source.text, statement.start, statement.end) is not None
