-- name: SameCollation :one
-- rule: a comparison fixes a key if its collation is the index's, or tells all texts apart (23.2.2.4)
-- rows: at-most-one
SELECT m.id FROM invitations i JOIN mails m ON m.mail = i.mail WHERE i.id = 1;

-- name: ExactCollation :one
-- rule: a comparison fixes a key if its collation is the index's, or tells all texts apart (23.2.2.4)
-- rows: at-most-one
SELECT id FROM mails WHERE mail = 'a' COLLATE "C";

-- name: CollationOfTheOtherSide :many
-- rule: a comparison fixes a key if its collation is the index's, or tells all texts apart (23.2.2.4)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'A'); INSERT INTO invitations VALUES (1, 'a', 'x')
SELECT c.id FROM invitations i JOIN customers c ON c.name = i.mail WHERE i.id = 1;

-- name: CollationWithinAnOperand :many
-- rule: a comparison fixes a key if its collation is the index's, or tells all texts apart (23.2.2.4)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'A')
SELECT id FROM customers WHERE name = lower('A' COLLATE any_case);

-- name: CollationOfADomain :many
-- rule: a comparison fixes a key if its collation is the index's, or tells all texts apart (23.2.2.4)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'A')
SELECT id FROM customers WHERE name = 'a'::mail;

-- name: CollationOfASubquery :many
-- rule: a comparison fixes a key if its collation is the index's, or tells all texts apart (23.2.2.4)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'A'); INSERT INTO invitations VALUES (1, 'a', 'x')
SELECT id FROM customers WHERE name IN (SELECT mail FROM invitations WHERE id = 1);

-- name: DomainWithItsCollation :one
-- rule: a domain's collation is that of its columns (23.2.2)
-- rows: at-most-one
SELECT id FROM domains WHERE mail = 'a';

-- name: IndexWithItsOwnCollation :many
-- rule: an index may have a collation of its own (11.11)
-- rows: many
-- given: INSERT INTO exact_mails VALUES (1, 'a'), (2, 'A')
SELECT id FROM exact_mails WHERE mail = 'a';

-- name: IndexByItsOwnCollation :one
-- rule: an index may have a collation of its own (11.11)
-- rows: at-most-one
SELECT id FROM exact_mails WHERE mail = 'a' COLLATE "C";

-- name: DomainUnderAnother :many
-- rule: a domain's collation is that of its columns (23.2.2)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'A'); INSERT INTO domains VALUES (1, 'a')
SELECT c.id FROM domains d JOIN customers c ON c.name = d.mail WHERE d.id = 1;

-- name: GroupUnderItsCollation :one
-- rule: groups are told apart by the collation of their key (23.2.2)
-- rows: at-most-one
SELECT g.n FROM (SELECT mail, count(*) AS n FROM invitations GROUP BY mail) g WHERE g.mail = 'a';

-- name: GroupUnderAnother :many
-- rule: groups are told apart by the collation of their key (23.2.2)
-- rows: many
-- given: INSERT INTO invitations VALUES (1, 'x', 'a'), (2, 'x', 'A')
SELECT g.n FROM (SELECT plain, count(*) AS n FROM invitations GROUP BY plain) g WHERE g.plain = 'a' COLLATE any_case;

-- name: SameTimes :one
-- rule: only an equality that no setting decides fixes a key (8.5.3)
-- rows: at-most-one
SELECT id FROM events WHERE at = '2024-03-31'::date;

-- name: TimesOfTheSession :many
-- rule: only an equality that no setting decides fixes a key (8.5.3)
-- rows: many
-- given: SET LOCAL TimeZone = 'Europe/Berlin'; INSERT INTO events VALUES (1, '2024-03-31 02:30'), (2, '2024-03-31 03:30')
SELECT id FROM events WHERE at = '2024-03-31 01:30+00'::timestamptz;

-- name: OfTheOperatorFamily :one
-- rule: the operator is one of the index's family (11.10)
-- rows: at-most-one
SELECT id FROM patterns WHERE word = 'a';

-- name: OfAnotherFamily :many
-- rule: the operator is one of the index's family (11.10)
-- rows: many
-- given: INSERT INTO patterns VALUES (1, 'a'), (2, 'a ')
SELECT id FROM patterns WHERE word = 'a'::bpchar;

-- name: SameTextSameExpression :one
-- rule: equal values that are one value give an expression one value (11.7)
-- rows: at-most-one
SELECT id FROM lowered WHERE mail = $1;

-- name: EqualButNotTheSame :many
-- rule: equal values that are one value give an expression one value (11.7)
-- rows: many
-- given: INSERT INTO amounts VALUES (1, 1.0), (2, 1.00)
SELECT id FROM amounts WHERE amount = 1;

-- name: CaseOfKeys :one
-- rule: a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
-- rows: at-most-one
SELECT name FROM customers WHERE CASE WHEN $1 > 0 THEN id = $1 WHEN $1 < 0 THEN name = 'a' END;

-- name: CaseOfKeysInAJoin :one
-- rule: a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
-- rows: at-most-one
SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id
WHERE CASE $1::int WHEN 1 THEN o.id = $2 ELSE o.number = 1 AND c.name = 'a' END;

-- name: CaseOfRows :many
-- rule: a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'n'), (2, 'b', 'm')
SELECT name FROM customers WHERE CASE WHEN id > 1 THEN id = 2 ELSE id = 1 END;

-- name: CaseOfAKeyOrAll :many
-- rule: a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'n'), (2, 'b', 'm')
-- arguments: 0
SELECT name FROM customers WHERE CASE WHEN $1 > 0 THEN id = $1 ELSE true END;

-- name: CaseOfAKeyUpdated :one
-- rule: a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
-- rows: at-most-one
UPDATE customers SET friend = 1 WHERE CASE WHEN $1 > 0 THEN id = 1 ELSE nick = 'n' END RETURNING id;

-- name: CaseOfTheTarget :many
-- rule: a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'n'), (2, 'b', 'm')
UPDATE customers SET friend = 1 WHERE CASE WHEN nick = 'n' THEN id = 1 ELSE id = 2 END RETURNING id;

-- name: SimpleCaseOfRows :many
-- rule: a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'n'), (2, 'b', 'm')
SELECT name FROM customers WHERE CASE nick WHEN 'n' THEN id = 1 ELSE id = 2 END;

-- name: SimpleCaseOfTheTarget :many
-- rule: a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'n'), (2, 'b', 'm')
UPDATE customers SET friend = 1 WHERE CASE lower(nick) WHEN 'n' THEN id = 1 ELSE id = 2 END RETURNING id;
