"""Statements, what each can violate, and how: the rows that are there, and values for its `$n`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A statement that can raise `raises`, each of which one of the `tries` makes it raise: a
    script that is run before, and arguments. `late` are raised when the transaction ends, and
    `unseen` by nothing here. `new` are those that PostgreSQL 15 does not take.
    """

    sql: str
    raises: tuple[str, ...]
    tries: tuple[tuple[object, ...], ...] = ()
    late: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    name: str = ""
    new: bool = False


OF_DEFAULT = ("teams_size_check", "not_many")
"""CHECKs over columns that have their defaults, which none here violates."""

TEAM = "INSERT INTO teams VALUES (1, 'one', 1), (2, 'two', 2);"
USER = TEAM + "INSERT INTO users (id, email, team, nick, age) VALUES (1, 'a@b', 1, 'n', 20);"
NUMBERED = "SELECT setval('users_id_seq', 10);"
SECOND = USER + "INSERT INTO users (id, email, team, boss) VALUES (2, 'c@d', 1, 1);"
POST = USER + "INSERT INTO posts VALUES (1, 1, 'title');"
NUMBERED_ROW = "INSERT INTO numbered VALUES (1);"
AMOUNT = "INSERT INTO amounts VALUES (1, 1, '{1,2}', '(1,3)');"
SALE = TEAM + "INSERT INTO sales VALUES (1, 1, 5, 1), (2, 2, 50, 2);"

CASES = (
    Case(
        "INSERT INTO users (email, nick, team, boss, age) VALUES ($1, $2, $3, $4, $5)",
        (
            "users_pkey",
            "users_email_key",
            "users_lower",
            "users_team_fkey",
            "has_boss",
            "grown_up",
            "led",
        ),
        (
            (USER + NUMBERED, "a@b", None, 1, None, None),
            (USER, "x", "N", 1, None, 20),
            (USER, "x", None, 9, None, None),
            (USER, "x", None, 1, 9, None),
            ("", "x", None, None, None, 3),
            ("", "x", None, None, None, None),
            (USER + "SELECT setval('users_id_seq', 1, false);", "x", None, 1, None, None),
        ),
    ),
    Case(
        "INSERT INTO users (email, boss) SELECT nick, id FROM users",
        (
            "users_pkey",
            "users_email_key",
            "has_boss",
            "led",
            "grown_up",
            "users_lower",
            "users.email",
        ),
        (
            (USER + "UPDATE users SET nick = NULL;",),
            (USER + "UPDATE users SET nick = email;",),
            (USER + "SELECT setval('users_id_seq', 1, false);",),
        ),
        unseen=("has_boss", "led", "grown_up", "users_lower"),
        name="nothing of columns that are surely absent",
    ),
    Case(
        "INSERT INTO teams (id, name) VALUES ($1, $2)",
        ("teams_pkey", "team_name", "teams_size_check", "not_many"),
        ((TEAM, 1, "x"), (TEAM, 3, "one")),
        unseen=OF_DEFAULT,
    ),
    Case(
        "INSERT INTO teams VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        ("teams_size_check", "not_many"),
        ((TEAM, 1, "one", 1), ("", 1, "x", -1), ("", 1, "x", 70)),
    ),
    Case(
        "INSERT INTO teams (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        ("teams_pkey", "teams_size_check", "not_many"),
        ((TEAM, 1, "x"), (TEAM, 9, "one")),
        unseen=OF_DEFAULT,
    ),
    Case(
        "INSERT INTO teams (id, name, size) VALUES ($1, $2, $3)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        ("team_name", "teams_size_check", "not_many"),
        (
            (TEAM, 1, "two", 1),
            (TEAM, 3, "one", 1),
            ("", 1, "x", -1),
            ("", 1, "x", 70),
            (TEAM, 1, "x", 1),
        ),
    ),
    Case(
        "INSERT INTO teams (id, name) VALUES ($1, $2)"
        " ON CONFLICT ON CONSTRAINT team_name DO UPDATE SET id = excluded.id + 1",
        ("teams_pkey", "sales_agent_fkey", "led", *OF_DEFAULT),
        ((TEAM, 1, "x"), (TEAM, 1, "one"), (SALE, 8, "one")),
        unseen=("led", *OF_DEFAULT),
    ),
    Case("UPDATE teams SET size = $1", ("teams_size_check", "not_many"), ((TEAM, -1), (TEAM, 60))),
    Case("UPDATE teams SET name = $1", ("team_name",), ((TEAM, "x"),)),
    Case(
        "UPDATE teams SET id = $1 WHERE name = 'one'",
        ("teams_pkey", "sales_agent_fkey", "led"),
        ((TEAM, 2), (SALE, 3)),
        unseen=("led",),
        name="the rows that follow a changed key",
    ),
    Case(
        "UPDATE users SET nick = $1",
        ("users_lower",),
        ((SECOND + "UPDATE users SET age = 20;", "x"),),
    ),
    Case(
        "UPDATE users SET age = $1",
        ("grown_up", "users_lower"),
        ((USER, 1), (SECOND + "UPDATE users SET nick = 'n';", 20)),
    ),
    Case("UPDATE users SET seen = now()", ()),
    Case(
        "UPDATE users SET email = nick",
        ("users_email_key", "users.email"),
        (
            (USER + "UPDATE users SET nick = NULL;",),
            (SECOND + "UPDATE users SET nick = 'z', age = NULL;",),
        ),
    ),
    Case(
        "UPDATE users SET email = nick WHERE nick IS NOT NULL",
        ("users_email_key",),
        ((SECOND + "UPDATE users SET nick = 'z', age = NULL;",),),
    ),
    Case("DELETE FROM teams WHERE id = $1", ("led", "sales_agent_fkey"), ((USER, 1), (SALE, 1))),
    Case(
        "DELETE FROM users WHERE id = $1",
        ("has_boss", "comments_post_fkey", "liked", "likes_post_at_key"),
        (
            (SECOND, 1),
            (POST + "INSERT INTO comments VALUES (1, 'x');", 1),
            (POST + "INSERT INTO likes VALUES (1, 1);", 1),
            (POST + "INSERT INTO late VALUES (1, 1);", 1),
            (
                SECOND + "INSERT INTO posts VALUES (0, 2, 'x'), (1, 1, 'x'), (2, 1, 'y');"
                "UPDATE users SET boss = NULL;"
                "INSERT INTO likes VALUES (1, 1), (2, 1);",
                1,
            ),
        ),
        late=("late_post_fkey",),
    ),
    Case("DELETE FROM comments", ()),
    Case(
        "UPDATE posts SET id = $1",
        ("posts_pkey", "comments_post_fkey", "liked"),
        (
            (POST + "INSERT INTO posts VALUES (2, 1, 'x');", 3),
            (POST + "INSERT INTO comments VALUES (1, 'x');", 3),
            (POST + "INSERT INTO likes VALUES (1, 1);", 3),
            (POST + "INSERT INTO late VALUES (1, 1);", 3),
        ),
        late=("late_post_fkey",),
    ),
    Case(
        "INSERT INTO late (id, post) VALUES ($1, $2)",
        (),
        (("", 1, 9), ("INSERT INTO late VALUES (1, NULL);", 1, None)),
        late=("late_pkey", "late_post_fkey"),
    ),
    Case(
        "INSERT INTO rooms (during) VALUES ($1::text::int4range)",
        ("rooms_during_excl",),
        (("INSERT INTO rooms VALUES (1, '[1,9]');", "[2,3]"),),
    ),
    Case(
        "INSERT INTO rooms (room) VALUES ($1)", (), (("INSERT INTO rooms (room) VALUES (1);", 1),)
    ),
    Case(
        "INSERT INTO contacts (id, mail, code) VALUES ($1, $2, $3)",
        ("contacts_pkey", "has_at", "code_check"),
        (
            ("INSERT INTO contacts VALUES (1, NULL, 'x');", 1, None, "x"),
            ("", 1, "x", "x"),
            ("", 1, None, ""),
        ),
    ),
    Case(
        "INSERT INTO contacts (id) VALUES ($1)",
        ("contacts_pkey", "code_not_null"),
        (("", 1),),
        unseen=("contacts_pkey",),
    ),
    Case("SELECT $1::text::address AS mail", ("has_at",), (("", "x"), ("", "a@b"))),
    Case("SELECT mail FROM addresses", ("has_at",), ((USER + "UPDATE users SET email = 'x';",),)),
    Case("SELECT mail, code FROM contacts", ()),
    Case(
        'INSERT INTO "Odd Table" VALUES ($1, $2)',
        ("Odd; key", "Odd Table_a b_check"),
        (('INSERT INTO "Odd Table" VALUES (1, 1);', 1, 1), ("", 1, 0)),
    ),
    Case(
        "UPDATE stamped SET other = $1",
        ("stamped_other_key", "noted", "not_past"),
        (
            ("INSERT INTO stamped VALUES (1, NULL, NULL, 'a'), (2, NULL, NULL, 'b');", "c"),
            (
                "ALTER TABLE stamped DROP CONSTRAINT noted;"
                "INSERT INTO stamped (id, note) VALUES (1, 'x');"
                "ALTER TABLE stamped ADD CONSTRAINT noted CHECK (note <> 'x') NOT VALID;",
                "c",
            ),
            (
                "ALTER TABLE stamped DROP CONSTRAINT not_past;"
                "INSERT INTO stamped (id, at) VALUES (1, '2000-01-01');"
                "ALTER TABLE stamped ADD CONSTRAINT not_past CHECK (at >= CURRENT_DATE) NOT VALID;",
                "c",
            ),
        ),
    ),
    Case(
        "INSERT INTO touched (id, a) VALUES ($1, 1)",
        ("touched_b_key", "touched.a"),
        (
            ("", 1),
            ("ALTER TABLE touched ALTER a DROP NOT NULL; INSERT INTO touched VALUES (1, 1);", 2),
        ),
    ),
    Case(
        "UPDATE touched SET id = $1",
        ("touched_b_key", "touched.a"),
        (
            (
                "ALTER TABLE touched ALTER a DROP NOT NULL; INSERT INTO touched VALUES (1, 1, 1);"
                "ALTER TABLE touched DISABLE TRIGGER USER; INSERT INTO touched VALUES (1, 1, 2);"
                "ALTER TABLE touched ENABLE TRIGGER USER;",
                2,
            ),
            (
                "ALTER TABLE touched DISABLE TRIGGER USER; INSERT INTO touched VALUES (1, 1, 2);"
                "ALTER TABLE touched ENABLE TRIGGER USER;",
                2,
            ),
        ),
    ),
    Case(
        "INSERT INTO sales VALUES ($1, $2, $3, $4)",
        ("positive", "sales_agent_fkey", "sales_pkey", "few", "one_agent"),
        (
            (SALE, 1, 1, 5, 1),
            ("", 1, 1, 0, None),
            ("", 1, 1, 11, None),
            (SALE, 5, 2, 5, 2),
            ("", 1, 1, 5, 9),
        ),
    ),
    Case("UPDATE sales SET amount = $1", ("positive", "few"), ((SALE, 0), (SALE, 12))),
    Case(
        "UPDATE sales SET region = $1 WHERE id = $2",
        ("few", "one_agent", "sales_pkey"),
        (
            (SALE, 1, 2),
            (SALE + "UPDATE sales SET agent = 2;", 2, 1),
            (SALE + "INSERT INTO sales VALUES (1, 2, 3);", 2, 1),
        ),
    ),
    Case("UPDATE sales_1 SET amount = $1", ("positive", "few"), ((SALE, 0), (SALE, 12))),
    Case(
        "UPDATE parents SET kind = $1",
        ("known",),
        (
            ("INSERT INTO children VALUES (1, 'a', 1);", "z"),
            ("INSERT INTO parents VALUES (1, 'a');", "z"),
        ),
    ),
    Case(
        "INSERT INTO grown (email, years, team) VALUES ($1, $2, $3)",
        ("users_pkey", "users_email_key", "users_team_fkey", "grown_up", "led", "users_lower"),
        (
            (USER + NUMBERED, "a@b", 20, 1),
            (USER, "x", 20, 9),
            ("", "x", 1, None),
            ("", "x", 20, None),
            (USER + "SELECT setval('users_id_seq', 1, false);", "x", 20, 1),
        ),
        unseen=("users_lower",),
    ),
    Case(
        "UPDATE grown SET years = $1",
        ("grown_up", "users_lower"),
        ((SECOND, 1), (SECOND + "UPDATE users SET age = 19, nick = 'n' || id;", 20)),
        unseen=("users_lower",),
    ),
    Case(
        "WITH gone AS (DELETE FROM comments RETURNING post), made AS (INSERT INTO teams (id, name)"
        " VALUES ($1, 'x') RETURNING id) UPDATE posts SET title = 'x' FROM made",
        ("teams_pkey", "team_name", *OF_DEFAULT),
        ((TEAM, 1), ("INSERT INTO teams VALUES (5, 'x');", 1)),
        unseen=OF_DEFAULT,
    ),
    Case(
        "MERGE INTO teams USING (VALUES ($1::int, $2::text)) AS v (id, name) ON teams.id = v.id"
        " WHEN MATCHED AND v.name = 'gone' THEN DELETE"
        " WHEN MATCHED THEN UPDATE SET size = -size"
        " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name)",
        (
            "teams_pkey",
            "team_name",
            "teams_size_check",
            "not_many",
            "led",
            "sales_agent_fkey",
        ),
        (
            (TEAM, 1, "x"),
            (TEAM, 3, "one"),
            (USER, 1, "gone"),
            (SALE, 1, "gone"),
        ),
        unseen=("teams_pkey", "not_many"),
        name="merge",
    ),
    Case("SELECT id FROM users WHERE email = $1", ()),
    Case(
        "INSERT INTO numbered (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET hits = 1",
        ("numbered_pkey", "numbered.id", "numbered_id_other_key", "of_number", "whole"),
        (("INSERT INTO numbered VALUES (0), (1);", 1), ("INSERT INTO numbered VALUES (-1);", -1)),
        unseen=("numbered_id_other_key", "of_number", "whole"),
        name="a trigger changes the key that ON CONFLICT looks at",
    ),
    Case(
        "DELETE FROM numbered WHERE id = $1",
        ("of_number", "whole"),
        (
            (NUMBERED_ROW + "INSERT INTO of_numbered VALUES (1);", 1),
            (NUMBERED_ROW + "INSERT INTO of_pairs VALUES (1, 2);", 1),
        ),
        name="what SET NULL assigns is refused: by a trigger's value, and as a part of MATCH FULL",
    ),
    Case(
        "UPDATE ONLY all_parents SET kind = $1",
        ("known",),
        (("INSERT INTO children VALUES (1, 'a', 1);", "z"),),
        name="ONLY before a view",
    ),
    Case(
        "UPDATE ONLY parents_alone SET kind = $1",
        ("known",),
        (("INSERT INTO parents VALUES (1, 'a');", "z"),),
    ),
    Case(
        "INSERT INTO amounts (id) VALUES ($1)",
        ("is_positive",),
        (("", 1),),
        name="the default of a domain",
    ),
    Case(
        "INSERT INTO spans (id) VALUES ($1)",
        ("has_low",),
        (("", 1),),
        name="a domain that refuses NULL by a CHECK, of a column that is left out",
    ),
    Case("INSERT INTO remarks (id) VALUES ($1)", ("is_written",), (("", 1),)),
    Case("INSERT INTO remarks DEFAULT VALUES", ("is_written",), (("",),)),
    Case("UPDATE remarks SET id = $1", (), ()),
    Case("INSERT INTO amounts (amount) VALUES (DEFAULT)", ("is_positive",), (("",),)),
    Case("INSERT INTO amounts (amount) VALUES ($1::int)", ("is_positive",), (("", 0),)),
    Case("UPDATE amounts SET amount = DEFAULT", ("is_positive",), ((AMOUNT,),)),
    Case(
        "UPDATE seen_defaults SET a = DEFAULT",
        ("defaults.a",),
        (("INSERT INTO defaults VALUES (1, 1);",),),
        name="an UPDATE through a view knows nothing of the table's default",
    ),
    Case("UPDATE seen_defaults SET b = DEFAULT", (), (("INSERT INTO defaults VALUES (1, 1);",),)),
    Case("UPDATE defaults SET a = DEFAULT", (), (("INSERT INTO defaults VALUES (1, 1);",),)),
    Case("INSERT INTO seen_defaults (a) VALUES (DEFAULT)", (), (("",),)),
    Case("INSERT INTO seen_defaults (b) VALUES ($1), (DEFAULT)", (), (("", 1),)),
    Case("UPDATE amounts SET few[$1] = 1", ("at_most_two",), ((AMOUNT, 3),)),
    Case(
        "UPDATE amounts SET span.low = $1::int",
        ("is_positive", "in_order"),
        ((AMOUNT, 0), (AMOUNT, 9)),
    ),
    Case(
        "SELECT x.amount FROM jsonb_to_recordset($1::text::jsonb) AS x (amount positive)",
        ("is_positive",),
        (("", '[{"amount": 0}]'),),
    ),
    Case(
        "SELECT x.amount FROM JSON_TABLE($1::text::jsonb, '$[*]'"
        " COLUMNS (amount positive PATH '$' ERROR ON ERROR)) AS x",
        ("is_positive",),
        (("", "[0]"),),
        new=True,
    ),
)
