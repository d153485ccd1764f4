"""What follows from a catalog, worked out once for each of its values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

T = TypeVar("T")
_UNKNOWN = object()


class Memo(dict[Any, Any]):
    """Values by keys of what they are, which `once` alone puts in. Of a value that is None, `get`
    says nothing. `is_recorded` says whether it is noted what each follows from."""

    __slots__ = ()
    is_recorded: ClassVar[bool] = False

    def __setitem__(self, key: object, value: object) -> None:
        raise TypeError("values are put in as they are made, by `once`")

    def once(self, key: object, make: Callable[..., T], *given: object) -> T:
        """The value of a key, which is made of what is `given` if it is not known."""
        found: T = self.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = make(*given)
            super().__setitem__(key, found)
        return found
