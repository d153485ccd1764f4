"""Values on their way to another process or to a file, without what is there already."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import IO, Any


def dump(value: object, stream: IO[bytes], shared: Sequence[object] = ()) -> None:
    """Write a value; of the objects that are `shared`, only which they are."""
    _Pickler(stream, shared).dump(value)


def load(stream: IO[bytes], shared: Sequence[object] = ()) -> Any:
    """The value that was written, with the same objects `shared`; None if there is no whole one.

    What is read must come from this very program: reading a pickle can run anything.
    """
    try:
        return _Unpickler(stream, shared).load()
    except (EOFError, pickle.UnpicklingError):
        return None


class _Pickler(pickle.Pickler):
    def __init__(self, stream: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._shared = {id(each): at for at, each in enumerate(shared)}

    def persistent_id(self, obj: object) -> int | None:
        return self._shared.get(id(obj))


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(stream)
        self._shared = shared

    def persistent_load(self, pid: int) -> object:
        return self._shared[pid]
