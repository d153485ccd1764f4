"""New names in the native configuration have to be names in Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlwright.config import load_config
from sqlwright.diagnostics import DiagnosticError


@pytest.mark.parametrize("kind", ["fields", "models", "enums", "functions"])
@pytest.mark.parametrize("name", ["class", "first-name", "2nd", ""])
def test_what_is_no_name_is_refused(tmp_path: Path, kind: str, name: str) -> None:
    (tmp_path / "sqlwright.toml").write_text(f'[renames.{kind}]\nold = "{name}"\n')
    with pytest.raises(DiagnosticError) as caught:
        load_config(tmp_path)
    found = caught.value.diagnostic
    assert (found.code, found.message) == ("invalid-config", f"`{name}` is not a name in Python")
    assert [label.span.text for label in found.labels] == ["old"]
