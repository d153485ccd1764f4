"""The document that a text of TOML is, from an earlier run where one has read the same."""

from __future__ import annotations

from typing import Any

from sqlwright.store import Store


def read_toml(text: str, store: Store) -> dict[str, Any]:
    """What `tomllib.loads` gives, and raises."""
    if not store:
        return _read(text)
    from sqlwright.packing import pack, unpack

    key = store.key("toml", text)
    kept = store.get(key)
    found = unpack(kept) if kept is not None else None  # None of one with dates
    if isinstance(found, dict):
        return found
    document = _read(text)
    packed = pack(document, {})
    if packed is not None:
        store.put(key, packed)
    return document


def _read(text: str) -> dict[str, Any]:
    from tomllib import loads

    return loads(text)
