"""Statements over as many lines as they take, as `ruff format` leaves them at 88 columns.

Whatever has to be broken gets one item a line and a trailing comma, which formatters set to longer
lines leave alone too.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.codegen.model import Code, Comprehension, Conditional, Group, Line
from sqlwright.render.definitions import annotation
from sqlwright.render.width import STEP, fits


def statement(line: Line, indent: str) -> Iterator[str]:
    """The source lines of one statement."""
    indent += STEP * line.depth
    if line.annotation:
        yield from _annotated_assignment(line, indent)
        return
    whole = f"{indent}{line.start}{flat(line.code)}"
    if fits(whole):
        commented = f"{whole}  # {line.comment}"
        for_checkers = line.comment.startswith("type: ")  # formatters leave it out of the width
        yield commented if line.comment and (for_checkers or fits(commented)) else whole
    elif isinstance(line.code, Conditional) and line.start == "return ":
        yield f"{indent}if {line.code.test}:"
        yield f"{indent}{STEP}return None"
        yield from _started(line.code.value, indent, "return ")
    elif isinstance(line.code, Conditional):
        yield f"{indent}{line.start}("
        yield from broken(line.code, indent + STEP, "", "")
        yield f"{indent})"
    else:
        yield from _started(line.code, indent, line.start)


def _started(code: Code, indent: str, start: str) -> Iterator[str]:
    """Code after `start`, in parentheses if that makes room for the head of a call."""
    inner = indent + STEP
    if (
        isinstance(code, Group)
        and start.endswith(("= ", "return "))
        and not fits(f"{indent}{start}{code.head}")
        and all(map(fits, broken(code, inner, "", "")))
    ):
        yield f"{indent}{start}("
        yield from broken(code, inner, "", "")
        yield f"{indent})"
    else:
        yield from broken(code, indent, start, "")


def flat(code: Code) -> str:
    """Code on one line."""
    if isinstance(code, str):
        return code
    if isinstance(code, Group):
        comma = "," if code.head == "(" and len(code.items) == 1 else ""
        return f"{code.head}{', '.join(map(flat, code.items))}{comma}{code.tail}"
    if isinstance(code, Conditional):
        return f"{code.start}None if {code.test} else {flat(code.value)}"
    return f"{code.brackets[0]}{flat(code.element)} {code.loop}{code.brackets[1]}"


def broken(code: Code, indent: str, before: str, after: str) -> Iterator[str]:
    """Code over as many lines as it takes, `before` in front of its first and `after` behind its
    last."""
    whole = f"{indent}{before}{flat(code)}{after}"
    if fits(whole) or isinstance(code, str):
        yield whole
    elif isinstance(code, Group):
        yield from _exploded(code, indent, before, after)
    elif isinstance(code, Conditional):
        yield from _split_conditional(code, indent, before, after)
    else:
        yield f"{indent}{before}{code.brackets[0]}"
        yield from _comprehension(code, indent + STEP)
        yield f"{indent}{code.brackets[1]}{after}"


def _split_conditional(code: Conditional, indent: str, before: str, after: str) -> Iterator[str]:
    yield f"{indent}{before}{code.start}None"
    yield from _test(code.test, indent)
    if isinstance(code.value, Conditional):
        yield from _split_conditional(code.value, indent, "else ", after)
    else:
        yield from broken(code.value, indent, "else ", after)


def _test(test: str, indent: str) -> Iterator[str]:
    name, operator, _ = test.partition(" is None")
    if operator and not fits(f"{indent}if {test}"):
        yield f"{indent}if {name}"
        yield f"{indent}is None"
    else:
        yield f"{indent}if {test}"


def _exploded(code: Group, indent: str, before: str, after: str) -> Iterator[str]:
    yield f"{indent}{before}{code.head}"
    for item in code.items:
        yield from broken(item, indent + STEP, "", ",")
    yield f"{indent}{code.tail}{after}"


def _comprehension(code: Comprehension, indent: str) -> Iterator[str]:
    whole = f"{indent}{flat(code.element)} {code.loop}"
    if fits(whole):
        yield whole
        return
    yield from broken(code.element, indent, "", "")
    yield f"{indent}{code.loop}"


def _annotated_assignment(line: Line, indent: str) -> Iterator[str]:
    name, value = f"{line.start}: ", f" = {flat(line.code)}"
    head = f" = {line.code.head}" if isinstance(line.code, Group) else value
    if fits(f"{indent}{name}{line.annotation}{value}"):
        yield f"{indent}{name}{line.annotation}{value}"
        return
    *lines, last = annotation(name, line.annotation, head, indent)
    yield from lines
    if isinstance(line.code, Group):
        _, *rest = _exploded(line.code, indent, "", "")
        yield last
        yield from rest
    else:
        yield last
