"""Schemas that describe: read to a fixed point, they are what PostgreSQL makes of the same
statements in an order that it takes.

Each case has the statements as found, and those that a server loads; `--` alone between the two.
"""

from __future__ import annotations

import pytest
from loading import Server, compare
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import SchemaOrder, build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, formats
from sqlwright.source import SourceFile
from sqlwright.verification.loading import load_schema

SORTED = """
CREATE TABLE account (
    id bigint NOT NULL DEFAULT nextval('account_id_seq'::regclass),
    team_id bigint NOT NULL,
    kind account_kind NOT NULL DEFAULT 'guest',
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_team_fkey FOREIGN KEY (team_id) REFERENCES team (id),
    CONSTRAINT account_kind_check CHECK (allowed(kind))
);
CREATE INDEX account_team ON account (team_id);
CREATE FUNCTION allowed(account_kind) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS $$ SELECT $1 <> 'guest' $$;
CREATE VIEW member AS SELECT person.id, team.name FROM person JOIN team USING (id);
CREATE TABLE person (id bigint PRIMARY KEY REFERENCES team, account bigint UNIQUE);
CREATE TABLE team (id bigint PRIMARY KEY, lead bigint REFERENCES person, name text NOT NULL);
CREATE SEQUENCE account_id_seq;
CREATE TYPE account_kind AS ENUM ('guest', 'owner');
"""
LOADABLE = """
CREATE SEQUENCE account_id_seq;
CREATE TYPE account_kind AS ENUM ('guest', 'owner');
CREATE FUNCTION allowed(account_kind) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS $$ SELECT $1 <> 'guest' $$;
CREATE TABLE team (id bigint PRIMARY KEY, lead bigint, name text NOT NULL);
CREATE TABLE person (id bigint PRIMARY KEY REFERENCES team, account bigint UNIQUE);
ALTER TABLE team ADD FOREIGN KEY (lead) REFERENCES person;
CREATE TABLE account (
    id bigint NOT NULL DEFAULT nextval('account_id_seq'::regclass),
    team_id bigint NOT NULL,
    kind account_kind NOT NULL DEFAULT 'guest',
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_team_fkey FOREIGN KEY (team_id) REFERENCES team (id),
    CONSTRAINT account_kind_check CHECK (allowed(kind))
);
CREATE INDEX account_team ON account (team_id);
CREATE VIEW member AS SELECT person.id, team.name FROM person JOIN team USING (id);
"""
CASES = {
    "tables in the order of their names": (SORTED, LOADABLE),
    "a sequence that is not there": (
        "CREATE TABLE a (id bigint NOT NULL DEFAULT nextval('a_id_seq'), n int DEFAULT 1);",
        "CREATE TABLE a (id bigint NOT NULL, n int DEFAULT 1);",
    ),
    "a default set afterwards": (
        "CREATE TABLE a (id bigint NOT NULL);"
        "ALTER TABLE ONLY a ALTER COLUMN id SET DEFAULT nextval('a_id_seq');",
        "CREATE TABLE a (id bigint NOT NULL);",
    ),
    "references to nothing": (
        "CREATE TABLE a (id bigint PRIMARY KEY, b int REFERENCES b, c int,"
        " FOREIGN KEY (c) REFERENCES other.c (id));"
        "ALTER TABLE a ADD FOREIGN KEY (c) REFERENCES d;",
        "CREATE TABLE a (id bigint PRIMARY KEY, b int, c int);",
    ),
    "an index given twice": (
        "CREATE TABLE a (id int); CREATE INDEX i ON a (id); CREATE INDEX i ON a (id);",
        "CREATE TABLE a (id int); CREATE INDEX i ON a (id);",
    ),
    "a key that has the name of another's index": (
        "CREATE TABLE a (id int CONSTRAINT k PRIMARY KEY);"
        "CREATE TABLE b (id int CONSTRAINT k PRIMARY KEY, m int NOT NULL);",
        "CREATE TABLE a (id int CONSTRAINT k PRIMARY KEY);CREATE TABLE b (id int, m int NOT NULL);",
    ),
    "a primary key given twice": (
        "CREATE TABLE a (id int PRIMARY KEY); ALTER TABLE a ADD PRIMARY KEY (id);"
        "CREATE TABLE b (id int REFERENCES c); CREATE TABLE c (id int PRIMARY KEY);",
        "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY);"
        "CREATE TABLE b (id int REFERENCES c);",
    ),
    "changes of a table that waits": (
        "CREATE TABLE a (k kind); ALTER TABLE a ADD n int; CREATE TABLE IF NOT EXISTS a (x text);"
        "ALTER TABLE a RENAME n TO m; CREATE TYPE kind AS ENUM ('x');",
        "CREATE TYPE kind AS ENUM ('x'); CREATE TABLE a (k kind); ALTER TABLE a ADD m int;",
    ),
    "a table that is dropped and made again": (
        "CREATE TABLE a (k kind); DROP TABLE IF EXISTS a; CREATE TABLE a (n int, k kind);"
        "CREATE TYPE kind AS ENUM ('x');",
        "CREATE TYPE kind AS ENUM ('x'); CREATE TABLE a (n int, k kind);",
    ),
    "a search path of its own": (
        "CREATE SCHEMA s; SET search_path = s;"
        "CREATE TABLE a (k kind, FOREIGN KEY (k) REFERENCES b);"
        "CREATE TABLE b (k kind PRIMARY KEY); CREATE TYPE kind AS ENUM ('x');"
        "SET search_path = public; CREATE TABLE c (id int);",
        "CREATE SCHEMA s; CREATE TYPE s.kind AS ENUM ('x');"
        "CREATE TABLE s.b (k s.kind PRIMARY KEY);"
        "CREATE TABLE s.a (k s.kind REFERENCES s.b); CREATE TABLE c (id int);",
    ),
    "a transaction that is rolled back": (
        "BEGIN; CREATE TABLE a (k kind); CREATE TABLE z (a int REFERENCES y); ROLLBACK;"
        "CREATE TABLE b (k kind); CREATE TYPE kind AS ENUM ('x');",
        "CREATE TYPE kind AS ENUM ('x'); CREATE TABLE b (k kind);",
    ),
    "partitions and children before their parents": (
        "CREATE TABLE a PARTITION OF z FOR VALUES IN (1); CREATE TABLE b (m int) INHERITS (y);"
        "CREATE TABLE y (n int NOT NULL);"
        "CREATE TABLE z (id int REFERENCES x) PARTITION BY LIST (id);"
        "CREATE TABLE x (id int); ALTER TABLE x ADD PRIMARY KEY (id);",
        "CREATE TABLE x (id int PRIMARY KEY); CREATE TABLE y (n int NOT NULL);"
        "CREATE TABLE z (id int REFERENCES x) PARTITION BY LIST (id);"
        "CREATE TABLE a PARTITION OF z FOR VALUES IN (1); CREATE TABLE b (m int) INHERITS (y);",
    ),
    "a default of a schema that is elsewhere": (
        "CREATE TABLE a (id uuid DEFAULT auth.uid(), n int DEFAULT 1);",
        "CREATE TABLE a (id uuid, n int DEFAULT 1);",
    ),
    "policies over a schema that is elsewhere": (
        "CREATE TABLE a (id int); ALTER TABLE a ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY p ON a USING ((SELECT auth.uid()) = id) WITH CHECK ((auth.ok(id)));"
        "CREATE POLICY q ON a FOR SELECT USING (auth.ok(id)); DROP POLICY q ON a;"
        "DROP POLICY IF EXISTS r ON a; CREATE POLICY r ON a USING (id > 0);"
        "ALTER POLICY r ON a USING (auth.ok(id));",
        "CREATE TABLE a (id int); ALTER TABLE a ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY p ON a USING (true) WITH CHECK (true); CREATE POLICY r ON a USING (id > 0);",
    ),
    "what is for tables of a schema that is elsewhere": (
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
        "CREATE POLICY p ON storage.objects USING (true); DROP POLICY p ON storage.objects;"
        "ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY; ALTER TABLE auth.users ADD n int;"
        "CREATE TRIGGER t AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION f();"
        "DROP TRIGGER t ON auth.users;",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
    ),
    "a body over a schema that is elsewhere": (
        "CREATE FUNCTION me() RETURNS uuid STABLE LANGUAGE sql AS 'SELECT auth.uid()';"
        "CREATE TABLE a (id uuid DEFAULT me(), n int); CREATE VIEW v AS SELECT me() AS id FROM a;"
        "CREATE POLICY p ON a USING (me() = id);",
        "SET check_function_bodies = off;"
        "CREATE FUNCTION me() RETURNS uuid STABLE LANGUAGE sql AS 'SELECT auth.uid()';"
        "CREATE TABLE a (id uuid DEFAULT me(), n int); CREATE VIEW v AS SELECT me() AS id FROM a;"
        "CREATE POLICY p ON a USING (me() = id);",
    ),
}
UNKNOWN_DEFAULTS = (
    "a sequence that is not there",
    "a default set afterwards",
    "a default of a schema that is elsewhere",
)
"""Where a column has a default, though not one that is known."""


def read(text: str, order: SchemaOrder) -> tuple[Catalog, list[Diagnostic]]:
    found: list[Diagnostic] = []
    source = SourceFile("schema.sql", text)
    return build_catalog(initial_catalog(), [source], analyser, found, order), found


@pytest.mark.parametrize("claim", CASES)
async def test_a_description_is_what_its_statements_make(claim: str, postgres: str) -> None:
    found, loadable = CASES[claim]
    catalog, reports = read(found, "any")
    assert [each.code for each in reports] == ["described-schema"]
    name = f"described_{list(CASES).index(claim)}"
    for text, loading in ((loadable, None), (found, catalog.loading)):
        async with Server(postgres, name) as connection:
            source = SourceFile("schema.sql", text)
            problems = await load_schema(connection, [source], loading=loading)
            assert not problems, [each.message for each in problems]
            known = _without_default(catalog) if claim in UNKNOWN_DEFAULTS else catalog
            assert await compare(connection, known, claim)


def _without_default(catalog: Catalog) -> Catalog:
    table = catalog.find_relation(("a",))
    assert table is not None
    first = table.columns[0]
    assert first.default, "the default is not known to be absent"
    assert first.expression is None
    changed = replace(table, columns=(replace(first, default=False), *table.columns[1:]))
    return catalog.with_relation(changed)


@pytest.mark.parametrize("claim", CASES)
def test_in_strict_order_it_is_refused(claim: str) -> None:
    _, reports = read(CASES[claim][0], "strict")
    assert {each.severity for each in reports} == {"error"}


@pytest.mark.parametrize("name", ["item", "shop.item"])
def test_in_strict_order_the_later_statement_is_shown(name: str) -> None:
    text = (
        "CREATE TABLE items (id int); CREATE VIEW v AS SELECT * FROM name; "
        "CREATE SCHEMA shop; CREATE TABLE name (id int);"
    )
    _, reports = read(text.replace("name", name), "strict")
    assert [each.help for each in reports] == ["item is created further down: move this after it"]
    assert [each.message for each in reports[0].labels] == ["", "item is created here"]


@pytest.mark.parametrize("claim", CASES)
def test_what_loads_is_no_description(claim: str) -> None:
    catalog, reports = read(CASES[claim][1], "any")
    assert not reports
    assert catalog.loading is None


REFUSED = {
    "a type that never comes": (
        "CREATE TABLE a (k kind, n int); CREATE TABLE b (a int REFERENCES c);"
        "CREATE TABLE c (id int PRIMARY KEY); CREATE VIEW v AS SELECT n FROM a;",
        ["unknown-type", "unknown-relation"],
    ),
    "a default of another type": (
        "CREATE TABLE a (n int DEFAULT 'x'::date, b int REFERENCES b);"
        "CREATE TABLE b (n int PRIMARY KEY);",
        ["invalid-literal"],
    ),
    "a type of a schema that is elsewhere": (
        "CREATE TABLE a (n int REFERENCES auth.users); ALTER TABLE a ADD e extensions.vector;",
        ["unknown-schema"],
    ),
    "a column given twice": (
        "CREATE TABLE a (n int, n int); CREATE TABLE b (a int REFERENCES a);",
        ["duplicate-column"],
    ),
    "two primary keys": (
        "CREATE TABLE a (n int PRIMARY KEY, m int REFERENCES b); ALTER TABLE a ADD PRIMARY KEY (m);"
        "CREATE TABLE b (id int PRIMARY KEY);",
        ["invalid-table-definition"],
    ),
}


@pytest.mark.parametrize("claim", REFUSED)
def test_an_error_stays_an_error(claim: str) -> None:
    text, codes = REFUSED[claim]
    _, reports = read(text, "any")
    assert [each.code for each in reports if each.severity == "error"] == codes


ALONE = {
    "an index over a column that is not there": "CREATE TABLE a (n int); CREATE INDEX ON a (m);",
    "a reference to what is no key": (
        "CREATE TABLE a (n int); CREATE TABLE b (n int REFERENCES a (n));"
    ),
    "a check with an unknown function": "CREATE TABLE a (n int CHECK (f(n)));",
    "a table given twice": "CREATE TABLE a (n int); CREATE TABLE a (n int);",
    "a default with an unknown function": "CREATE TABLE a (n int DEFAULT f());",
    "a policy with an unknown function": (
        "CREATE TABLE a (n int); CREATE POLICY p ON a USING (f(n));"
    ),
    "a body with an unknown function": (
        "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT f()';"
    ),
    "a body that a server always looks at": (
        "CREATE FUNCTION me() RETURNS uuid LANGUAGE sql RETURN auth.uid();"
    ),
    "a misspelt schema": "CREATE SCHEMA auth; CREATE TABLE a (id uuid DEFAULT auht.uid());",
    "a misspelt schema of an extension": (
        "CREATE SCHEMA extensions; CREATE EXTENSION hstore SCHEMA extension;"
    ),
    "a function that an extension has which is not created": (
        "CREATE TABLE a (id uuid DEFAULT uuid_generate_v4());"
    ),
}


@pytest.mark.parametrize("claim", ALONE)
def test_a_mistake_alone_makes_no_description(claim: str) -> None:
    _, strict = read(ALONE[claim], "strict")
    _, found = read(ALONE[claim], "any")
    assert [each.severity for each in found] == ["error"]
    assert list(map(formats.as_json, found)) == list(map(formats.as_json, strict))


def test_beside_an_order_that_does_not_load_such_mistakes_are_left_out() -> None:
    mistakes = "CREATE TABLE z (n int CHECK (f(n))); CREATE INDEX ON z (m);"
    _, found = read(mistakes + CASES["an index given twice"][0], "any")
    assert [each.code for each in found] == ["described-schema"]


def test_a_column_keeps_its_type_without_its_expression() -> None:
    text = (
        "CREATE TABLE a (n int, m int GENERATED ALWAYS AS (twice(n)) STORED, b int REFERENCES b);"
    )
    catalog, found = read(text, "any")
    assert [each.code for each in found] == ["described-schema"]
    table = catalog.find_relation(("a",))
    assert table is not None
    assert [(each.name, each.generated, each.expression) for each in table.columns] == [
        ("n", None, None),
        ("m", "stored", None),
        ("b", None, None),
    ]


def test_a_trigger_stays_without_its_function() -> None:
    """What it does to rows is not known, so that they are not taken as written."""
    text = (
        "CREATE TABLE a (n int, b int REFERENCES b);"
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();"
    )
    catalog, found = read(text, "any")
    assert [each.code for each in found] == ["described-schema"]
    table = catalog.find_relation(("a",))
    assert table is not None
    assert [each.timing for each in table.triggers] == ["before"]


def test_a_rule_stays_without_its_statements() -> None:
    """A server, which would have nothing to run, does without it."""
    text = (
        "CREATE TABLE a (n int, b int REFERENCES b);"
        "CREATE RULE r AS ON INSERT TO a DO INSTEAD UPDATE nosuch SET n = NEW.n;"
    )
    catalog, found = read(text, "any")
    assert [each.code for each in found] == ["described-schema"]
    assert any("actions of rule r" in note for note in found[0].notes)
    table = catalog.find_relation(("a",))
    assert table is not None
    assert [(each.event, each.instead) for each in table.rules] == [("insert", True)]
    loading, start = catalog.loading, text.index("CREATE RULE")
    assert loading is not None
    assert [each.start for each in loading.passed_over] == [start]
    assert all(each.place.start < start for each in loading.left_out)


UNKNOWN = "CREATE EXTENSION nosuch_extension;"


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE a (n int DEFAULT f());",
        "CREATE TABLE a (n int CHECK (f(n)));",
        "CREATE TABLE a (n int); CREATE POLICY p ON a USING (f(n));",
    ],
)
def test_what_nothing_has_may_be_of_an_extension_that_is_not_known(text: str) -> None:
    catalog, found = read(UNKNOWN + text, "any")
    assert sorted(each.code for each in found) == ["described-schema", "unknown-extension"]
    assert catalog.find_relation(("a",)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE a (n timestamptz DEFAULT nwo());",
        "CREATE TABLE a (id uuid DEFAULT uuid_generate_v4());",
        "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "CREATE TABLE a (n int DEFAULT f('2000-01-01'::date));",
    ],
)
def test_a_mistake_is_one_beside_an_extension_that_is_not_known(text: str) -> None:
    _, found = read(UNKNOWN + text, "any")
    assert sorted(each.code for each in found) == ["unknown-extension", "unknown-function"]


def test_an_extension_that_is_not_known_may_be_in_an_earlier_file() -> None:
    found: list[Diagnostic] = []
    texts = (UNKNOWN, "CREATE TABLE a (n int DEFAULT f());")
    files = [SourceFile(f"{number}.sql", text) for number, text in enumerate(texts)]
    catalog = build_catalog(initial_catalog(), files[:1], analyser, found, "any")
    again = list(found)  # as where the first file is known from another run
    build_catalog(catalog, files[1:], analyser, again, "any")
    build_catalog(initial_catalog(), files, analyser, found := [], "any")
    for each in (again, found):
        assert sorted(one.code for one in each) == ["described-schema", "unknown-extension"]


async def test_an_extension_is_in_the_schema_that_is_named_for_it(postgres: str) -> None:
    """What rests on it does not wait; the types and functions are where the statement says."""
    text = (
        "CREATE EXTENSION hstore SCHEMA extensions;"
        "CREATE TABLE a (h extensions.hstore DEFAULT extensions.hstore('a', 'b'));"
    )
    catalog, found = read(text, "any")
    (report,) = found
    assert report.code == "described-schema"
    assert report.notes == (
        "taken to be there, though nothing makes it:\nschema.sql:1:32 schema extensions",
    )
    assert catalog.find_type(("hstore",)) is None
    assert catalog.loading is not None
    assert (catalog.loading.schemas, catalog.loading.waited) == (("extensions",), ())
    async with Server(postgres, "described_extension") as connection:
        source = SourceFile("schema.sql", "CREATE TABLE extensions.a (id int);")
        assert not await load_schema(connection, [source], loading=catalog.loading)


def test_a_schema_that_a_later_statement_makes_is_not_taken_to_be_there() -> None:
    text = "CREATE EXTENSION hstore SCHEMA extensions; CREATE SCHEMA extensions;"
    catalog, found = read(text, "any")
    assert [each.code for each in found] == ["described-schema"]
    assert catalog.loading is not None
    assert not catalog.loading.schemas


def test_nothing_is_concluded_from_a_body_that_is_left_out() -> None:
    text = "CREATE FUNCTION me() RETURNS uuid LANGUAGE sql AS 'SELECT coalesce(auth.uid(), NULL)';"
    catalog, _ = read(text, "any")
    (function,) = catalog.functions_named(("me",))
    assert function.stored is None
