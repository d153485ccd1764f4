"""The shape of sqlc's configuration: the keys that sqlc 1.31 takes, and what each holds.

Names of tables are those in sqlc's own errors.
"""

from __future__ import annotations

from sqlwright.config.located import Kind, ListOf, Struct, TextOr, Texts

_TEXTS: Kind = ListOf("string")
_PATHS: Kind = ListOf("string", alone=True)

_GO_TYPE = Struct(
    "opts.alias",
    {
        "import": "string",
        "package": "string",
        "type": "string",
        "pointer": "bool",
        "slice": "bool",
    },
)
_PYTHON_TYPE = Struct("py_type", {"import": "string", "package": "string", "type": "string"})
_OVERRIDE = Struct(
    "opts.Override",
    {
        "column": "string",
        "db_type": "string",
        "postgres_type": "string",
        "engine": "string",
        "nullable": "bool",
        "null": "bool",
        "unsigned": "bool",
        "go_type": TextOr(_GO_TYPE),
        "go_struct_tag": "string",
        # Python plugins have their own; taken everywhere, so that one file can serve both.
        "converter": "string",
        "py_type": TextOr(_PYTHON_TYPE),
        "python_type": TextOr(_PYTHON_TYPE),
    },
)
_OVERRIDES: Kind = ListOf(_OVERRIDE)

PYTHON_OPTIONS = Struct(
    "options",
    {
        "converters": ListOf(
            Struct(
                "options.converters",
                {
                    "name": "string",
                    "py_type": TextOr(_PYTHON_TYPE),
                    "to_db": "string",
                    "from_db": "string",
                },
                open=True,
            )
        ),
        "emit_async_querier": "bool",
        "emit_classes": "bool",
        "emit_exact_table_names": "bool",
        "emit_pydantic_models": "bool",
        "inflection_exclude_table_names": _TEXTS,
        "model_type": "string",
        "omit_unused_models": "bool",
        "out": "string",
        "overrides": _OVERRIDES,
        "package": "string",
        "query_parameter_limit": "int32",
        "rename": Texts(),
        "sql_driver": "string",
    },
    open=True,
)
"""Options of the plugins for Python, as far as they have a meaning here."""

_GO_1: dict[str, Kind] = {
    "build_tags": "string",
    "emit_all_enum_values": "bool",
    "emit_db_tags": "bool",
    "emit_empty_slices": "bool",
    "emit_enum_valid_method": "bool",
    "emit_exact_table_names": "bool",
    "emit_exported_queries": "bool",
    "emit_interface": "bool",
    "emit_json_tags": "bool",
    "emit_methods_with_db_argument": "bool",
    "emit_params_struct_pointers": "bool",
    "emit_pointers_for_null_enum_types": "bool",
    "emit_pointers_for_null_types": "bool",
    "emit_prepared_queries": "bool",
    "emit_result_struct_pointers": "bool",
    "emit_sql_as_comment": "bool",
    "inflection_exclude_table_names": _TEXTS,
    "json_tags_case_style": "string",
    "json_tags_id_uppercase": "bool",
    "omit_sqlc_version": "bool",
    "omit_unused_structs": "bool",
    "output_batch_file_name": "string",
    "output_copyfrom_file_name": "string",
    "output_db_file_name": "string",
    "output_files_suffix": "string",
    "output_models_file_name": "string",
    "output_querier_file_name": "string",
    "overrides": _OVERRIDES,
    "query_parameter_limit": "int32",
    "sql_driver": "string",
    "sql_package": "string",
}
_GO = Struct(
    "opts.Options",
    {
        **_GO_1,
        "initialisms": _TEXTS,
        "out": "string",
        "package": "string",
        "rename": Texts(),
        "wrap_errors": "bool",
    },
)
_GENERATORS = Struct(
    "config.SQLGen",
    {
        "go": _GO,
        "json": Struct(
            "config.SQLJSON", {"out": "string", "indent": "string", "filename": "string"}
        ),
        # Generators that sqlc once had.
        "kotlin": "any",
        "python": "any",
    },
)
_CODEGEN = Struct("config.Codegen", {"plugin": "string", "out": "string", "options": "any"})
_SQL: dict[str, Kind] = {
    "engine": "string",
    "schema": _PATHS,
    "queries": _PATHS,
    "database": Struct("config.Database", {"uri": "string", "managed": "bool"}),
    "analyzer": Struct("config.Analyzer", {"database": "string"}),
    "rules": _TEXTS,
    "strict_function_checks": "bool",
    "strict_order_by": "bool",
}
_ENTRY = Struct(
    "config.SQL", {**_SQL, "name": "string", "gen": _GENERATORS, "codegen": ListOf(_CODEGEN)}
)
_PACKAGE = Struct("config.v1PackageSettings", {**_SQL, **_GO_1, "name": "string", "path": "string"})

_CLOUD = Struct(
    "config.Cloud", {"organization": "string", "project": "string", "hostname": "string"}
)
_RULES: Kind = ListOf(
    Struct("config.Rule", {"name": "string", "rule": "string", "message": "string"})
)
_PLUGIN = Struct(
    "config.Plugin",
    {
        "name": "string",
        "env": _TEXTS,
        "process": Struct("config.Plugin", {"cmd": "string", "format": "string"}),
        "wasm": Struct("config.Plugin", {"url": "string", "sha256": "string"}),
    },
)
_SERVER = Struct("config.Server", {"name": "string", "engine": "string", "uri": "string"})
_GLOBAL = Struct("opts.GlobalOptions", {"overrides": _OVERRIDES, "rename": Texts()})

VERSION_1 = Struct(
    "config.V1GenerateSettings",
    {
        "version": "string",
        "cloud": _CLOUD,
        "packages": ListOf(_PACKAGE),
        "overrides": _OVERRIDES,
        "rename": Texts(),
        "rules": _RULES,
    },
)
VERSION_2 = Struct(
    "config.Config",
    {
        "version": "string",
        "cloud": _CLOUD,
        "sql": ListOf(_ENTRY),
        "overrides": Struct("config.Overrides", {"go": _GLOBAL}),
        "plugins": ListOf(_PLUGIN),
        "rules": _RULES,
        "options": "any",
        "servers": ListOf(_SERVER),
    },
)

EQUALS = frozenset(
    (
        "converters",
        "emit_async_querier",
        "emit_classes",
        "emit_exact_table_names",
        "emit_interface",
        "emit_pydantic_models",
        "inflection_exclude_table_names",
        "model_type",
        "omit_unused_structs",
        "omit_unused_models",
        "overrides",
        "query_parameter_limit",
        "rename",
    )
)
"""Options of a generator that have an equal here."""

ANYWAY = frozenset(
    (
        "emit_all_enum_values",
        "emit_empty_slices",
        "emit_enum_valid_method",
        "emit_exported_queries",
        "emit_init_file",
        "emit_methods_with_db_argument",
        "emit_params_struct_pointers",
        "emit_pointers_for_null_enum_types",
        "emit_pointers_for_null_types",
        "emit_prepared_queries",
        "emit_result_struct_pointers",
        "emit_sql_as_comment",
        "emit_str_enum",
        "name",
        "omit_sqlc_version",
        "out",
        "package",
        "path",
        "sql_driver",
        "sql_package",
    )
)
"""Options that ask for what is so anyway, or name what has no name here."""
