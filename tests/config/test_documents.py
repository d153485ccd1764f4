"""A text of TOML is read once, and what is kept of it is what it says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from sqlwright.config.documents import read_toml
from sqlwright.config.find import load_config
from sqlwright.diagnostics import DiagnosticError
from sqlwright.store import NOTHING, Store

TEXTS = {
    "plain": 'a = 1\n[b]\nc = ["x", true, 1.5, { d = "\\u00e9" }]\n[[e]]\n[[e]]\nf = {}\n',
    "empty": "",
    "dates": "day = 2026-01-02\nmoment = 2026-01-02T03:04:05Z\n",
    "deep": "a = " + "[" * 400 + "]" * 400 + "\n",
}


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("??/*"))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_kept_is_what_is_read(text: str, tmp_path: Path) -> None:
    store = Store(tmp_path)
    for _ in range(3):
        assert read_toml(text, store) == tomllib.loads(text) == read_toml(text, NOTHING)
    (entry,) = kept(tmp_path)
    entry.write_bytes(entry.read_bytes()[:-1])
    assert read_toml(text, Store(tmp_path)) == tomllib.loads(text)


def test_it_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_toml(TEXTS["plain"], Store(tmp_path))
    monkeypatch.setattr(tomllib, "loads", lambda text: {"read": text})
    assert read_toml(TEXTS["plain"], Store(tmp_path)) == first
    assert read_toml(" ", Store(tmp_path)) == {"read": " "}


def test_what_is_wrong_is_said_each_time(tmp_path: Path) -> None:
    project, cache = tmp_path / "project", tmp_path / "cache"
    project.mkdir()
    (project / "sqlwright.toml").write_text("schema = [1\nqueries = 2\n")
    said = []
    for store in (NOTHING, Store(cache), Store(cache)):
        with pytest.raises(DiagnosticError) as caught:
            load_config(project, store=store)
        said.append(repr(caught.value.diagnostic))
    assert said == said[:1] * 3
    assert not kept(cache)
