"""The reference of the configuration, made of the options themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlwright.config.kinds import Schema
from sqlwright.config.model import PackageConfig
from sqlwright.config.options import OPTIONS, Option
from sqlwright.config.writing import default_text

_HEAD = """\
# Configuration

`sqlwright.toml`, or the section `[tool.sqlwright]` of `pyproject.toml`, in the folder where you run
the command, in one above it up to the root of the repository, or named with `--config`. Paths are
relative to the file. With neither, a
[sqlc configuration](from-sqlc.md) is read as it is; with none at all the defaults count.

`sqlwright init` writes a file with every option. Unknown options are refused.
[`sqlwright.schema.json`](sqlwright.schema.json) tells editors the same.

| option | default | values |
|---|---|---|"""

_TAIL = """\
## Several packages

Each table of `packages` is a package; what stands outside of them counts for all.

```toml
model = "pydantic"

[[packages]]
schema = "shop/schema"
queries = "shop/queries"
out = "app/shop/db"

[[packages]]
schema = "logs/schema"
queries = "logs/queries"
out = "app/logs/db"
frozen = true
```

With `runtime` they share what is the same in every package, so that `except NoRowError` means one
class:

```toml
runtime = "app.db.runtime"

[[packages]]
queries = "shop/queries"
out = "src/app/shop/db"

[[packages]]
queries = "logs/queries"
out = "src/app/logs/db"
```

It is imported as `from app.db.runtime import Connection, NoRowError`. Its folder follows from the
name and from `out`: `app` is a folder on the way there, so this one is `src/app/db/runtime`. It is
written with the packages and holds what they need, so let one configuration have it. Packages that
need two kinds of one module, such as one that decodes json with orjson and one that does not, are
refused.

In `pyproject.toml`:

```toml
[tool.sqlwright]
schema = "migrations"

[tool.sqlwright.renames.fields]
class = "category"
```
"""

_EXAMPLES = {
    "required-version": 'required-version = ">=0.1, <0.3"',
    "json": '[json]\nlibrary = "orjson"\n\n[json.columns]\n'
    '"accounts.settings" = "myapp.types.Settings"',
    "overrides": '[[overrides]]\ncolumn = "accounts.*_url"\npython = "yarl.URL"\n'
    'from-db = "yarl.URL"\nto-db = "str"\n\n[[overrides]]\ntype = "uuid"\nnullable = true\n'
    'python = "str"\nfrom-db = "str"',
    "renames": '[renames.fields]\nclass = "category"\n\n[renames.models]\nstaff = "Employee"\n\n'
    '[renames.functions]\nGetAuthor = "author_by_id"',
}


def reference() -> str:
    """The whole page as Markdown."""
    rows = [
        f"| [`{option.name}`](#{option.name}) | {_default(option)} | {_values(option.schema)} |"
        for option in OPTIONS
    ]
    parts = [_HEAD + "\n" + "\n".join(rows), *(_section(option) for option in OPTIONS), _TAIL]
    return "\n\n".join(parts)


def _section(option: Option) -> str:
    text = f"## {option.name}\n\n{option.meaning}"
    if option.name in _EXAMPLES:
        text += f"\n\n```toml\n{_EXAMPLES[option.name]}\n```"
    fields = list(_fields(option.schema))
    if fields:
        text += "\n\n" + "\n".join(fields)
    return text


def _fields(schema: Schema) -> Iterator[str]:
    """The keys of a table, or of the tables of a list."""
    inner = schema.get("items", schema)
    for choice in (inner, *inner.get("oneOf", ())):
        for name, values in choice.get("properties", {}).items():
            yield f"- `{name}`: {_values(values)}"


def _default(option: Option) -> str:
    text = default_text(option, PackageConfig())
    return f"`{text}`" if text is not None else "none"


def _values(schema: Schema) -> str:
    """What a JSON schema allows, in words."""
    if "enum" in schema:
        return ", ".join(f'`"{value}"`' for value in schema["enum"] if isinstance(value, str))
    if "oneOf" in schema:
        return " or ".join(_values(choice) for choice in schema["oneOf"])
    kind: Any = schema.get("type")
    if kind == "array":
        return "a list of tables" if "properties" in schema["items"] else "a list of texts"
    words = {
        "boolean": "`true` or `false`",
        "integer": "a number",
        "object": "a table",
        "string": "a text",
    }
    return words[kind]
