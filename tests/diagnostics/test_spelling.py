"""How far words are apart, against the table that the definition fills."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from sqlwright.diagnostics.spelling import distance, nearest

WORDS = st.text(alphabet="abcé", max_size=9)


def edits(first: str, second: str) -> int:
    """Letters put in, left out or changed, or two neighbours swapped, cell by cell."""
    table = {(0, at): at for at in range(len(second) + 1)}
    table |= {(at, 0): at for at in range(len(first) + 1)}
    for row, letter in enumerate(first, 1):
        for column, other in enumerate(second, 1):
            found = [
                table[row - 1, column] + 1,
                table[row, column - 1] + 1,
                table[row - 1, column - 1] + (letter != other),
            ]
            both = first[row - 2 : row], second[column - 2 : column]
            if min(row, column) > 1 and both[0] == both[1][::-1]:
                found.append(table[row - 2, column - 2] + 1)
            table[row, column] = min(found)
    return table[len(first), len(second)]


@given(WORDS, WORDS, st.integers(1, 9))
@example("ab", "ba", 1)
@example("abc", "cab", 2)
@example("", "abc", 2)
def test_words_are_as_far_apart_as_the_table_says(first: str, second: str, most: int) -> None:
    assert distance(first, second, most) == min(edits(first, second), most + 1)


def test_the_nearest_names_come_first() -> None:
    known = ["creted_at", "updated_at", "created_at", "name"]
    assert nearest("craeted_at", known, 2) == ["created_at", "creted_at"]
