"""The store alone: what goes in comes out, and everything else is as if nothing had been kept."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlwright import store as module
from sqlwright.store import NOTHING, Store, default_folder, digest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "caches" / "sqlwright"


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("??/*") if path.is_file())


def test_what_is_kept_is_found_by_another_run(folder: Path) -> None:
    one = Store(folder)
    key = one.key("value", "schema", "queries")
    assert one.get(key) is None
    one.put(key, b"\0all of it\n")
    other = Store(folder)
    assert other.key("value", "schema", "queries") == key
    assert other.get(key) == b"\0all of it\n"
    other.put(key, b"replaced")
    assert one.get(key) == b"replaced"


def test_a_key_tells_its_parts_apart() -> None:
    assert len({digest(*parts) for parts in (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""))}) == 4


def test_nothing_is_for_others_to_read(folder: Path) -> None:
    kept = Store(folder)
    kept.put(kept.key("value"), b"value")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.glob("??"))}
    assert modes == {0o700}
    assert [stat.S_IMODE(path.stat().st_mode) for path in entries(folder)] == [0o600]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _turn_a_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-2] ^= 1
    path.write_bytes(data)


def _lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def _put_in_place_of_another(path: Path) -> None:
    kept = Store(path.parent.parent)
    kept.put(kept.key("other"), b"other")
    other = next(each for each in entries(path.parent.parent) if each != path)
    other.replace(path)


def _make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _make_a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _make_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _cut_short,
        _empty,
        _turn_a_bit,
        _lengthen,
        _put_in_place_of_another,
        _make_a_folder,
        _make_a_link,
        _make_a_pipe,
    ],
)
def test_what_is_damaged_is_not_there(folder: Path, damage: Callable[[Path], None]) -> None:
    kept = Store(folder)
    key = kept.key("value")
    kept.put(key, b"the value")
    damage(entries(folder)[0])
    assert kept.get(key) is None


def test_what_is_somebody_elses_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Store(folder)
    key = kept.key("value")
    kept.put(key, b"value")
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    assert kept.get(key) is None
    assert not Store(folder)


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_that_others_can_write_to_is_not_used(folder: Path, mode: int) -> None:
    folder.mkdir(parents=True)
    folder.chmod(mode)
    kept = Store(folder)
    kept.put(kept.key("value"), b"value")
    assert not kept
    assert kept.get(kept.key("value")) is None
    assert list(folder.iterdir()) == []


def test_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file" / "sqlwright", tmp_path / "file", Path("/dev/null/x")):
        kept = Store(folder)
        kept.put(kept.key("value"), b"value")
        assert kept.get(kept.key("value")) is None


def test_the_folder_goes_while_it_is_in_use(folder: Path) -> None:
    kept = Store(folder)
    key = kept.key("value")
    kept.put(key, b"value")
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
    assert kept.get(key) is None
    kept.put(key, b"value")
    assert kept.get(key) == b"value"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_full_disk_leaves_nothing_half_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Store(folder)
    before = kept.key("before")
    kept.put(before, b"value")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    kept.put(kept.key("after"), b"value")
    monkeypatch.undo()
    kept.put(kept.key("after"), b"value")
    assert kept.get(kept.key("after")) is None, "one try is enough"
    assert kept.get(before) == b"value", "what is there can still be read"
    assert len(entries(folder)) == 1


def test_an_interrupted_run_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    kept = Store(folder)
    with pytest.raises(KeyboardInterrupt):
        kept.put(kept.key("value"), b"value")
    assert entries(folder) == []


def test_many_writers_of_the_same_entries(folder: Path) -> None:
    """A reader finds a whole value or none, whoever writes meanwhile."""
    keys = [Store(folder).key("value", str(at)) for at in range(5)]
    odd: list[bytes] = []

    def work() -> None:
        kept = Store(folder)
        for turn in range(60):
            key = keys[turn % 5]
            kept.put(key, key.encode() * 500)
            found = kept.get(key)
            if found != key.encode() * 500:
                odd.append(found or b"")

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not odd
    assert len(entries(folder)) == 5


def test_what_is_of_no_use_for_longest_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 10_000)
    monkeypatch.setattr(module, "KEPT", 7_500)
    writer = Store(folder)
    keys = [writer.key("value", str(at)) for at in range(14)]
    now = time.time()
    for at, key in enumerate(keys):
        writer.put(key, b"x" * 900)
        path = folder / key[:2] / key[2:]
        os.utime(path, (now, now - 1000 * (len(keys) - at) - 2 * module.DAY))
    assert Store(folder).get(keys[0]) is not None, "which makes it the youngest"
    abandoned = path.with_name(f"x{module.UNFINISHED}")
    abandoned.write_bytes(b"")
    os.utime(abandoned, (now, now - 2 * module.HOUR))
    os.utime(folder / module.TIDIED, (now, now - 2 * module.HOUR))
    later = Store(folder)
    later.put(later.key("last"), b"last")
    left = [key for key in keys if later.get(key) is not None]
    print(f"{len(left)} of {len(keys)} are left: {[keys.index(key) for key in left]}")
    assert left == [keys[0], *keys[-6:]]
    assert not abandoned.exists()
    assert later.get(later.key("last")) == b"last"


def test_nothing_keeps_nothing() -> None:
    NOTHING.put(NOTHING.key("value"), b"value")
    assert not NOTHING
    assert NOTHING.get(NOTHING.key("value")) is None


def test_another_program_has_other_keys(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = Store(folder).key("value")
    files = list(module._files(str(Path(module.__file__).parent), ""))
    print(f"{len(files)} files of the program tell one from another")
    assert any(name.startswith("catalog/data/pg18/") for name in files), "data too"
    assert not any("__pycache__" in name for name in files)
    monkeypatch.setattr(module, "_files", lambda *_: [*files[:-1], f"{files[-1]}1"])
    assert Store(folder).key("value") != key
    monkeypatch.undo()
    monkeypatch.setattr(sys, "version", "3.99")
    assert Store(folder).key("value") != key


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "/home/me/.cache/sqlwright"),
        ({"XDG_CACHE_HOME": "/caches"}, "/caches/sqlwright"),
        ({"XDG_CACHE_HOME": "relative"}, "/home/me/.cache/sqlwright"),
        ({"XDG_CACHE_HOME": ""}, "/home/me/.cache/sqlwright"),
        ({"SQLWRIGHT_CACHE": "/mine", "XDG_CACHE_HOME": "/caches"}, "/mine"),
        ({"SQLWRIGHT_CACHE": ""}, None),
    ],
)
def test_where_it_is(
    environment: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    assert default_folder(environment) == (Path(expected) if expected else None)


def test_without_a_home_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert default_folder({}) is None
