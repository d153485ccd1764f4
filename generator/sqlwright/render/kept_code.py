"""The code that templates are compiled to, kept from run to run."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from sqlwright.store import Store


class KeptCode(BytecodeCache):
    """What jinja2 asks for the code of a template, which it compiles if there is none."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._store.get(self._key(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return self._store.key("template", bucket.key, bucket.checksum)
