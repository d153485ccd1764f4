"""What `init` writes is a project that works, and nothing that is there is overwritten."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from command import sqlwright
from sqlwright.config import PackageConfig, load_config

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What `init` makes."""
    done = sqlwright(tmp_path, "init")
    assert (done.returncode, done.stderr) == (0, "")
    return tmp_path


def test_init_then_generate(project: Path) -> None:
    assert sorted(path.relative_to(project).as_posix() for path in project.rglob("*.*")) == [
        "queries/authors.sql",
        "schema/authors.sql",
        "sqlwright.schema.json",
        "sqlwright.toml",
    ]
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("3 queries\n")
    assert sqlwright(project, "check").returncode == 0


def test_what_init_writes_is_the_defaults(project: Path) -> None:
    assert load_config(project).packages == (PackageConfig(),)


def test_every_line_that_init_comments_out_can_be_put_in(project: Path) -> None:
    text = (project / "sqlwright.toml").read_text()
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    settings = [line for line in lines if re.match(r"[a-z-]+ = |\[", line)]
    read = tomllib.loads("\n".join(settings))
    assert {"schema", "queries", "out", "model", "overrides", "renames"} <= read.keys()


def test_init_overwrites_nothing(project: Path) -> None:
    (project / "sqlwright.toml").write_text('out = "mine"\n')
    done = sqlwright(project, "init")
    assert (done.returncode, done.stdout) == (
        0,
        "nothing to write: sqlwright.toml is there already\n",
    )
    assert (project / "sqlwright.toml").read_text() == 'out = "mine"\n'


def test_init_beside_a_schema_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    done = sqlwright(tmp_path, "init")
    assert done.stdout == "wrote sqlwright.toml\nwrote sqlwright.schema.json\n"


def test_init_writes_the_values_and_true_defaults(project: Path) -> None:
    text = (project / "sqlwright.toml").read_text()
    first = text.partition("\n")[0]
    named = first.removeprefix("#:schema ")
    schema = json.loads((project / named).read_text())
    assert schema["properties"]["model"]["enum"][0] == "dataclass"
    assert '"namedtuple", "typeddict".' in text.replace("\n# ", " ")
    assert "](" not in text
    # What stands there without a word on examples is the default.
    plain = text.split("# None unless set")[0]
    settings = [line.removeprefix("# ") for line in plain.splitlines() if " = " in line]
    (project / "sqlwright.toml").write_text("\n".join(settings))
    assert load_config(project).packages == (PackageConfig(),)
    print(f"{len(settings)} defaults")


def test_init_brings_the_schema_back(project: Path) -> None:
    (project / "sqlwright.schema.json").unlink()
    assert sqlwright(project, "init").stdout == "wrote sqlwright.schema.json\n"
    (project / "sqlwright.schema.json").unlink()
    (project / "sqlwright.toml").write_text('out = "mine"\n')
    assert sqlwright(project, "init").stdout.startswith("nothing to write")
