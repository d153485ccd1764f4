"""Values that options do not take: what is said, and what it points at."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlwright.config import load_config
from sqlwright.diagnostics import DiagnosticError

REFUSED = {
    'out = ""': ("`out` is empty", "out"),
    "out = 1": ("`out` is a text", "out"),
    'schema = ""': ("`schema` is empty", "schema"),
    "queries = []": ("`queries` is empty", "queries"),
    "queries = [1]": ("`queries` is a list of texts", "queries"),
    '[renames.fields]\nborn = "x"\ndied = 3': ("`renames.fields` is a table of texts", "died"),
    'diagnostics = { unknown-colum = "off" }': (
        "unknown option `unknown-colum` of `diagnostics`",
        "unknown-colum",
    ),
    "diagnostics = 1": ("`diagnostics` is a table", "diagnostics"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.items())
def test_refused(tmp_path: Path, text: str, said: tuple[str, str]) -> None:
    (tmp_path / "sqlwright.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DiagnosticError) as raised:
        load_config(tmp_path)
    found = raised.value.diagnostic
    assert (found.message, found.labels[0].span.text) == said


def test_a_misspelt_code_is_told(tmp_path: Path) -> None:
    (tmp_path / "sqlwright.toml").write_text("[diagnostics]\nunknown-colum = 'off'\n")
    with pytest.raises(DiagnosticError) as raised:
        load_config(tmp_path)
    assert raised.value.diagnostic.help == "did you mean `unknown-column`?"


@pytest.mark.parametrize("name", ["sqlwright.toml", "sqlc.yaml"])
def test_a_byte_order_mark_is_passed_over(tmp_path: Path, name: str) -> None:
    text = 'out = "db"\r\n'
    if name == "sqlc.yaml":
        entry = "{engine: postgresql, queries: a, schema: b, gen: {go: {out: db}}}"
        text = f'version: "2"\r\nsql:\r\n- {entry}'
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_config(tmp_path).packages[0].out == "db"
