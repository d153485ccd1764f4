"""Functions and types that other databases have under other names: habits that mislead.

Only for advice in reports; nothing is resolved by it.
"""

from __future__ import annotations

FUNCTIONS = {
    "charindex": "strpos",
    "cnt": "count",
    "curdate": "current_date",
    "day": "`extract(day FROM ...)`",
    "datediff": "age or a subtraction",
    "date_format": "to_char",
    "dateadd": "`+ interval '1 day'`",
    "datetime": "a cast to timestamp",
    "getdate": "now",
    "group_concat": "string_agg",
    "hour": "`extract(hour FROM ...)`",
    "if": "CASE",
    "ifnull": "coalesce",
    "iif": "CASE",
    "instr": "strpos",
    "isnull": "coalesce",
    "json_extract": "`->` and `->>`",
    "last_insert_id": "RETURNING",
    "lcase": "lower",
    "len": "length",
    "listagg": "string_agg",
    "minute": "`extract(minute FROM ...)`",
    "month": "`extract(month FROM ...)`",
    "newid": "gen_random_uuid",
    "nvl": "coalesce",
    "rand": "random",
    "regexp": "`~`",
    "regexp_contains": "`~`",
    "scope_identity": "RETURNING",
    "str_to_date": "to_date",
    "strftime": "to_char",
    "sysdate": "now",
    "ucase": "upper",
    "to_str": "a cast to text",
    "tostring": "a cast to text",
    "toint": "a cast to integer",
    "unix_timestamp": "`extract(epoch FROM ...)`",
    "uuid": "gen_random_uuid",
    "year": "`extract(year FROM ...)`",
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
