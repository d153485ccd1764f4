"""The words of PL/pgSQL (pl_reserved_kwlist.h, pl_unreserved_kwlist.h)."""

from __future__ import annotations

_RESERVED = """
all begin by case declare else end execute for foreach from if in into loop not null or strict
then to using when while
"""
_UNRESERVED = """
absolute alias and array assert backward call chain close collate column column_name commit
constant constraint constraint_name continue current cursor datatype debug default detail
diagnostics do dump elseif elsif errcode error exception exit fetch first forward get hint
import info insert is last log merge message message_text move next no notice open option
perform pg_context pg_datatype_name pg_exception_context pg_exception_detail pg_exception_hint
pg_routine_oid print_strict_params prior query raise relative return returned_sqlstate reverse
rollback row_count rowtype schema schema_name scroll slice sqlstate stacked table table_name
type use_column use_variable variable_conflict warning
"""
RESERVED = frozenset(_RESERVED.split())
UNRESERVED = frozenset(_UNRESERVED.split())

_DIAGNOSTICS = """
pg_exception_context pg_exception_detail pg_exception_hint returned_sqlstate column_name
constraint_name pg_datatype_name message_text table_name schema_name
"""
STACKED_DIAGNOSTICS = tuple(_DIAGNOSTICS.split())
"""What GET STACKED DIAGNOSTICS alone tells."""

_OPTIONS = "errcode message detail hint column constraint datatype table schema"
RAISE_OPTIONS = tuple(_OPTIONS.split())
