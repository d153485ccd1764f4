"""What is compiled is the program rewritten, which does the same before a compiler has seen it."""

from __future__ import annotations

import ast
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import compiled_sample
import pytest
from compiling.modules import Rewriter
from compiling.package import PACKAGE, is_left, rewritten
from sqlwright.dataclass import fields, replace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sample() -> Iterator[ModuleType]:
    """The module of all forms, rewritten."""
    text = Path(compiled_sample.__file__).read_text(encoding="utf-8")
    chains = [compiled_sample.Both]
    module = ModuleType("rewritten_sample")
    sys.modules[module.__name__] = module
    exec(Rewriter(chains).rewritten(compiled_sample.__name__, text), module.__dict__)
    yield module
    del sys.modules[module.__name__]


def test_no_decorator_of_data_classes_is_left(sample: ModuleType) -> None:
    kinds = [value for value in vars(sample).values() if isinstance(value, type)]
    written = [kind.__name__ for kind in kinds if hasattr(kind, "__written_out__")]
    decorated = [kind.__name__ for kind in kinds if hasattr(kind, "__dataclass_fields__")]
    assert len(written) == 8, written
    assert not decorated


@pytest.mark.parametrize("name", ["Node", "Leaf", "SpecialLeaf", "Value", "Ordered", "State"])
def test_has_the_fields_that_the_data_class_has(name: str, sample: ModuleType) -> None:
    ours, theirs = (fields(getattr(module, name)) for module in (sample, compiled_sample))
    assert [each.name for each in ours] == [each.name for each in theirs]
    assert [each.type for each in ours] == [each.type for each in theirs]


def test_fields_are_given_by_name_or_place(sample: ModuleType) -> None:
    leaf = sample.SpecialLeaf(name="a", start=1)
    assert (leaf.start, leaf.end, leaf.name, leaf.parts) == (1, 0, "a", ())
    value = sample.Value("a", 2)
    assert (value.shown, value.seen) == ("a2", [])
    assert sample.Value("a").seen is not value.seen


def test_equality_and_hash_rest_on_what_is_compared(sample: ModuleType) -> None:
    one, other = sample.Value("a", seen=[1]), sample.Value("a", seen=[2])
    assert one == other
    assert hash(one) == hash(other)
    assert one != sample.Value("b")
    assert one != compiled_sample.Value("a")
    assert sample.Node(start=1) != sample.Node(start=1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(sample.State(1))


def test_order(sample: ModuleType) -> None:
    assert sample.Ordered(1, 2) < sample.Ordered(2, 0)
    assert not sample.Ordered(1, 2) < sample.Ordered(1, 2)


def test_says_what_it_is(sample: ModuleType) -> None:
    assert repr(sample.Value("a")) == repr(compiled_sample.Value("a"))
    assert repr(sample.SpecialLeaf(name="a", start=1)) == (
        "SpecialLeaf(start=1, end=0, name='a', parts=())"
    )


def test_replaces(sample: ModuleType) -> None:
    leaf = sample.SpecialLeaf(name="a", start=1)
    other = replace(leaf, end=5)
    assert type(other) is sample.SpecialLeaf
    assert (other.start, other.end, other.name, leaf.end) == (1, 5, "a", 0)


def test_packs(sample: ModuleType) -> None:
    value = sample.Value("a", 2, [3])
    again = pickle.loads(pickle.dumps(value))
    assert (again, again.seen) == (value, [3])


def test_packs_a_circle(sample: ModuleType) -> None:
    one = sample.Ring(name="one", inside=sample.Text("a"))
    one.next = sample.Ring(name="two", inside=None, next=one, links=[one])
    again = pickle.loads(pickle.dumps(one))
    assert (again.name, again.inside.text, again.next.name) == ("one", "a", "two")
    assert again.next.next is again
    assert again.next.links == [again]


def test_state_made_after_the_constructor(sample: ModuleType) -> None:
    state = sample.State(2)
    assert (state.twice, state.known) == (4, {"made": 1})


def test_a_cached_property_is_worked_out_once(sample: ModuleType) -> None:
    text = sample.Text("a b")
    assert text.words == ["a", "b"]
    assert text.words is text.words


def test_methods_are_found_in_the_same_order(sample: ModuleType) -> None:
    assert sample.Both.__mro__[1:3] == (sample.Left, sample.Right)
    assert len(sample.Both.__bases__) == len(sample.Left.__bases__) == 1
    assert sample.Both().both() == compiled_sample.Both().both() == "left of right of upper"


def test_makers_are_the_classes(sample: ModuleType) -> None:
    assert type(sample.made()) is sample.Leaf
    assert not hasattr(sample, "make_leaf")


def test_attributes_need_no_slots(sample: ModuleType) -> None:
    assert sample.Plain("a", "b").text == "ab"
    assert not hasattr(sample.Plain, "__slots__")


def test_nothing_is_looked_for_in_what_is_unpacked_there() -> None:
    """`x in (*some, y)`, at which mypyc 2.4 stops with an error of its own."""
    asked, unpacked = 0, []
    for path in sorted((ROOT / "generator" / PACKAGE).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
                asked += 1
                items = getattr(node.comparators[0], "elts", ())
                if any(isinstance(item, ast.Starred) for item in items):
                    unpacked.append(f"{path}:{node.lineno}")
    print(f"{asked} of these operators")
    assert asked > 1000
    assert not unpacked


def test_small_commands_load_no_machine_code() -> None:
    program = f"import sys, {PACKAGE}.cli; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    inside = [name.partition(".")[2] for name in run.stdout.split() if name.startswith(PACKAGE)]
    print(f"{len(inside)} modules of {PACKAGE} are what every command begins with")
    assert [name for name in inside if name and not is_left(name)] == []


@pytest.mark.long
@pytest.mark.interpreted
def test_the_whole_package_generates_the_same(tmp_path: Path) -> None:
    work, project = tmp_path / "work", tmp_path / "project"
    names = rewritten(ROOT / "generator", work)
    print(f"{len(names)} modules of {PACKAGE} are rewritten to be compiled")
    project.mkdir()
    for each in ("schema", "queries", "pyproject.toml"):
        (project / each).symlink_to(ROOT / each)
    environment = {**os.environ, "PYTHONPATH": str(work), "SQLWRIGHT_CACHE": str(tmp_path)}
    command = [sys.executable, "-m", PACKAGE, "generate"]
    for _ in ("cold", "from the store"):
        subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
        made = {path.name: path.read_text() for path in (project / "generated").rglob("*.py")}
        expected = {path.name: path.read_text() for path in (ROOT / "generated").rglob("*.py")}
        assert made == expected
