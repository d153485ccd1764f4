"""Random calls, casts and operators over the types and functions of `tests/cases/overloads`."""

from __future__ import annotations

import random


def _words(text: str) -> list[str]:
    return text.split()


FROM = "FROM item i, parent p, child c"
TYPES = _words(
    """
    mood hue email small cents code inner_code points lapse spot known_spot floatrange
    parent child item int int8 numeric text varchar bpchar mood[] email[] int[] spot[]
    record json jsonb date timestamp bool interval int2 float8 daterange cents[] item[]
    name
    """
)
COLUMNS = _words(
    """
    i.id i.feeling i.address i.scores i.place i.label_code i.known i.span i.price
    i.feelings i.addresses i.origin i.took i.padded i.short i p c (i.place).x (i.place).y
    p.id p.name c.extra i.label p.pname c.pname (i.place).label (i.known).y
    """
)
FUNCTIONS = _words(
    """
    f f f g g2 v v2 v3 pe pc pr pen pna pcr label pname other.f other.h h outs rows_of
    many ff fe pro total mood_of int_of mood email spot item mood_below upper length count
    sum max array_append unnest to_json row_to_json concat jsonb_build_object lower round
    abs id name x tag lag rank generate_series format int4 text varchar numeric
    """
)
LITERALS = _words(
    """
    'sad' 'nope' '1' '(1,2,a)' 'a@b' '{1,2}' 'x' '[1,2)' '' '2024-01-01' '{sad}'
    """
)
VALUES = (
    "1",
    "2.5",
    "10000000000",
    "true",
    "row(1, 2, 'a')",
    "row(1, 2)",
    "row(NULL, 'x', 3)",
    "(SELECT place FROM item)",
    "(SELECT row(1, 2))",
    "ARRAY[1, 2]",
)
BINARY = _words(
    """
    = < <> + - || @> && <<<< === * -> ~ / >= -|-
    """
)
ASSIGNED = _words(
    """
    feeling address scores place label_code known price feelings took origin span
    """
)


class CallWriter:
    """Writes statements, from a seed."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)

    def statement(self, depth: int) -> str:
        """A query, an update or a call."""
        kind = self.source.random()
        if kind < 0.1:
            column = self.source.choice(ASSIGNED)
            return f"UPDATE item i SET {column} = {self.expr(depth - 1)} FROM parent p, child c"
        if kind < 0.15:
            function = self.source.choice(FUNCTIONS)
            return f"SELECT * {FROM}, {function}({self.expr(depth - 1)}) z"
        if kind < 0.2:
            procedure = self.source.choice(["pro", "f", "total"])
            return f"CALL {procedure}({self.expr(0)}, {self.expr(0)})"
        if kind < 0.25:
            return f"SELECT {self.expr(depth - 1)} {FROM} UNION SELECT {self.expr(1)} {FROM}"
        if kind < 0.3:
            return f"SELECT {self.expr(1)} {FROM} WHERE {self.expr(depth)}"
        return f"SELECT {self.expr(depth)} {FROM}"

    def expr(self, depth: int) -> str:
        """An expression, of whatever type."""
        if depth <= 0 or self.source.random() < 0.1:
            return self._leaf()
        kind = self.source.random()
        left, right = self.expr(depth - 1), self.expr(depth - 1)
        if kind < 0.3:
            return f"({left} {self.source.choice(BINARY)} {right})"
        if kind < 0.33:
            return f"({self.source.choice('-+@~')} {left})"
        if kind < 0.63:
            return self._call(depth)
        forms = [
            f"coalesce({left}, {right})",
            f"CASE WHEN true THEN {left} ELSE {right} END",
            f"ARRAY[{left}, {right}]",
            f"({left} IN ({right}, {self.expr(depth - 1)}))",
            f"({left} {self.source.choice(['=', '<'])} ANY ({right}))",
            f"nullif({left}, {right})",
            f"({left}).{self.source.choice(['x', 'id', 'label', 'b', 'f1', 'feeling'])}",
            f"({left})[{self.source.choice(['1', '$1', '2:3'])}]",
            f"row({left}, {right})",
            *[f"({left})::{self.source.choice(TYPES)}"] * 3,
        ]
        return self.source.choice(forms)

    def _leaf(self) -> str:
        kind = self.source.random()
        if kind < 0.45:
            return self.source.choice(COLUMNS)
        if kind < 0.65:
            return f"NULL::{self.source.choice(TYPES)}"
        if kind < 0.7:
            return "NULL"
        if kind < 0.82:
            return self.source.choice(LITERALS)
        return self.source.choice(VALUES if kind < 0.9 else ["$1", "$1", "$2"])

    def _call(self, depth: int) -> str:
        args = [self.expr(depth - 1) for _ in range(self.source.choice([0, 1, 1, 1, 2, 2, 3]))]
        if args and self.source.random() < 0.15:
            for at in range(self.source.randrange(len(args)), len(args)):
                args[at] = f"{self.source.choice(['a', 'b', 'c', 'xs'])} => {args[at]}"
        if args and self.source.random() < 0.12:
            args[-1] = f"VARIADIC {args[-1]}"
        ending = ""
        if self.source.random() < 0.06:
            ending = self.source.choice(
                [" OVER ()", " FILTER (WHERE true)", " WITHIN GROUP (ORDER BY 1)"]
            )
        return f"{self.source.choice(FUNCTIONS)}({', '.join(args)}){ending}"
