"""What `probe_carriers` tries: a value of every type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .extension_cases import CONTRIB_CASES, VECTOR_CASES
from .type_cases import CASES, Case, Sample


def _samples(cases: Iterable[Case]) -> Iterator[Sample]:
    return (sample for case in cases for sample in case.samples if sample.literal)


CORE = (
    *_samples(CASES),
    Sample("aclitem", "postgres=r/postgres"),
    Sample("regcollation", '"C"'),
    Sample("regconfig", "english"),
    Sample("regdictionary", "simple"),
    Sample("regnamespace", "pg_catalog"),
    Sample("regoper", "||/"),
    Sample("regoperator", "+(int4,int4)"),
    Sample("regprocedure", "length(text)"),
    Sample("regrole", "postgres"),
    Sample("txid_snapshot", "10:20:10,14,15"),
    Sample("unknown", "a b"),
    Sample("cstring", "a b"),
    Sample("json", '{"a": 1}'),
    Sample("jsonb", '{"a": 1}'),
    Sample("int4[]", "{1,2}", "int4[]"),
    Sample("text[]", '{a,NULL,""}', "text[]"),
)

_ENUM = "CREATE TYPE probe.mood AS ENUM ('sad', 'very happy');"
_COMPOSITE = "CREATE TYPE probe.pair AS (a int, b text);"
_TABLE = "CREATE TABLE probe.item (a int PRIMARY KEY, b text, c timestamptz);"
_OWN = """
    CREATE TYPE probe.own;
    CREATE FUNCTION probe.own_in(cstring) RETURNS probe.own
        AS 'textin' LANGUAGE internal STRICT IMMUTABLE;
    CREATE FUNCTION probe.own_out(probe.own) RETURNS cstring
        AS 'textout' LANGUAGE internal STRICT IMMUTABLE;
    CREATE FUNCTION probe.own_recv(internal) RETURNS probe.own
        AS 'textrecv' LANGUAGE internal STRICT IMMUTABLE;
    CREATE FUNCTION probe.own_send(probe.own) RETURNS bytea
        AS 'textsend' LANGUAGE internal STRICT IMMUTABLE;
    CREATE TYPE probe.own (
        INPUT = probe.own_in, OUTPUT = probe.own_out, RECEIVE = probe.own_recv,
        SEND = probe.own_send, LIKE = text
    );
"""

_JSON = (Sample("json", '{"a": 1}'), Sample("jsonb", '{"a": 1}'))

KINDS = (
    Sample("(enum)", "very happy", "probe.mood", _ENUM),
    Sample("(composite)", "(1,b)", "probe.pair", _COMPOSITE),
    Sample("(row)", '(1,b,"2024-02-29 12:34:56+00")', "probe.item", _TABLE),
    Sample("(record)", "ROW(1, 'b'::text)", "record", is_expression=True),
    Sample("(other)", "a b", "probe.own", _OWN),
    *(
        replace(each, name=f"{each.name}, text codec", type=each.name, codec="text")
        for each in _JSON
    ),
    *(
        replace(each, name=f"{each.name}, binary codec", type=each.name, codec="binary")
        for each in _JSON
    ),
)

VECTOR = tuple(_samples(VECTOR_CASES))

CONTRIB = (
    # The embedded server is built without libxml.
    Sample("xml", "<a/>"),
    *_samples(CONTRIB_CASES),
)
