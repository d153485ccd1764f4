"""The keys of sqlc's configuration, as sqlc 1.31 takes them, and what each means here."""

from __future__ import annotations

TOP_1 = frozenset(("version", "cloud", "packages", "overrides", "rename", "rules"))
TOP_2 = frozenset(
    ("version", "cloud", "sql", "overrides", "plugins", "rules", "servers", "options")
)
ENTRY = frozenset(
    (
        "name",
        "engine",
        "schema",
        "queries",
        "database",
        "strict_function_checks",
        "strict_order_by",
        "gen",
        "codegen",
        "rules",
        "analyzer",
    )
)
OVERRIDE = frozenset(
    (
        "column",
        "converter",
        "db_type",
        "postgres_type",
        "engine",
        "nullable",
        "null",
        "unsigned",
        "go_type",
        "go_struct_tag",
        "py_type",
        "python_type",
    )
)

EQUALS = frozenset(
    (
        "converters",
        "emit_classes",
        "emit_exact_table_names",
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
        "emit_async_querier",
        "emit_empty_slices",
        "emit_init_file",
        "emit_params_struct_pointers",
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
        "strict_function_checks",
        "strict_order_by",
    )
)
"""Options that ask for what is so anyway, or name what has no name here."""
