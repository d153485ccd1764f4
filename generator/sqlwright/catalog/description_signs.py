"""What shows that a schema describes a database rather than creates it, and what such a schema can
do without."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.catalog.ddl.context import Part
from sqlwright.catalog.ddl.parts import is_unresolved
from sqlwright.catalog.similar_names import UNHEARD
from sqlwright.diagnostics import Diagnostic
from sqlwright.sql import ddl_nodes as ddl

_WITHOUT_TYPES = (
    ddl.CreateIndex,
    ddl.CreateTrigger,
    ddl.CreatePolicy,
    ddl.Comment,
    ddl.AlterSequence,
)
_PARTS_WITHOUT_TYPES = ("trigger", "policy")
"""What a description may drop that it was left without."""
_COLUMN_ACTIONS = ("default", "set not null", "drop not null", "other")
_NEAR = "did you mean"


def lacks_extension(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether an extension is created that is not shipped, and is no other misspelt."""
    return any(
        each.code == "unknown-extension" and each.severity == "warning" and not near_name(each)
        for each in diagnostics
    )


def near_name(found: Diagnostic) -> str | None:
    """The question whether another name is meant, of a refusal that asks it."""
    if not found.help or not found.help.startswith(_NEAR):
        return None
    return "".join(found.help.partition("?")[:2])


def tells(part: Part, lacking: bool) -> bool:
    """Whether a part that was left out shows that the schema is only described. With `lacking`,
    an extension is missing whose objects are not known."""
    found = part.diagnostic
    if part.noun.startswith("foreign key"):
        return found.code != "invalid-foreign-key"
    if part.noun.startswith(("function of trigger", "expression")):
        return True
    if part.noun.startswith("default") and found.sqlstate == "42P01":
        return True
    return found.sqlstate in ("42P07", "42710", "42P16") or is_elsewhere(found, lacking)


def is_elsewhere(found: Diagnostic, lacking: bool) -> bool:
    """Whether a name is of a schema or extension that others bring to the database.

    A schema is, if nothing in the files makes it and no name in them is near. A function that
    nothing has is a mistake by itself; beside an extension that is not known it may be of that.
    """
    if found.cause is not None or near_name(found):
        return False
    if found.sqlstate == "42883":
        return lacking and (found.help or "").startswith(UNHEARD)
    return found.sqlstate == "3F000" or (lacking and found.sqlstate == "42704")


def can_be_without(statement: ddl.DdlStatement, found: Diagnostic) -> bool:
    """Whether a description can do without a statement that is refused for this."""
    return is_unresolved(found) and (
        _makes_no_types(statement) or _is_of_table_elsewhere(statement, found)
    )


def _is_of_table_elsewhere(statement: ddl.DdlStatement, found: Diagnostic) -> bool:
    """Whether a statement changes a table of a schema that is not there."""
    return (
        isinstance(statement, ddl.AlterTable)
        and found.sqlstate == "3F000"
        and found.labels[0].span.start == statement.relation.start
    )


def _makes_no_types(statement: ddl.DdlStatement) -> bool:
    """Whether no column has its type from a statement."""
    if isinstance(statement, ddl.AlterTable):
        return all(map(_changes_no_columns, statement.actions))
    if isinstance(statement, ddl.Drop):
        return statement.kind in _PARTS_WITHOUT_TYPES
    return isinstance(statement, _WITHOUT_TYPES)


def _changes_no_columns(action: ddl.AlterAction) -> bool:
    if isinstance(action, ddl.ColumnAction):
        return action.action in _COLUMN_ACTIONS
    return type(action) is ddl.AlterAction or isinstance(
        action, ddl.AddConstraint | ddl.ConstraintAction
    )
