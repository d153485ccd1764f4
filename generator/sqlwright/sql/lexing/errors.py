"""Text that is no token."""

from __future__ import annotations

from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.tokens import RefusedToken, Token

_CLOSING = {
    "dollar-quoted string": ": the `$$` that it begins with has to end it too",
    "quoted string": ": a single quote is missing",
    "quoted identifier": ": a double quote is missing",
    "comment": ": `*/` is missing",
}


def _advice(message: str, text: str) -> str | None:
    """What to say of a text that never ends; if there is nothing in it, it may be the end of one
    that never begins.
    """
    if message.startswith("zero-length delimited identifier"):
        return "an empty text is written in single quotes: `''`"
    if not message.startswith("unterminated"):
        return None
    if message == "unterminated quoted string" and not any(letter.isalnum() for letter in text):
        return "a single quote is missing: after this one, or before the text that it ends"
    kind = next((each for each in _CLOSING if each in message), "")
    return f"it begins here and is never closed{_CLOSING.get(kind, '')}"


class LexicalError(Exception):
    """Text from `start` to `end` that is no token; what comes next begins at `resume`."""

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        *,
        sqlstate: str = "42601",
        hint: str | None = None,
        near: bool = True,
        resume: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.sqlstate = sqlstate
        self.hint = hint
        self.near = near
        self.resume = end if resume is None else resume

    def token(self, source: SourceFile) -> Token:
        """The text as a token that the parser refuses."""
        start, end = self.start, self.end
        text = source.text[start:end]
        # What is never closed goes on to the end of the file; its first line says enough.
        near = text.partition("\n")[0]
        message = self.message
        if self.near:
            message += f' at or near "{near}"' if near else " at end of input"
        diagnostic = Diagnostic(
            "syntax-error",
            "error",
            message,
            (Label(Span(source, start, end)),),
            (self.hint,) if self.hint else (),
            help=_advice(self.message, text),
            sqlstate=self.sqlstate,
        )
        return RefusedToken(text, start, self.resume, diagnostic)
