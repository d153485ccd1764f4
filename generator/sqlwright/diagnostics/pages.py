"""The page of each code: what it means, an example, its report, and what to do about it.

The pages are Markdown files beside this module. `sqlwright explain CODE` shows one, and
docs/diagnostics.md has them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.diagnostics.codes import CODES
from sqlwright.resources import resource

_PAGES = resource("diagnostics", "pages")
_INDENT = "    "


def page(code: str) -> str | None:
    """The page of a code as Markdown; None for what is no code."""
    if code not in CODES:
        return None
    return (_PAGES / f"{code}.md").read_text(encoding="utf-8")


def for_terminal(markdown: str) -> str:
    """A page as plain text: examples are indented, and headed by the name of their file."""
    return "\n".join(_plain_lines(markdown.splitlines())) + "\n"


def _plain_lines(lines: list[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        if line.startswith("```"):
            inside = not inside
            _, _, name = line.partition(" ")
            if name:
                yield from (f"{name}:", "")
        elif inside:
            yield f"{_INDENT}{line}".rstrip()
        else:
            yield line.removeprefix("# ")


def reference() -> str:
    """All pages as one Markdown document."""
    listed = [f"- [{code}](#{code})" for code in sorted(CODES)]
    parts = [_HEAD, "\n".join(listed)]
    for code in sorted(CODES):
        text = page(code)
        assert text is not None
        parts.append("#" + text.rstrip("\n"))
    return "\n\n".join(parts) + "\n"


_HEAD = """\
# Diagnostics

Every report has a code, which never changes. `sqlwright explain CODE` shows the page of one in the
terminal. Where PostgreSQL refuses the same thing, the message is in its words and its SQLSTATE
stands behind it.

Where an example has no `schema.sql`, it is over these tables:

```sql
CREATE TYPE book_kind AS ENUM ('novel', 'essay', 'poems');

CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    bio text
);

CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    kind book_kind NOT NULL,
    year int
);
```"""
