"""How tightly PostgreSQL's operators bind, from the loosest to the tightest.

Source: PostgreSQL manual, section 4.1.6 (Operator Precedence).
"""

OR = 1
AND = 2
NOT = 3
IS = 4
COMPARISON = 5
MATCH = 6
OTHER = 7
ADDITIVE = 8
MULTIPLICATIVE = 9
POWER = 10
AT = 11
COLLATE = 12
SIGN = 13
CAST = 14

SYMBOL_LEVELS = {
    "<": COMPARISON,
    ">": COMPARISON,
    "=": COMPARISON,
    "<=": COMPARISON,
    ">=": COMPARISON,
    "<>": COMPARISON,
    "+": ADDITIVE,
    "-": ADDITIVE,
    "*": MULTIPLICATIVE,
    "/": MULTIPLICATIVE,
    "%": MULTIPLICATIVE,
    "^": POWER,
    "::": CAST,
}
WORD_LEVELS = {
    "or": OR,
    "and": AND,
    "is": IS,
    "isnull": IS,
    "notnull": IS,
    "between": MATCH,
    "in": MATCH,
    "like": MATCH,
    "ilike": MATCH,
    "similar": MATCH,
    "not": MATCH,
    "operator": OTHER,
    "at": AT,
    "collate": COLLATE,
}
