"""json and jsonb: objects or text as the options say, with JSON's null told from NULL."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.model import Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.options import JsonForm
from sqlwright.codegen.types.codec import Codec, Conversion
from sqlwright.codegen.types.python_type import STR, PythonType, imported, union
from sqlwright.dataclass import replace

SENT_AS = "text"
"""The type that json is sent as, so that no codec of the connection encodes the text again."""

VALUE = imported(modules.JSON, "JsonValue", is_class=False)
INPUT = imported(modules.JSON, "JsonInput", is_class=False)
NULL = imported(modules.JSON, "JsonNull")
CLASSES = frozenset({VALUE.name, INPUT.name, NULL.name})


def is_json(item: Type) -> bool:
    """Whether values of the type are json."""
    return item.oid in (oids.JSON, oids.JSONB)


def json_codec(form: JsonForm, public: PublicNames) -> Codec:
    """How json looks; what may be NULL has another form than what may not."""
    if form == "text":
        return Codec(STR, STR, sent_as=SENT_AS)
    value, given, null = (item.named_for(public) for item in (VALUE, INPUT, NULL))
    nullable = Codec(
        union(value, null).optional(),
        union(given, null).optional(),
        _conversion("decode_nullable_json", public),
        _conversion("encode_nullable_json", public),
        sent_as=SENT_AS,
        optional=True,
    )
    return Codec(
        value,
        given,
        _conversion("decode_json", public),
        _conversion("encode_json", public),
        sent_as=SENT_AS,
        nullable_form=nullable,
    )


def any_json(form: JsonForm, public: PublicNames) -> tuple[Conversion | None, Conversion | None]:
    """What reads and writes json that may be of any type to type checkers, since a rule says of
    which it is."""
    if form == "text":
        return None, None
    read = replace(_conversion("load_json", public), gives_any=True)
    return read, _conversion("dump_json", public)


def typed_json_codec(python: PythonType, public: PublicNames) -> Codec:
    """How json looks whose contents have a type of their own."""
    decode, encode = (
        _checking(name, python, public) for name in ("decode_typed_json", "encode_typed_json")
    )
    decode = replace(decode, gives_any=not python.is_class)
    return Codec(python, python, decode, encode, sent_as=SENT_AS)


def _conversion(name: str, public: PublicNames) -> Conversion:
    local, needed = public.imported(modules.JSON, name)
    return Conversion(local, frozenset({needed}), takes_none=True)


def _checking(name: str, python: PythonType, public: PublicNames) -> Conversion:
    local, needed = public.imported(modules.TYPED_JSON, name)
    return Conversion(local, python.imports | {needed}, (python.annotation,))
