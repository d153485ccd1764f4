"""Errors of constraints, and the classes that they are given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:

    class IntegrityConstraintViolationError(Exception):
        """What asyncpg raises, which has no types of its own."""

        sqlstate: str
        message: str
        detail: str | None
        hint: str | None
        schema_name: str | None
        table_name: str | None
        column_name: str | None
        data_type_name: str | None
        constraint_name: str | None

    class CheckViolationError(IntegrityConstraintViolationError): ...

    class ExclusionViolationError(IntegrityConstraintViolationError): ...

    class ForeignKeyViolationError(IntegrityConstraintViolationError): ...

    class NotNullViolationError(IntegrityConstraintViolationError): ...

    class RestrictViolationError(IntegrityConstraintViolationError): ...

    class UniqueViolationError(IntegrityConstraintViolationError): ...

else:
    from asyncpg import (
        CheckViolationError,
        ExclusionViolationError,
        ForeignKeyViolationError,
        IntegrityConstraintViolationError,
        NotNullViolationError,
        RestrictViolationError,
        UniqueViolationError,
    )

__all__ = [
    "CheckViolationError",
    "ExclusionViolationError",
    "ForeignKeyViolationError",
    "IntegrityConstraintViolationError",
    "Naming",
    "NotNullViolationError",
    "RestrictViolationError",
    "UniqueViolationError",
]

Place: TypeAlias = tuple[str | None, str | None, str | None, str | None]
"""A schema, a table or domain in it, and a constraint or a column that is NOT NULL."""

_NUMBERS = re.compile(r"(_?[0-9]+)+$")


class Naming:
    """Gives errors the classes of their constraints: by itself, or as a context around
    what may raise them."""

    def __init__(
        self,
        classes: Mapping[Place, type[IntegrityConstraintViolationError]],
        numbered: Mapping[Place, type[IntegrityConstraintViolationError]] | None = None,
    ) -> None:
        self._classes = classes
        self._numbered = numbered or {}

    def name(self, error: IntegrityConstraintViolationError) -> None:
        """Make the error one of the class of its constraint, if that has one."""
        schema, constraint = error.schema_name, error.constraint_name
        owner = error.table_name or error.data_type_name
        named = self._classes.get((schema, owner, constraint, error.column_name))
        if named is None and self._numbered and constraint is not None:
            # PostgreSQL numbers the parts of a foreign key that refers to partitions.
            stem = _NUMBERS.sub("", constraint)
            named = self._numbered.get((schema, owner, stem, None))
        if named is not None and issubclass(named, type(error)):
            error.__class__ = named

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if isinstance(error, IntegrityConstraintViolationError):
            self.name(error)

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, kind: object, error: object, traceback: object) -> None:
        self.__exit__(kind, error, traceback)
