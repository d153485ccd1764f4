"""The errors that a handler of a DO block is for (manual, appendix A)."""

from __future__ import annotations

_CONDITIONS = {
    "duplicate_object": "42710",
    "duplicate_table": "42P07",
    "duplicate_column": "42701",
    "duplicate_schema": "42P06",
    "duplicate_function": "42723",
    "duplicate_alias": "42712",
    "duplicate_database": "42P04",
    "invalid_table_definition": "42P16",
    "invalid_object_definition": "42P17",
    "undefined_table": "42P01",
    "undefined_column": "42703",
    "undefined_object": "42704",
    "undefined_function": "42883",
    "undefined_parameter": "42P02",
    "invalid_schema_name": "3F000",
    "dependent_objects_still_exist": "2BP01",
    "wrong_object_type": "42809",
    "datatype_mismatch": "42804",
    "feature_not_supported": "0A000",
    "insufficient_privilege": "42501",
    "object_not_in_prerequisite_state": "55000",
    "syntax_error": "42601",
}


def handles(conditions: tuple[str, ...], sqlstate: str | None) -> bool:
    """Whether one of the names, or codes, of a handler stands for an error."""
    for condition in conditions:
        name = condition.lower()
        if name == "others" or sqlstate in (_CONDITIONS.get(name), condition):
            return True
    return False
