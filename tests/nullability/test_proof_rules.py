"""Every rule of nullability has a query that rests on it and a near miss that does not.

Both are among the stated queries, which PostgreSQL judges: what is stated to be NULL has been seen
NULL, and what rests on a rule stands up to the same rows.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlwright.analysis.facts import Reason, ResultColumn
from sqlwright.analysis.proof_rules import PROOF_RULES, reference
from sqlwright.analysis.query import with_columns_of_queries
from stated import SCHEMA, Case, Stated, cases, catalog_of, statements

FILE = Path(__file__).parent / "catalogue.tsv"
PAGE = Path(__file__).parents[2] / "docs" / "proof-rules.md"
NULLABILITY = [rule.name for rule in PROOF_RULES if rule.topic == "nullability"]

Found = dict[str, tuple[ResultColumn, Stated]]


@pytest.fixture(scope="module")
def columns() -> Found:
    catalog = with_columns_of_queries(catalog_of(SCHEMA), (each for _, each in statements()))
    return {
        f"{case.facts.name}.{column.name}": (column, stated)
        for case in cases(catalog)
        for column, stated in _stated(case)
    }


def _stated(case: Case) -> Iterator[tuple[ResultColumn, Stated]]:
    if case.columns is not None:
        yield from zip(case.facts.columns, case.columns, strict=True)


def _all_of(reason: Reason | None) -> Iterator[Reason]:
    if reason is not None:
        yield reason
        for each in reason.because:
            yield from _all_of(each)


def _rows() -> dict[str, tuple[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["rule"]: (row["proof"], row["near miss"])
            for row in csv.DictReader(file, delimiter="\t")
        }


def test_every_rule_is_in_the_catalogue() -> None:
    assert list(_rows()) == NULLABILITY
    names = [rule.name for rule in PROOF_RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", NULLABILITY)
def test_a_rule_has_a_proof_and_a_near_miss(columns: Found, rule: str) -> None:
    proof, near_miss = _rows()[rule]
    column, stated = columns[proof]
    found = [each.rule.name for each in _all_of(column.nullable_reason) if each.rule]
    print(f"{proof} rests on {found}")
    assert (stated.claim, rule in found) == ("NOT NULL", True)
    column, stated = columns[near_miss]
    assert (stated.claim, column.nullable) == ("NULL", True)


def test_every_proof_states_a_rule(columns: Found) -> None:
    unnamed = {
        reason.text
        for column, _ in columns.values()
        if not column.nullable and (reason := column.nullable_reason) is not None
        if reason.rule is None and not reason.text.startswith("the query says")
    }
    proofs = sum(not column.nullable for column, _ in columns.values())
    print(f"{proofs} columns rest on rules with names")
    assert not unnamed


def test_what_may_be_null_rests_on_no_rule(columns: Found) -> None:
    reasons = [column.nullable_reason for column, _ in columns.values() if column.nullable]
    print(f"{len(reasons)} columns may be NULL")
    assert reasons
    assert all(reason is not None and reason.rule is None for reason in reasons)


def test_the_page_lists_the_rules(golden: Callable[[Path, str], None]) -> None:
    golden(PAGE, reference())
