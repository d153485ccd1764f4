-- atlas:txtar

-- checks.sql --
-- The check is run before the migration.
SELECT NOT EXISTS (SELECT 1 FROM "groups" WHERE "name" = '');

-- migration.sql --
CREATE TABLE "members" ("group" bigint NOT NULL, "user" bigint NOT NULL, PRIMARY KEY ("group", "user"),
  CONSTRAINT "members_group" FOREIGN KEY ("group") REFERENCES "groups" ("id") ON DELETE NO ACTION);

-- down.sql --
DROP TABLE "members";
