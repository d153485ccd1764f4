"""What is made for one query goes as soon as its facts are there: values in a circle would stay
until the collector comes by, which is late where there are thousands of queries."""

from __future__ import annotations

import gc
from pathlib import Path

from sqlwright.analysis.query import infer_query
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from stated import catalog_of

FOLDER = Path(__file__).parent / "applications"


def test_inference_leaves_nothing_to_the_collector() -> None:
    catalog = catalog_of(FOLDER / "schema.sql")
    source = SourceFile("queries.sql", (FOLDER / "queries.sql").read_text(encoding="utf-8"))
    statements, _ = read_queries(source)
    left = {}
    gc.freeze()  # what was there before need not be gone through
    for statement in statements:
        if "WITH RECURSIVE" in source.text[statement.start : statement.end]:
            continue  # it reads itself, so that its tree is a circle
        infer_query(catalog, statement)  # what the catalog remembers from now on
        gc.collect()
        gc.disable()
        try:
            infer_query(catalog, statement)
            left[statement.annotation.name] = gc.collect()
        finally:
            gc.enable()
    gc.unfreeze()
    some = {name: count for name, count in left.items() if count}
    print(f"{len(left)} queries, {sum(left.values())} objects left, of {some}")
    assert not some
