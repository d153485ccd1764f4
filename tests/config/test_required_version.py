"""`required-version`: the clauses mean what they mean to pip, and come before everything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import sqlwright
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from sqlwright import __version__
from sqlwright.config.required import accepts

NUMBERS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(
    lambda parts: ".".join(map(str, parts))
)
PLAIN = st.tuples(st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), NUMBERS).map("".join)
ANY_OF = st.tuples(st.sampled_from(["==", "!="]), NUMBERS, st.just(".*")).map("".join)
LIKE = NUMBERS.filter(lambda text: "." in text).map("~={}".format)
CLAUSES = st.lists(PLAIN | ANY_OF | LIKE, min_size=1, max_size=3).map(", ".join)


@given(CLAUSES, NUMBERS)
@example("~=1.0", "1")
@example("==1.0.*", "1")
@example("~=0.0.0", "0")
@example(">1.0", "1.0.0")
def test_clauses_mean_what_they_mean_to_pip(required: str, version: str) -> None:
    assert accepts(required, version) == SpecifierSet(required).contains(version)


def test_a_number_alone_is_the_only_one() -> None:
    assert accepts("1.2", "1.2.0")
    assert not accepts("1.2", "1.2.1")
    assert accepts(">=1.2", "1.2rc1"), "a candidate counts as what it is to become"


@pytest.mark.parametrize("text", ["latest", ">=", "^1.2", ">=1.*", "~=1", "1.2,,1.3", ">=9, x"])
def test_what_is_no_requirement(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        accepts(text, "1.0")


@pytest.mark.parametrize("place", ["sqlwright.toml", "pyproject.toml"])
def test_another_version_refuses_before_it_reads_on(tmp_path: Path, place: str) -> None:
    head = "[tool.sqlwright]\n" if place == "pyproject.toml" else ""
    text = f'{head}an-option-of-later = 1\nrequired-version = ">=99.1"\n'
    (tmp_path / place).write_text(text)
    done = sqlwright(tmp_path, "check")
    print(done.stderr)
    assert done.returncode == 1
    told = f"this is sqlwright {__version__}, and the project takes `>=99.1`"
    assert f"error[invalid-config]: {told}\n --> {place}:" in done.stderr
    assert "pip install 'sqlwright>=99.1'" in done.stderr


def test_this_version_goes_on(tmp_path: Path) -> None:
    sqlwright(tmp_path, "init")
    for required in (f"=={__version__}", __version__, "<99", f">=0, !=0.0.1, ~={__version__}"):
        (tmp_path / "sqlwright.toml").write_text(f'required-version = "{required}"\n')
        done = sqlwright(tmp_path, "generate")
        assert done.returncode == 0, done.stderr
    (tmp_path / "sqlwright.toml").write_text('required-version = "latest"\n')
    assert "`latest` is no requirement of a version" in sqlwright(tmp_path, "check").stderr
