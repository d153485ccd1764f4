"""The kinds of classes that rows can be objects of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlwright.codegen.imports import DATACLASS, PublicNames
from sqlwright.codegen.model import Import
from sqlwright.codegen.options import ModelName, PackageOptions
from sqlwright.codegen.types.python_type import PythonType
from sqlwright.dataclass import dataclass, field

Fields = Sequence[tuple[str, PythonType]]


@dataclass(frozen=True, slots=True)
class Form:
    """How a class statement looks: its decorator and its bases, either of which may be missing."""

    decorator: str = ""
    bases: str = ""

    @property
    def decorators(self) -> tuple[str, ...]:
        """The lines over the class."""
        return (f"@{self.decorator}",) if self.decorator else ()


def _no_settings(frozen: bool, fields: Fields) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class ModelKind:
    """A kind of class.

    `open` and `frozen` are its forms for objects that change and that do not; `base` is a base that
    has to be imported from `typing`. `needed` is the import of the library. `keyword_only` objects
    are made from keyword arguments, and fields of `by_key` ones are items. `reserved` are names
    that its fields cannot have. `settings` are the arguments of `settings_class`, which is assigned
    to `settings_name`, that fields need.
    """

    name: ModelName
    open: Form = Form()
    frozen: Form = Form()
    base: str = ""
    needed: Import | None = None
    keyword_only: bool = False
    by_key: bool = False
    reserved: frozenset[str] = frozenset()
    settings_name: str = ""
    settings_class: str = ""
    settings: Callable[[bool, Fields], tuple[str, ...]] = field(default=_no_settings)

    def form(self, frozen: bool, public: PublicNames) -> tuple[Form, frozenset[Import]]:
        """How the class statement looks, and the imports it needs."""
        if self.base:
            base, needed = public.imported("typing", self.base)
            return Form(bases=base), frozenset({needed})
        form = self.frozen if frozen else self.open
        return form, frozenset({self.needed} if self.needed else ())

    @property
    def module_names(self) -> frozenset[str]:
        """Names that a module with such classes uses at its top level."""
        return frozenset({self.needed.name or self.needed.module} if self.needed else ())


def _pydantic_settings(frozen: bool, fields: Fields) -> tuple[str, ...]:
    """What the fields need pydantic to allow: numbers that are none or infinite, which `numeric`
    holds, classes that it knows nothing of, and names that it keeps for methods of its own."""
    settings = ["frozen=True"] if frozen else []
    if any(python.holds_decimals for _, python in fields):
        settings.append("allow_inf_nan=True")
    if not all(python.checked_by_pydantic for _, python in fields):
        settings.append("arbitrary_types_allowed=True")
    if any(name.startswith("model_") for name, _ in fields):
        settings.append("protected_namespaces=()")
    return tuple(settings)


DATACLASS_NAMES = frozenset({"mro"})
"""What every class has already: a field of that name would have it as its default."""

_PYDANTIC_METHODS = DATACLASS_NAMES.union(
    {"construct", "copy", "dict", "from_orm", "json", "model_computed_fields", "model_config"}
    | {"model_construct", "model_copy", "model_dump", "model_dump_json", "model_extra"}
    | {"model_fields", "model_fields_set", "model_json_schema", "model_parametrized_name"}
    | {"model_post_init", "model_rebuild", "model_validate", "model_validate_json"}
    | {"model_validate_strings", "parse_file", "parse_obj", "parse_raw", "schema", "schema_json"}
    | {"update_forward_refs", "validate"}
)

_KINDS = (
    ModelKind(
        "dataclass",
        Form("dataclass(slots=True)"),
        Form("dataclass(frozen=True, slots=True)"),
        needed=Import(DATACLASS, "dataclass"),
        reserved=DATACLASS_NAMES,
    ),
    ModelKind(
        "msgspec",
        # Rows hold no reference to themselves, so the garbage collector need not look at them.
        Form(bases="msgspec.Struct, gc=False"),
        Form(bases="msgspec.Struct, frozen=True, gc=False"),
        needed=Import("msgspec"),
    ),
    ModelKind(
        "pydantic",
        Form(bases="pydantic.BaseModel"),
        Form(bases="pydantic.BaseModel"),
        needed=Import("pydantic"),
        keyword_only=True,
        reserved=_PYDANTIC_METHODS,
        settings_name="model_config",
        settings_class="pydantic.ConfigDict",
        settings=_pydantic_settings,
    ),
    ModelKind(
        "attrs",
        Form("attrs.define"),
        Form("attrs.frozen"),
        needed=Import("attrs"),
        reserved=frozenset({"self"}),
    ),
    ModelKind("namedtuple", base="NamedTuple", reserved=frozenset({"count", "index"})),
    ModelKind("typeddict", base="TypedDict", keyword_only=True, by_key=True),
)
MODEL_KINDS = {kind.name: kind for kind in _KINDS}
"""Every kind, by its name in the configuration."""


def model_kind(options: PackageOptions) -> ModelKind:
    """The kind that a package's classes are of."""
    return MODEL_KINDS[options.model]
