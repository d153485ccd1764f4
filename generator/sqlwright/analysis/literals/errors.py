"""How input functions word their refusals."""

from __future__ import annotations

from typing import Final, NoReturn

from sqlwright.analysis.state.refusal import RefusalError

CODE: Final = "invalid-literal"
WHITESPACE = " \t\n\v\f\r"


def refuse(
    message: str, sqlstate: str = "22P02", *, detail: str | None = None, hint: str | None = None
) -> NoReturn:
    """A text is no value of the type."""
    raise RefusalError(CODE, message, sqlstate=sqlstate, detail=detail, hint=hint)


def bad_syntax(type_name: str, text: str, sqlstate: str = "22P02") -> NoReturn:
    """The text does not have the form of the type's values."""
    refuse(f'invalid input syntax for type {type_name}: "{text}"', sqlstate)


def out_of_range(type_name: str, text: str) -> NoReturn:
    """The text is a number that the type does not hold."""
    refuse(f'value "{text}" is out of range for type {type_name}', "22003")
