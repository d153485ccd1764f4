"""Write down which functions other databases have: `sql/foreign/functions.txt`.

python -m generator.tools.extract_foreign_functions

The names are those that the installed sqlglot knows of the databases whose words it translates. To
ask it itself takes longer than most runs do.
"""

from __future__ import annotations

from pathlib import Path

from sqlglot.dialects.dialect import Dialect
from sqlwright.sql.foreign.dialects import DATABASES

FUNCTIONS = Path(__file__).resolve().parents[1] / "sqlwright" / "sql" / "foreign" / "functions.txt"


def foreign_functions() -> list[str]:
    """Their names, in small letters and in order."""
    names: set[str] = set()
    for dialect in DATABASES:
        parser = Dialect.get_or_raise(dialect).parser_class
        names |= {*parser.FUNCTIONS, *parser.FUNCTION_PARSERS}
    return sorted(name.lower() for name in names)


def main() -> None:
    """Write the file."""
    FUNCTIONS.write_text("\n".join(foreign_functions()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
