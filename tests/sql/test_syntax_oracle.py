"""Syntax verdicts compared with PostgreSQL's own, token by token.

Every statement of `tests/cases/syntax` is valid for PostgreSQL's grammar. Each is parsed as it is
and with one token dropped, doubled, exchanged with its neighbour or replaced by another one. What
the parser refuses PostgreSQL has to refuse with the same message, and what it accepts PostgreSQL
must not call a syntax error.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlwright.diagnostics import DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import split_statements

FOLDER = Path(__file__).parents[1] / "cases" / "syntax"
FILES = sorted(FOLDER.glob("*.sql"))
SEED = 1
MUTANTS_PER_STATEMENT = 12
REPLACEMENTS = (
    *("select", "from", "where", "as", "on", "not", "set", "with", "only", "all", "by", "to"),
    *("(", ")", ",", ".", "*", "=", "-", "x", "1", "'s'", "$1", "::", "[", "null", "default"),
)
GRAMMAR_TIME = (
    "LIMIT #,# syntax is not supported",
    "multiple ",
    "WITH TIES cannot be specified without ORDER BY clause",
    "SKIP LOCKED and WITH TIES options cannot be used together",
    "STDIN/STDOUT not allowed with PROGRAM",
    "WHERE clause not allowed with COPY TO",
    "syntax error",
    "type modifier cannot have",
    "improper qualified name",
    "improper use of",
    "time zone interval must be",
    "trailing junk",
    "unterminated",
    "zero-length delimited identifier",
    "invalid Unicode",
    "UESCAPE must be followed",
    "parameter number too large",
    "cannot use ",
    "wrong number of parameters on",
    "frame start",
    "frame end",
    "conflicting or redundant NULL",
    "only one ",
    "unrecognized column option",
    "unrecognized JSON encoding",
    "precision for type float",
    "UNIQUE predicate",
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_own_statements_are_valid(file: Path, database: str) -> None:
    counts: Counter[str] = Counter()
    wrong = [text async for text in disagreements(statements(file), database, counts)]
    print(f"\n{file.name}: {dict(counts)}")
    assert not counts["refused by both"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_statements_with_one_token_changed(file: Path, database: str, seed: int) -> None:
    mutants = some_mutants(file, seed)
    counts: Counter[str] = Counter()
    wrong = [text async for text in disagreements(mutants, database, counts)]
    print(f"\n{file.name}: {dict(counts)}")
    assert counts["refused by both"] > len(mutants) // 3
    assert not wrong, "\n".join(wrong)


def statements(file: Path) -> list[str]:
    source = SourceFile(file.name, file.read_text())
    return [
        source.text[stretch.tokens[0].start : stretch.tokens[-1].end]
        for stretch in split_statements(tokenize(source), 0, len(source.text))
        if stretch.tokens
    ]


def some_mutants(file: Path, seed: int) -> list[str]:
    chance = random.Random(f"{seed} {file.stem}")
    mutants: list[str] = []
    for statement in statements(file):
        every = [mutant for mutant in mutations(statement, chance) if mutant]
        mutants += chance.sample(every, k=min(len(every), MUTANTS_PER_STATEMENT))
    return mutants


def mutations(statement: str, chance: random.Random) -> Iterator[str]:
    words = [token.text for token in tokenize(SourceFile("", statement))]
    for index in range(len(words)):
        before, word, after = words[:index], words[index], words[index + 1 :]
        yield " ".join([*before, *after])
        yield " ".join([*before, word, word, *after])
        yield " ".join([*before, chance.choice(REPLACEMENTS), *after])
        yield " ".join([*before, chance.choice(REPLACEMENTS), word, *after])
        if after:
            yield " ".join([*before, after[0], word, *after[1:]])


async def disagreements(texts: list[str], uri: str, counts: Counter[str]) -> AsyncIterator[str]:
    connection = await asyncpg.connect(uri)
    try:
        for text in texts:
            ours, theirs = our_verdict(text), await postgres_verdict(connection, text)
            if ours is None and theirs is not None and not theirs[0].startswith(GRAMMAR_TIME):
                theirs = None  # a complaint of a later stage
            if ours == theirs:
                counts["refused by both" if ours else "accepted by both"] += 1
            else:
                counts["different"] += 1
                yield f"{text}\n    PostgreSQL: {theirs}\n    sqlwright:  {ours}"
    finally:
        await connection.close()


Verdict = tuple[str, int] | None
"""The refusal's message and the place it points at, None where the grammar has no objection."""


def our_verdict(text: str) -> Verdict:
    source = SourceFile("mutant.sql", text)
    try:
        parse_statement(source, tokenize(source))
    except DiagnosticError as error:
        return error.diagnostic.message, error.diagnostic.labels[0].span.start
    return None


async def postgres_verdict(connection: asyncpg.Connection, text: str) -> Verdict:
    """What PostgreSQL says to a statement that it is not asked to run."""
    try:
        await connection.prepare(text)
    except asyncpg.PostgresError as error:
        return error.args[0], int(error.position or 0) - 1
    return None
