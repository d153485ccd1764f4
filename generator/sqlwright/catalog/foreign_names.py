"""Functions and types that other databases have under other names: habits that mislead.

Only for advice in reports; nothing is resolved by it.
"""

from __future__ import annotations

FUNCTIONS = {
    "charindex": "strpos",
    "datediff": "age or a subtraction",
    "date_format": "to_char",
    "dateadd": "`+ interval '1 day'`",
    "datetime": "a cast to timestamp",
    "getdate": "now",
    "group_concat": "string_agg",
    "ifnull": "coalesce",
    "iif": "CASE",
    "instr": "strpos",
    "isnull": "coalesce",
    "json_extract": "`->` and `->>`",
    "last_insert_id": "RETURNING",
    "lcase": "lower",
    "len": "length",
    "listagg": "string_agg",
    "newid": "gen_random_uuid",
    "nvl": "coalesce",
    "rand": "random",
    "scope_identity": "RETURNING",
    "str_to_date": "to_date",
    "strftime": "to_char",
    "sysdate": "now",
    "ucase": "upper",
    "uuid": "gen_random_uuid",
}
"""What PostgreSQL has instead of a function."""

TYPES = {
    "blob": "bytea",
    "clob": "text",
    "datetime": "timestamptz or timestamp",
    "datetime2": "timestamp",
    "double": "double precision",
    "long": "bigint",
    "longblob": "bytea",
    "longtext": "text",
    "mediumint": "integer",
    "mediumtext": "text",
    "number": "numeric",
    "nvarchar": "text",
    "nvarchar2": "text",
    "smalldatetime": "timestamp",
    "string": "text",
    "tinyint": "smallint",
    "tinytext": "text",
    "uniqueidentifier": "uuid",
    "varbinary": "bytea",
    "varchar2": "text",
}
"""What PostgreSQL has instead of a type."""
