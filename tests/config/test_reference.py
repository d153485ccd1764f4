"""The pages and files made of the options are up to date."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlwright.config import load_config
from sqlwright.config.options import OPTIONS, json_schema
from sqlwright.config.reference import reference
from sqlwright.config.writing import commented_toml
from sqlwright.diagnostics import DiagnosticError

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_schema_for_editors(golden: Callable[[Path, str], None]) -> None:
    golden(DOCS / "sqlwright.schema.json", json.dumps(json_schema(), indent=2) + "\n")


def test_the_page_of_the_options(golden: Callable[[Path, str], None]) -> None:
    golden(DOCS / "configuration.md", reference())


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_what_the_schema_forbids_is_refused(tmp_path: Path, option: Any) -> None:
    """The kinds of values in the schema are those that are read."""
    wrong = {"boolean": '"yes"', "integer": "-1"}.get(option.schema.get("type", ""), "17.5")
    (tmp_path / "sqlwright.toml").write_text(f"{option.name} = {wrong}\n")
    with pytest.raises(DiagnosticError) as caught:
        load_config(tmp_path)
    assert caught.value.diagnostic.code == "invalid-config"
    assert option.name in caught.value.diagnostic.message


def test_unknown_options_are_refused_at_every_level(tmp_path: Path) -> None:
    for text in (
        "querys = []\n",
        "[[packages]]\nquerys = []\n",
        "[json]\nlibary = 'orjson'\n",
        "[renames.feilds]\na = 'b'\n",
        "[[overrides]]\ncolum = 'a.b'\n",
    ):
        (tmp_path / "sqlwright.toml").write_text(text)
        with pytest.raises(DiagnosticError) as caught:
            load_config(tmp_path)
        assert caught.value.diagnostic.code == "unknown-option", text
        assert (caught.value.diagnostic.help or "").startswith("did you mean"), text
        assert caught.value.diagnostic.labels, text


def allows(schema: dict[str, Any], value: Any) -> bool:
    """Whether a JSON schema allows a value, as far as our schema goes; any other keyword of it
    would be one that this test knows nothing of."""
    checks: dict[str, Callable[[Any], bool]] = {
        "additionalProperties": lambda rest: (
            not isinstance(value, dict)
            or all(
                key in schema.get("properties", {}) or (rest is not False and allows(rest, item))
                for key, item in value.items()
            )
        ),
        "enum": lambda choices: any(
            value == choice and type(value) is type(choice) for choice in choices
        ),
        "items": lambda item: not isinstance(value, list) or all(allows(item, x) for x in value),
        "minItems": lambda least: not isinstance(value, list) or len(value) >= least,
        "minLength": lambda least: not isinstance(value, str) or len(value) >= least,
        "minimum": lambda least: not isinstance(value, int) or value >= least,
        "oneOf": lambda choices: sum(allows(choice, value) for choice in choices) == 1,
        "properties": lambda known: (
            not isinstance(value, dict)
            or all(allows(known[key], item) for key, item in value.items() if key in known)
        ),
        "required": lambda keys: not isinstance(value, dict) or all(key in value for key in keys),
        "type": lambda kind: type(value) is _TYPES[kind],
        **dict.fromkeys(("$schema", "title", "description"), lambda _: True),
    }
    return all(checks[keyword](setting) for keyword, setting in schema.items())


_TYPES = {"array": list, "boolean": bool, "integer": int, "object": dict, "string": str}


@pytest.mark.parametrize(
    "text",
    [
        "",
        commented_toml(),
        'schema = []\nqueries = ["a.sql", "b"]\n',
        'schema = "s"\npostgresql = 17\n',
        'postgresql = "14"\nunknown-functions = "warn"\n',
        'json = "text"\n',
        '[json]\nform = "decoded"\nlibrary = "orjson"\n[json.columns]\n"a.b" = "x.Y"\n',
        '[[overrides]]\ntype = "uuid"\npython = "str"\nnullable = true\nto-db = "x.y"\n',
        '[renames.fields]\nclass = "kind"\n[renames.functions]\nA = "b"\n',
        'parameter-limit = 0\nplural-models = []\nfrozen = true\nshape = "class"\n',
        'model = "attrs"\n[[packages]]\nout = "a"\n[[packages]]\nout = "b"\nmodel = "msgspec"\n',
    ],
)
def test_what_is_read_is_allowed_in_editors(tmp_path: Path, text: str) -> None:
    (tmp_path / "sqlwright.toml").write_text(text)
    load_config(tmp_path)
    assert allows(json_schema(), tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        "queries = []\n",
        'schema = ""\n',
        "schema = [1]\n",
        "postgresql = 13\n",
        'model = "pydantic2"\n',
        "frozen = 1\n",
        "parameter-limit = -1\n",
        "parameter-limit = true\n",
        "line-length = 59\n",
        'line-length = "100"\n',
        'json = "raw"\n',
        "[json]\nlibrary = 'ujson'\n",
        "[json]\nlibary = 'orjson'\n",
        "[json.columns]\na = 1\n",
        "[[overrides]]\ntype = 'uuid'\n",
        "[[overrides]]\ncolum = 'a.b'\npython = 'x'\n",
        "[overrides]\npython = 'x'\n",
        "[renames.feilds]\na = 'b'\n",
        "packages = []\n",
        "[[packages]]\nquerys = []\n",
        "unknown = 1\n",
    ],
)
def test_what_is_refused_is_marked_in_editors(tmp_path: Path, text: str) -> None:
    (tmp_path / "sqlwright.toml").write_text(text)
    with pytest.raises(DiagnosticError):
        load_config(tmp_path)
    assert not allows(json_schema(), tomllib.loads(text))
