"""What follows from a catalog, worked out once for each of its values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

T = TypeVar("T")


class Memo(dict[Any, Any]):
    """Values by keys of what they are, which `once` alone puts in. Of a value that is None, `get`
    says nothing. `is_recorded` says whether it is noted what each follows from."""

    __slots__ = ()
    is_recorded: ClassVar[bool] = False

    def __setitem__(self, key: object, value: object) -> None:
        raise TypeError("values are put in as they are made, by `once`")

    def once(self, key: object, make: Callable[..., T], *given: object) -> T:
        """The value of a key, which is made of what is `given` if it is not known."""
        try:
            return self[key]  # type: ignore[no-any-return]
        except KeyError:
            pass  # whatever goes wrong as it is made, has nothing to do with this
        made = make(*given)
        super().__setitem__(key, made)
        return made
