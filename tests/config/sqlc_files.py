"""Configurations of sqlc, and what is read of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlwright.config import Config, load_config
from sqlwright.diagnostics import Diagnostic, DiagnosticError

ENTRY = """\
version: "2"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: query.sql
"""
GO = """\
    gen:
      go:
        package: db
        out: internal/db
"""
PYTHON = """\
version: "2"
plugins:
  - name: py
    wasm:
      url: https://example.com/plugin.wasm
      sha256: "00"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: query.sql
    codegen:
      - plugin: py
        out: src/app/db
"""


def load(folder: Path, text: str, name: str = "sqlc.yaml") -> Config:
    (folder / name).write_text(text)
    return load_config(folder)


def refused(folder: Path, text: str, name: str = "sqlc.yaml") -> Diagnostic:
    with pytest.raises(DiagnosticError) as caught:
        load(folder, text, name)
    print(caught.value.diagnostic)
    return caught.value.diagnostic
