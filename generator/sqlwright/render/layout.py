"""Line breaks, docstrings and string literals as `ruff format` leaves them at 88 columns.

Whatever has to be broken gets one item a line and a trailing comma, which formatters set to longer
lines leave alone too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from sqlwright.codegen.model import (
    Code,
    Comprehension,
    Conditional,
    Field,
    Function,
    Group,
    Import,
    Line,
    Parameter,
)

WIDTH = 88
STEP = "    "


def statement(line: Line, indent: str) -> Iterator[str]:
    """The source lines of one statement."""
    indent += STEP * line.depth
    if line.annotation:
        yield from _annotated_assignment(line, indent)
        return
    whole = f"{indent}{line.start}{flat(line.code)}"
    if line.comment and fits(f"{whole}  # {line.comment}"):
        whole = f"{whole}  # {line.comment}"
    if fits(whole):
        yield whole
    elif isinstance(line.code, Conditional) and line.start == "return ":
        yield f"{indent}if {line.code.test}:"
        yield f"{indent}{STEP}return None"
        yield from broken(line.code.value, indent, "return ", "")
    else:
        yield from broken(line.code, indent, line.start, "")


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
        yield f"{indent}{before}{code.head}"
        for item in code.items:
            yield from broken(item, indent + STEP, "", ",")
        yield f"{indent}{code.tail}{after}"
    elif isinstance(code, Conditional):
        yield f"{indent}{before}{code.start}None"
        yield f"{indent}if {code.test}"
        yield from broken(code.value, indent, "else ", after)
    else:
        yield f"{indent}{before}{code.brackets[0]}"
        yield from _comprehension(code, indent + STEP)
        yield f"{indent}{code.brackets[1]}{after}"


def fits(line: str) -> bool:
    """Whether a line stays within the width; wide characters count twice, combining ones not."""
    if line.isascii():
        return len(line) <= WIDTH
    return sum(_columns(character) for character in line) <= WIDTH


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _comprehension(code: Comprehension, indent: str) -> Iterator[str]:
    whole = f"{indent}{flat(code.element)} {code.loop}"
    if fits(whole):
        yield whole
        return
    yield from broken(code.element, indent, "", "")
    yield f"{indent}{code.loop}"


def _annotated_assignment(line: Line, indent: str) -> Iterator[str]:
    before = f"{line.start}: {line.annotation} = "
    if fits(f"{indent}{before}{flat(line.code)}"):
        yield f"{indent}{before}{flat(line.code)}"
        return
    assert isinstance(line.code, Group)
    if fits(f"{indent}{before}{line.code.head}"):
        yield from broken(line.code, indent, before, "")
        return
    *lines, last = annotation(f"{line.start}: ", line.annotation, "", indent)
    yield from lines
    yield from (
        broken(line.code, "", f"{last} = ", "")
        if fits(f"{last} = {flat(line.code)}")
        else _continued(line.code, indent, f"{last} = ")
    )


def _continued(code: Group, indent: str, before: str) -> Iterator[str]:
    yield f"{before}{code.head}"
    for item in code.items:
        yield from broken(item, indent + STEP, "", ",")
    yield f"{indent}{code.tail}"


# Annotations


def annotation(before: str, text: str, after: str, indent: str) -> Iterator[str]:
    """`before` an annotation `after`, in parentheses where a union or a name is too long, within
    its own brackets otherwise."""
    whole = f"{indent}{before}{text}{after}"
    if fits(whole):
        yield whole
        return
    parts = _split(text, " | ")
    if len(parts) == 1 and text.endswith("]"):
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
    yield from _members(_split(text, " | "), indent, after)


def _split(text: str, separator: str) -> list[str]:
    """Split where no bracket is open."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character in "[(") - (character in "])")
        if depth == 0 and text.startswith(separator, index):
            parts.append(text[start:index])
            start = index + len(separator)
    return [*parts, text[start:]]


# Definitions


def class_field(field: Field) -> Iterator[str]:
    """The declaration of a field."""
    after = f" = {field.default}" if field.default else ""
    return annotation(f"{field.name}: ", field.annotation, after, STEP)


def signature(function: Function, indent: str) -> Iterator[str]:
    """A function's `def` line or lines."""
    word = "async def" if function.is_async else "def"
    first = [_parameter(parameter) for parameter in function.first]
    whole = f"{indent}{word} {function.name}({', '.join(first)}) -> {function.returns}:"
    if not function.keyword and fits(whole):
        yield whole
        return
    inner = indent + STEP
    yield f"{indent}{word} {function.name}("
    if function.keyword:
        first.append("*")
    yield from (f"{inner}{text}," for text in first)
    for parameter in function.keyword:
        text = f"{inner}{_parameter(parameter)},"
        if fits(text):
            yield text
        else:
            yield from _long_parameter(parameter, inner)
    yield from annotation(") -> ", function.returns, ":", indent)


def _parameter(parameter: Parameter) -> str:
    default = f" = {parameter.default}" if parameter.default else ""
    if not parameter.annotation:
        return f"{parameter.name}{default}"
    return f"{parameter.name}: {parameter.annotation}{default}"


def _long_parameter(parameter: Parameter, indent: str) -> Iterator[str]:
    default = f" = {parameter.default}," if parameter.default else ","
    parts = _split(parameter.annotation, " | ")
    return _members(parts, indent, default, f"{parameter.name}: ")


def import_lines(imports: Sequence[Import]) -> Iterator[str]:
    """Import statements in isort's order: standard library, other libraries, this package."""
    plain = sorted({item.module for item in imports if not item.name})
    named: dict[str, set[str]] = {}
    for item in imports:
        if item.name:
            alias = f" as {item.alias}" if item.alias else ""
            named.setdefault(item.module, set()).add(f"{item.name}{alias}")
    groups: list[list[str]] = [[], [], []]
    for module in plain:
        groups[_section(module)].append(f"import {module}")
    for module in sorted(named, key=str.lower):
        names = sorted(named[module], key=member_order)
        groups[_section(module)].extend(_from_import(module, names))
    for group in groups:
        if group:
            yield ""
            yield from group


def member_order(name: str) -> tuple[int, str]:
    """isort's order of names: constants, classes, the rest."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1 if name[:1].isupper() else 2), name


def _from_import(module: str, names: Sequence[str]) -> Iterator[str]:
    whole = f"from {module} import {', '.join(names)}"
    if fits(whole):
        yield whole
        return
    yield f"from {module} import ("
    yield from (f"{STEP}{name}," for name in names)
    yield ")"


_STANDARD = frozenset(
    {"collections.abc", "dataclasses", "datetime", "decimal", "enum", "ipaddress", "typing", "uuid"}
)


def _section(module: str) -> int:
    if module.startswith("."):
        return 2
    return 0 if module in _STANDARD else 1


# Strings


def docstring(lines: Sequence[str], indent: str) -> Iterator[str]:
    """A docstring; one of several lines has its closing quotes on a line of their own."""
    texts = [_escaped(line) for line in lines]
    if not texts:
        return
    opening = f'{indent}"""'
    first = texts[0].lstrip()
    if first.startswith('"'):
        first = f" {first}"
    if len(texts) == 1:
        last = f"{first} " if first.endswith(('"', "\\")) else first
        yield f'{opening}{last}"""'
        return
    yield f"{opening}{first}"
    yield from (f"{indent}{text}" if text else "" for text in texts[1:])
    yield f'{indent}"""'


def _escaped(text: str) -> str:
    """Text within a triple-quoted string."""
    safe = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return "".join(_printable(character) for character in safe)


def _printable(character: str) -> str:
    if character in "\n\t" or (character >= " " and character != "\x7f"):
        return character
    return f"\\x{ord(character):02x}"


def sql_literal(sql: str) -> str:
    """SQL as a string literal over several lines."""
    return f'"""\\\n{_escaped(sql)}"""'


def text_literal(text: str) -> str:
    """Text as a string literal on one line, in the quotes that need fewer escapes."""
    body = "".join(_printable(character) for character in text.replace("\\", "\\\\"))
    body = body.replace("\n", "\\n").replace("\t", "\\t")
    if '"' in body and "'" not in body:
        return f"'{body}'"
    return '"' + body.replace('"', '\\"') + '"'
