"""From names in a database to names in Python, by one rule.

1. Words. Queries and columns become `snake_case`, SQL constants `SNAKE_CASE` in capitals, classes
   `PascalCase`; characters that Python does not allow in a name count as `_`, and others are
   taken in the form in which Python reads them (NFKC: `m²` is `m2`). `ChatIDs` is `chat_ids`: a
   run of capitals is one word, with a small plural `s` after it too.
2. A name that does not start with a letter gets the word for what it is in front: `column_`,
   `query_`, `value_` ...
3. A name that Python keeps for itself, or that would hide a name which the generated code around
   it uses (`list`, `uuid`), gets `_` behind.
4. A name already taken in the same place gets `_2`, `_3` ... behind.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from unicodedata import normalize

from sqlwright.codegen.model_kinds import MODEL_KINDS
from sqlwright.patterns import pattern

ANNOTATION_NAMES = frozenset(
    {"asyncpg", "bool", "bytearray", "bytes", "datetime", "decimal", "dict", "float", "int", "list"}
    | {"memoryview", "object", "str", "tuple", "uuid"}
)
"""Builtins and modules that annotations name; a class or function must not hide them."""

BODY_NAMES = frozenset({"classmethod", "super"})
"""Builtins that mean something in the body of a class: over the makers of a position, and to type
checkers as the call of a method."""

MODULE_NAMES = (ANNOTATION_NAMES | BODY_NAMES | {"annotations"}).union(
    *(kind.module_names for kind in MODEL_KINDS.values())
)
"""Lower-case names that a generated module has at its top level; `annotations` is the future."""

_WORD = pattern(r"[A-Z]{2,}s(?![a-z])|[A-Z]+[0-9]*(?![a-z0-9])|[A-Z]?[^A-Z]+")


@lru_cache(maxsize=10_000)
def snake_case(name: str) -> str:
    """`GetChatByID` and `get_chat_by_id` are `get_chat_by_id`; a name without capitals stays."""
    clean = as_python(name)
    if clean.lower() == clean:
        return clean
    words = (word.strip("_") for part in clean.split("_") for word in _WORD.findall(part))
    return _as_read("_".join(word.lower() for word in words if word))


def constant_case(name: str) -> str:
    """The name of the SQL constant or enum member that belongs to `name`."""
    return _as_read(snake_case(name).upper())


@lru_cache(maxsize=10_000)
def pascal_case(name: str) -> str:
    """`chat_debug_runs` is `ChatDebugRuns`; capitals inside words stay."""
    clean = as_python(name)
    return _as_read("".join(part[:1].upper() + part[1:] for part in clean.split("_")))


def identifier(name: str, prefix: str, reserved: Container[str] = ()) -> str:
    """Rules 2 and 3 on a name that is spelled as wanted."""
    first = name[:1]
    safe = name if first != "_" and first.isidentifier() else prefix + name.lstrip("_")
    safe = _as_read(safe)
    safe = safe.rstrip("_") if safe.endswith("__") else safe
    while keyword.iskeyword(safe) or safe in reserved:
        safe += "_"
    return safe


def as_python(name: str) -> str:
    """The name as Python reads it, with `_` for every character that it does not allow in one."""
    if name.isascii():
        return name if f"_{name}".isidentifier() else re.sub(r"\W", "_", name)
    read = normalize("NFKC", name)
    return _as_read("".join(each if f"_{each}".isidentifier() else "_" for each in read))


def _as_read(name: str) -> str:
    """The form in which Python compares names; a change of case or a prefix may lead out of it."""
    return name if name.isascii() else normalize("NFKC", name)


class AnyOf:
    """Names of several sets, which are not put together since some are large."""

    def __init__(self, *parts: Container[str]) -> None:
        self._parts = parts

    def __contains__(self, name: object) -> bool:
        return any(name in part for part in self._parts)


class Taken:
    """The names already used in one place, beside those of a `base`; `claim` applies rule 4 and
    remembers."""

    def __init__(self, names: Iterable[str] = (), base: Container[str] = ()) -> None:
        self._names = set(names)
        self._base = base

    def __contains__(self, name: str) -> bool:
        return name in self._names or name in self._base

    def __iter__(self) -> Iterator[str]:
        """Those that are not of the base."""
        return iter(self._names)

    def claim(self, name: str) -> str:
        """`name`, or `name_2` and so on where it is taken."""
        claimed, count = name, 1
        while claimed in self:
            count += 1
            claimed = f"{name}_{count}"
        self._names.add(claimed)
        return claimed
