"""The catalogue of proof rules: what a claim on NULLs or on rows may rest on, with its place in the
manual. A reason names the rule that it is an instance of.

`tests/nullability/catalogue.tsv` and `tests/row_counts/rules/` give each rule a query that rests on
it and a near miss that does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sqlwright.dataclass import dataclass

Topic = Literal["nullability", "rows"]


@dataclass(frozen=True, slots=True)
class ProofRule:
    """A rule by its name; `section` is the manual's, or the page of a command."""

    name: str
    topic: Topic
    section: str


def _null(name: str, section: str) -> ProofRule:
    return ProofRule(name, "nullability", section)


def _rows(name: str, section: str) -> ProofRule:
    return ProofRule(name, "rows", section)


NOT_NULL = _null("a column is NOT NULL", "5.5.2")
CHECKED_COLUMN = _null("a CHECK keeps a column from NULL", "5.5.1")
CHECKED_ROW = _null("a CHECK leaves no row with NULL", "5.5.1")
WHERE = _null("WHERE lets no NULL through", "7.2.2")
ON = _null("ON lets no NULL through", "7.2.1.1")
HAVING = _null("HAVING lets no NULL through", "7.2.3")
TAKEN_BRANCH = _null("a branch of CASE is taken under its condition", "9.18.1")
ACTED = _null("WHEN of MERGE acts under its condition", "MERGE")
PASSED = _null("a row that is grouped or passed on has passed its conditions", "7.2.3")
MATCHED = _null("an outer join has its match", "7.2.1.1, 5.5.5")
ONE_SIDE = _null("FULL JOIN has one side at least", "7.2.1.1")
GENERATED = _null("a generated column is what its expression gives", "5.4")
VIEW_COLUMN = _null("a view's column is what its query gives", "39.2")
OLD_ROW = _null("the row as it was has passed the conditions", "6.4")
UNASSIGNED = _null("what is not assigned stays as it was", "6.4")
DEFAULT = _null("a column left out has its default", "5.2")
WRITTEN = _null("RETURNING shows what is written", "6.4")
CONSTANT = _null("a constant is itself", "4.1.2")
REQUIRED = _null("a parameter is required", "PREPARE")
ONE_ARGUMENT_HAS_A_VALUE = _null(
    "COALESCE, GREATEST and LEAST have a value if one argument has", "9.18.2"
)
OUTCOMES = _null("CASE has one of its outcomes", "9.18.1")
DECIDED = _null("one operand decides AND or OR", "9.1")
LOGIC_OF_VALUES = _null("AND, OR and NOT of values have a value", "9.1")
TESTS = _null("tests and EXISTS answer true or false", "9.2, 9.24.1")
COMPARED_WITH_EACH = _null("ANY, ALL and IN compare values with values", "9.25, 9.24")
FRAME = _null("a frame that holds the current row has its value", "9.22, 4.2.8")
LAG_DEFAULT = _null("lag and lead give a default", "9.22")
GROUP_OF_VALUES = _null("an aggregate has a value over a group of values", "9.21")
CONSTRUCTED = _null("constructors make a value", "4.2.12, 4.2.13")
ONE_ROW = _null("a subquery that has one row gives its value", "4.2.11")
DOMAIN = _null("a cast to a domain that is NOT NULL refuses NULL", "CREATE DOMAIN")
CAST = _null("a cast of a value is a value", "4.2.9")
SQL_FUNCTION = _null("a function in SQL gives what its query gives", "36.5")
ROWS_OF_VALUES = _null("set-returning functions give rows of values", "9.26")
UNNESTED = _null("unnest gives the elements", "9.19")
SUBSCRIPT = _null("a subscript within the bounds finds its element", "8.15.3")
SLICE = _null("an array's slice is an array", "8.15.3")
ORDINALITY = _null("ORDINALITY counts", "7.2.1.4")
JSON = _null("JSON constructors and tests answer", "9.16")
ROW_THERE = _null("a row that is there, and its system columns", "5.6")
SEARCH_MARK = _null("SEARCH and CYCLE mark every row", "7.8.2")
SPECIAL_VALUE = _null("CURRENT_DATE and its like have a value", "9.9.5, 9.27")
NEVER_NULL = _null("a function that never gives NULL", "9.21, 9.22, 9.27")
STRICT = _null("a strict function or operator gives NULL for NULL alone", "CREATE FUNCTION")
ONE_ARGUMENT = _null("a function that needs one argument only", "9.4")

AGGREGATED = _rows("an aggregate without GROUP BY gives one row", "4.2.7")
NOTHING_BUT_VALUES = _rows("a query of nothing but values gives one row", "7.2.1")
LIMIT_ONE = _rows("LIMIT 1 leaves one row", "7.6")
INSERTED = _rows("an INSERT of one row returns it", "6.4")
INSERTED_OR_SKIPPED = _rows("an INSERT that may skip its row returns one at most", "INSERT")
MERGED = _rows("a MERGE that always acts returns a row for each of its source", "MERGE")
ONE_GROUP = _rows("rows that agree in their keys are one group", "7.2.3")
FIXED_KEY = _rows("a unique key that is fixed has one row", "5.5.3")

_STATED = tuple(value for value in tuple(globals().values()) if isinstance(value, ProofRule))


def _parts() -> Iterator[ProofRule]:
    """Rules that say when a key is fixed, and how often a row of FROM comes out."""
    for line in _PARTS.strip().splitlines():
        name, _, section = line.strip().rpartition(" (")
        yield _rows(name, section.removesuffix(")"))


_PARTS = """
IN over a query of at most one row fixes a value (9.24.2)
IS NOT DISTINCT FROM fixes a key that is not NULL, or whose NULLs are not distinct (9.2, 5.5.3)
a CASE whose conditions are the same for all rows is one of its branches (9.18.1)
a CHECK that cannot be NULL holds for every row (5.5.1)
a bound implies a wider one (11.8)
a comparison fixes a key if its collation is the index's, or tells all texts apart (23.2.2.4)
a condition implies those that it leaves no other outcome (11.8, 9.1)
a condition on a grouping key leaves one group (7.2.3)
a condition that no NULL passes makes an outer join an inner one (7.2.1.1)
a deferrable key may be broken in a transaction (SET CONSTRAINTS)
a domain's collation is that of its columns (23.2.2)
a function in FROM depends on its arguments (7.2.1.4)
a key does not reach the tables that inherit from its own (5.11.1)
a list implies a longer one, a value a list (11.8)
a query that waits for a CTE to be empty adds no row to one that reads it (7.4, 7.8.2)
a row of one table fixes the rows that it refers to (7.2.1.1)
a rule of a table counts for writes through views over it (39.4)
a scalar subquery depends on the rows around it that it refers to (4.2.11)
a strict comparison implies IS NOT NULL (11.8)
a target is written once for each row that it has (UPDATE)
an exclusion constraint keeps apart what its operators hold together (5.5.6)
an index made ON ONLY a partitioned table counts when its parts are attached (5.12.2.1)
an index may have a collation of its own (11.11)
an index over a constant holds one row (11.7)
an index over a function that was replaced keeps what the old one gave (CREATE FUNCTION)
an item of FROM depends on the entries that it refers to (7.2.1.5)
an outer join of one row finds the same match each time (7.2.1.1)
conditions on a boolean that is not NULL are one condition (11.8, 9.1)
conditions on a view are conditions of its query (39.2)
equal values that are one value give an expression one value (11.7)
exactly one row is left of an outer join along a key (7.2.1.1)
groups are told apart by the collation of their key (23.2.2)
only a trigger for what the statement does may skip its row (37.1)
only an equality that no setting decides fixes a key (8.5.3)
row_number() numbers the rows of a partition one by one (9.22)
rows that come out are made of rows that come in, except by set-returning functions (7.2.1.4)
the operator is one of the index's family (11.10)
the rows of UNION differ (7.4)
what an outer join may leave out settles only what a strict comparison needs (7.2.1.1)
"""

PROOF_RULES: tuple[ProofRule, ...] = (*_STATED, *_parts())


def reference() -> str:
    """The catalogue as a page of the documentation."""
    lines = ["# Rules of proof", "", _INTRODUCTION.strip(), ""]
    for topic, heading in (("nullability", "NULLs"), ("rows", "Rows")):
        lines += [f"## {heading}", "", "| rule | manual |", "|---|---|"]
        lines += [
            f"| {each.name} | {each.section} |" for each in PROOF_RULES if each.topic == topic
        ]
        lines.append("")
    return "\n".join(lines)


_INTRODUCTION = """
What [inference](inference.md) claims of NULLs and rows rests on these rules. Each has a query in
the tests that rests on it, and a near miss: one that looks alike, of which PostgreSQL shows that
the claim would be wrong. [Verify](verify.md) says which of them the rows of a package put to a
test. Numbers are sections of PostgreSQL's manual, names its pages of commands.
"""
