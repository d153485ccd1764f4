"""YAML and JSON read by the shape that is expected, keeping where every key stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NoReturn

import yaml
from yaml.constructor import SafeConstructor

from sqlwright.config.reading import TOO_DEEP
from sqlwright.dataclass import dataclass, field
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.source import SourceFile, Span

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


@dataclass(frozen=True, slots=True)
class Struct:
    """A table with known keys, of which an open one may have others. `name` is for errors."""

    name: str
    fields: Mapping[str, Kind]
    open: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind of values; with `alone`, one value may stand for a list of it."""

    item: Kind
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """A table of texts under keys of any name."""


@dataclass(frozen=True, slots=True)
class TextOr:
    """A text, or a table."""

    struct: Struct


Kind = Struct | ListOf | Texts | TextOr | Literal["bool", "int32", "string", "any"]


@dataclass(slots=True)
class Located:
    """One document: its nodes, and where the keys that have been read stand."""

    source: SourceFile
    root: yaml.Node
    places: dict[Path, Span] = field(default_factory=dict)
    _open: dict[Path, yaml.Node] = field(default_factory=dict)
    _values: int = 0

    def read(self, kind: Kind) -> Any:
        """The whole document as plain values; keys without a value are left out.

        Raises DiagnosticError `invalid-config` for an unknown key or a value of another kind.
        """
        return self._read(self.root, kind, ())

    def read_open(self, kind: Kind, path: Path) -> Any:
        """Like `read`, for a part that was read as anything before; None if there is none."""
        node = self._open.get(path)
        return None if node is None else self._read(node, kind, path)

    def text_at_top(self, key: str) -> str | None:
        """The text of a key of the document, before its shape is known."""
        if not isinstance(self.root, yaml.MappingNode):
            self.refuse("the configuration is not a table of options")
        for name, value in self.root.value:
            if name.value == key and isinstance(value, yaml.ScalarNode) and not _is_null(value):
                self.places[key,] = self._span(name)
                return str(value.value)
        return None

    def refuse(self, message: str, path: Path = (), help: str | None = None) -> NoReturn:
        """End with `invalid-config`, pointing at a key or the nearest one around it."""
        raise DiagnosticError(
            Diagnostic("invalid-config", "error", message, self.label(path), help=help)
        )

    def label(self, path: Path) -> tuple[Label, ...]:
        """A label at a key, at the nearest one around it if it has no place of its own."""
        span = self.span(path)
        return () if span is None else (Label(span),)

    def span(self, path: Path) -> Span | None:
        """Where a key stands, or the nearest one around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path] if path else None

    def _read(self, node: yaml.Node, kind: Kind, path: Path) -> Any:
        self._count(path)
        if _is_null(node):
            return None
        if isinstance(kind, TextOr):
            kind = kind.struct if isinstance(node, yaml.MappingNode) else "string"
        if isinstance(kind, ListOf) and kind.alone and isinstance(node, yaml.ScalarNode):
            return [self._read(node, kind.item, path)]
        if isinstance(kind, (Struct, Texts)) and isinstance(node, yaml.MappingNode):
            return self._table(node, kind, path)
        if isinstance(kind, ListOf) and isinstance(node, yaml.SequenceNode):
            return self._list(node, kind.item, path)
        if kind == "any":
            return self._anything(node, path)
        if isinstance(node, yaml.ScalarNode) and isinstance(kind, str):
            value = _scalar(node, kind)
            if value is not None:
                return value
        return self.refuse(f"cannot unmarshal {_shown(node)} into {_called(kind)}", path)

    def _count(self, path: Path) -> None:
        """Aliases may make a document of a few lines as large as they like, or endless."""
        self._values += 1
        if self._values > _MOST:
            self.refuse(
                "the configuration has too many values, with what its aliases stand for", path
            )

    def _table(self, node: yaml.MappingNode, kind: Struct | Texts, path: Path) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key, value in self._pairs(node, path):
            read = self._read(value, self._kind_of(key, kind, path), (*path, key))
            if read is not None:
                table[key] = read
        return table

    def _kind_of(self, key: str, kind: Struct | Texts, path: Path) -> Kind:
        if isinstance(kind, Texts):
            return "string"
        if key not in kind.fields and not kind.open:
            self.refuse(
                f"field {key} not found in type {kind.name}",
                (*path, key),
                did_you_mean(nearest(key, kind.fields)),
            )
        return kind.fields.get(key, "any")

    def _list(self, node: yaml.SequenceNode, item: Kind, path: Path) -> list[Any]:
        read = []
        for index, value in enumerate(node.value):
            self.places[*path, index] = self._span(value)
            read.append(self._read(value, item, (*path, index)))
        return [value for value in read if value is not None]

    def _anything(self, node: yaml.Node, path: Path) -> Any:
        if len(path) > _DEEPEST:
            self.refuse(TOO_DEEP, path)
        self._open[path] = node
        if isinstance(node, yaml.MappingNode):
            pairs = self._pairs(node, path)
            return {key: self._read(value, "any", (*path, key)) for key, value in pairs}
        if isinstance(node, yaml.SequenceNode):
            return self._list(node, "any", path)
        try:
            return SafeConstructor().construct_document(node)
        except (yaml.YAMLError, ValueError, AttributeError, TypeError):
            # The reader's own errors of tags that the text of a value does not fit.
            return self.refuse(f"cannot read {_shown(node)}", path)

    def _pairs(
        self, node: yaml.MappingNode, path: Path, merging: int = 0
    ) -> Iterator[tuple[str, yaml.Node]]:
        """The pairs of a table, what it merges (`<<`) included unless it sets that itself."""
        if merging > _DEEPEST:
            self.refuse(TOO_DEEP, path)
        own: dict[str, yaml.Node] = {}
        merged: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                tables = value.value if isinstance(value, yaml.SequenceNode) else [value]
                for table in tables:
                    if isinstance(table, yaml.MappingNode):
                        self._count(path)
                        merged = {**dict(self._pairs(table, path, merging + 1)), **merged}
            elif not isinstance(key, yaml.ScalarNode):
                self.refuse("a key of the configuration is not a text", path)
            elif not _is_null(key):
                if key.value in own:
                    self.refuse(f'mapping key "{key.value}" already defined', (*path, key.value))
                own[key.value] = value
                self.places[*path, key.value] = self._span(key)
        yield from {**merged, **own}.items()

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark.index, node.end_mark.index
        line_end = self.source.text.find("\n", start)
        return Span(self.source, start, end if line_end < 0 else max(start + 1, min(end, line_end)))


_DEEPEST = 50
_MOST = 100_000


def parse(source: SourceFile) -> Located:
    """The document of a file of YAML, or of JSON, going by its name.

    Raises DiagnosticError `invalid-config` for what is neither.
    """
    text = source.text
    try:
        if source.path.endswith(".json"):
            json.loads(text)
            text = text.replace("\t", " ")  # YAML has no tabs between tokens, and JSON none in them
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except json.JSONDecodeError as error:
        raise _invalid(source, f"invalid JSON: {error.msg}", error.pos) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = None if mark is None else mark.index
        raise _invalid(source, f"invalid YAML: {error.problem}", at) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise _invalid(source, f"invalid YAML: {error}", None) from error
    except RecursionError as error:
        raise _invalid(source, TOO_DEEP, None) from error
    if node is None or _is_null(node):
        raise _invalid(source, "the configuration is empty", None)
    return Located(source, node)


def _invalid(source: SourceFile, message: str, at: int | None) -> DiagnosticError:
    labels = () if at is None else (Label(Span(source, at, at + 1)),)
    return DiagnosticError(Diagnostic("invalid-config", "error", message, labels))


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


_SHOWN = 100
_BOOLS = {"true": True, "yes": True, "y": True, "on": True}
_BOOLS |= {"false": False, "no": False, "n": False, "off": False}


def _scalar(node: yaml.ScalarNode, kind: str) -> str | bool | int | None:
    """A scalar as Go's YAML reader takes it: any as a text, one without quotes as a boolean, and
    a whole number of 32 bits. None if it is of another kind."""
    if kind == "string":
        return str(node.value)
    if kind == "bool":
        return None if node.style else _BOOLS.get(node.value.lower())
    if node.tag != "tag:yaml.org,2002:int":
        return None
    try:
        number = yaml.safe_load(node.value)
    except ValueError:
        return None
    return number if isinstance(number, int) and -(2**31) <= number < 2**31 else None


def _shown(node: yaml.Node) -> str:
    tag = node.tag.replace("tag:yaml.org,2002:", "!!")
    return f"{tag} `{node.value[:_SHOWN]}`" if isinstance(node, yaml.ScalarNode) else tag


def _called(kind: Kind) -> str:
    if isinstance(kind, ListOf):
        return _called(kind.item) if kind.alone else f"[]{_called(kind.item)}"
    if isinstance(kind, (Struct, TextOr)):
        return (kind if isinstance(kind, Struct) else kind.struct).name
    return "map[string]string" if isinstance(kind, Texts) else kind
