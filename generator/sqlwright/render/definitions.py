"""Annotations, and the first lines of functions, classes and fields, as `ruff format` has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.codegen.literals import text_literal
from sqlwright.codegen.model import Field, Function, Parameter
from sqlwright.patterns import pattern
from sqlwright.render.width import STEP, fits


def annotation(before: str, text: str, after: str, indent: str) -> Iterator[str]:
    """`before` an annotation `after`, in parentheses where a union or a name is too long, within
    its own brackets otherwise."""
    whole = f"{indent}{before}{text}{after}"
    if fits(whole):
        yield whole
        return
    parts = _split(text, " | ")
    head = text[: text.find("[") + 1]
    if len(parts) == 1 and head and fits(f"{indent}{before}{head}"):
        yield from _subscript(before, text, after, indent)
    else:
        yield f"{indent}{before}("
        yield from _union(parts, indent + STEP)
        yield f"{indent}){after}"


def _union(parts: Sequence[str], indent: str) -> Iterator[str]:
    """A union alone on its lines: on one, or one part a line."""
    whole = f"{indent}{' | '.join(parts)}"
    if fits(whole):
        yield whole
        return
    yield from _members(parts, indent, "")


def _members(parts: Sequence[str], indent: str, after: str, before: str = "") -> Iterator[str]:
    for index, part in enumerate(parts):
        start = "| " if index else before
        end = after if index == len(parts) - 1 else ""
        if fits(f"{indent}{start}{part}{end}") or not part.endswith("]"):
            yield f"{indent}{start}{part}{end}"
        else:
            yield from _subscript(start, part, end, indent)


def _subscript(before: str, text: str, after: str, indent: str) -> Iterator[str]:
    opening = text.index("[")
    inner = text[opening + 1 : -1]
    arguments = _split(inner, ", ")
    yield f"{indent}{before}{text[: opening + 1]}"
    if fits(f"{indent}{STEP}{inner}"):
        yield f"{indent}{STEP}{inner}"
    elif len(arguments) == 1:
        yield from _argument(arguments[0], indent + STEP, "")
    else:
        for argument in arguments:
            yield from _argument(argument, indent + STEP, ",")
    yield f"{indent}]{after}"


def _argument(text: str, indent: str, after: str) -> Iterator[str]:
    if fits(f"{indent}{text}{after}"):
        yield f"{indent}{text}{after}"
        return
    yield from _members(_split(text, " | "), indent, after)


_TEXT = pattern(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")


def _split(text: str, separator: str) -> list[str]:
    """Split where no bracket is open, outside of the texts that a `Literal` may have."""
    parts, depth, start = [], 0, 0
    within = {at for found in _TEXT.finditer(text) for at in range(*found.span())}
    for index, character in enumerate(text):
        if index in within:
            continue
        depth += (character in "[(") - (character in "])")
        if depth == 0 and text.startswith(separator, index):
            parts.append(text[start:index])
            start = index + len(separator)
    return [*parts, text[start:]]


def class_header(name: str, bases: str) -> Iterator[str]:
    """The line or lines that begin a class."""
    whole = f"class {name}({bases}):" if bases else f"class {name}:"
    if not bases or fits(whole):
        yield whole
    elif fits(f"{STEP}{bases}"):
        yield from (f"class {name}(", f"{STEP}{bases}", "):")
    else:
        yield f"class {name}("
        yield from (f"{STEP}{base}," for base in bases.split(", "))
        yield "):"


def class_field(field: Field) -> Iterator[str]:
    """The declaration of a field."""
    before = f"{STEP}{field.name}: {field.annotation} = "
    if not field.default or fits(f"{before}{field.default}") or not fits(f"{before}("):
        after = f" = {field.default}" if field.default else ""
        yield from annotation(f"{field.name}: ", field.annotation, after, STEP)
    else:
        yield from _in_parentheses(before, field.default, STEP)


def enum_member(name: str, label: str) -> Iterator[str]:
    """A member of an enum."""
    whole = f"{STEP}{name} = {text_literal(label)}"
    if fits(whole):
        yield whole
    else:
        yield from _in_parentheses(f"{STEP}{name} = ", text_literal(label), STEP)


def _in_parentheses(before: str, value: str, indent: str) -> Iterator[str]:
    yield f"{before}("
    yield f"{indent}{STEP}{value}"
    yield f"{indent})"


def signature(function: Function, indent: str, end: str = ":") -> Iterator[str]:
    """A function's `def` line or lines; without a body, `end` is `: ...`."""
    word = "async def" if function.is_async else "def"
    first = ", ".join(map(_parameter, function.first))
    whole = f"{indent}{word} {function.name}({first}) -> {function.returns}{end}"
    if not function.keyword and fits(whole):
        yield whole
        return
    inner = indent + STEP
    yield f"{indent}{word} {function.name}("
    for parameter in function.first:
        yield from _parameter_lines(parameter, inner)
    if function.keyword:
        yield f"{inner}*,"
    for parameter in function.keyword:
        yield from _parameter_lines(parameter, inner)
    yield from annotation(") -> ", function.returns, end, indent)


def _parameter(parameter: Parameter) -> str:
    default = f" = {parameter.default}" if parameter.default else ""
    if not parameter.annotation:
        return f"{parameter.name}{default}"
    return f"{parameter.name}: {parameter.annotation}{default}"


def _parameter_lines(parameter: Parameter, indent: str) -> Iterator[str]:
    whole = f"{indent}{_parameter(parameter)},"
    if fits(whole):
        yield whole
        return
    default = f" = {parameter.default}," if parameter.default else ","
    parts = _split(parameter.annotation, " | ")
    yield from _members(parts, indent, default, f"{parameter.name}: ")
