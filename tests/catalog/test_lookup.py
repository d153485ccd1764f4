"""Names and OIDs find what PostgreSQL's search path makes them find."""

from __future__ import annotations

import pytest
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.facts.builtins import NEWEST_MAJOR, builtins
from sqlwright.catalog.facts.extensions import (
    MissingExtensionError,
    apply_extension,
    extension_file,
    known_extensions,
)
from sqlwright.catalog.model import Column, Function, NamedThing, Operator, Relation, Type
from sqlwright.catalog.persistent import Objects, PersistentMap


def table(oid: int, schema: str, name: str, *, row_type: int = 0, parent: int = 0) -> Relation:
    column = Column("id", oids.INT4, 1)
    parents = (parent,) if parent else ()
    return Relation(oid, schema, name, "table", (column,), row_type=row_type, parents=parents)


def function(oid: int, schema: str, name: str, *arguments: int) -> Function:
    return Function(oid, schema, name, "function", arguments, oids.INT4)


def test_unqualified_names_follow_the_search_path() -> None:
    catalog = (
        initial_catalog()
        .with_schema("app")
        .with_relation(table(20001, "public", "item"), table(20002, "app", "item"))
        .with_search_path("app", "public")
    )
    found = catalog.find_relation(("item",))
    assert found is not None
    assert found.schema == "app"
    moved = catalog.with_search_path("missing", "public", "app")
    assert moved.find_relation(("item",)) == catalog.relation(20001)
    assert moved.creation_schema == "public"
    assert moved.find_relation(("app", "item")) == catalog.relation(20002)
    assert catalog.with_search_path("missing").creation_schema is None


def test_pg_catalog_comes_first_unless_it_is_listed() -> None:
    catalog = initial_catalog().with_relation(table(20001, "public", "pg_class"))
    assert catalog.find_relation(("pg_class",)) == catalog.relation(1259)
    listed = catalog.with_search_path("public", "pg_catalog")
    assert listed.find_relation(("pg_class",)) == catalog.relation(20001)


def test_temporary_relations_hide_others_but_temporary_functions_do_not() -> None:
    catalog = (
        initial_catalog()
        .with_relation(table(20001, "public", "item"), table(20002, "pg_temp", "item"))
        .with_function(function(20003, "pg_temp", "own", oids.INT4))
    )
    assert catalog.find_relation(("item",)) == catalog.relation(20002)
    assert catalog.functions_named(("own",)) == ()
    assert catalog.functions_named(("pg_temp", "own")) == (catalog.function(20003),)
    assert catalog.with_search_path("public", "pg_temp").find_relation(
        ("item",)
    ) == catalog.relation(20001)


def test_identical_arguments_hide_a_function_later_in_the_path() -> None:
    catalog = initial_catalog().with_function(
        function(20001, "public", "abs", oids.INT4), function(20002, "public", "abs", oids.TEXT)
    )
    found = {each.oid for each in catalog.functions_named(("abs",)) if each.schema == "public"}
    assert found == {20002}
    first = catalog.with_search_path("public", "pg_catalog").functions_named(("abs",))
    assert [each.oid for each in first[:2]] == [20001, 20002]
    assert oids.INT4 not in {each.arguments[0] for each in first[2:]}
    assert catalog.find_function(("public", "abs"), (oids.INT4,)) == catalog.function(20001)


def test_operators_are_hidden_alike() -> None:
    own = Operator(20001, "public", "=", oids.INT4, oids.INT4, oids.BOOL, 65)
    catalog = initial_catalog().with_operator(own)
    assert catalog.find_operator(("=",), oids.INT4, oids.INT4) != own
    assert catalog.find_operator(("public", "="), oids.INT4, oids.INT4) == own
    prefix = catalog.find_operator(("-",), 0, oids.INT4)
    assert prefix is not None
    assert prefix.result == oids.INT4


def test_a_change_leaves_the_old_catalog_alone() -> None:
    before = initial_catalog()
    after = before.with_relation(table(before.next_oid, "public", "item"))
    assert before.find_relation(("item",)) is None
    assert list(before.relations()) == []
    assert after.next_oid == before.next_oid + 1
    [item] = after.relations()
    renamed = after.with_relation(table(item.oid, "public", "thing"))
    assert renamed.find_relation(("item",)) is None
    assert after.find_relation(("item",)) == item
    assert renamed.without_relation(item.oid).find_relation(("thing",)) is None


def test_row_types_inherit_like_their_tables() -> None:
    catalog = initial_catalog().with_relation(
        table(20001, "public", "a", row_type=20011),
        table(20002, "public", "b", row_type=20012, parent=20001),
        table(20003, "public", "c", row_type=20013, parent=20002),
    )
    for oid, name, relation in ((20011, "a", 20001), (20012, "b", 20002), (20013, "c", 20003)):
        catalog = catalog.with_type(Type(oid, "public", name, "composite", "C", relation=relation))
    catalog = catalog.with_type(Type(20014, "public", "d", "domain", "C", base=20013))
    assert catalog.type_inherits_from(20013, 20011)
    assert catalog.type_inherits_from(20014, 20011)
    assert not catalog.type_inherits_from(20011, 20013)
    assert not catalog.type_inherits_from(20011, 20011)
    assert catalog.relation_of_type(20014) == catalog.relation(20003)
    assert catalog.is_composite(20014)
    assert not catalog.is_composite(oids.RECORD)


def test_domains_resolve_to_the_innermost_modifier() -> None:
    catalog = initial_catalog().with_type(
        Type(20001, "public", "code", "domain", "S", base=oids.VARCHAR, base_modifier=14),
        Type(20002, "public", "strict_code", "domain", "S", base=20001),
        Type(20003, "public", "codes", "domain", "A", base=oids.TEXT_ARRAY),
    )
    assert catalog.base_type_and_modifier(20002) == (oids.VARCHAR, 14)
    assert catalog.element_type(20003) == 0
    assert catalog.base_element_type(20003) == oids.TEXT
    equality = catalog.equality_operator(20002)
    assert equality is not None
    assert equality.left == oids.TEXT


def test_composite_types_compare_if_their_columns_do() -> None:
    def with_column(catalog: Catalog, oid: int, column_type: int) -> Catalog:
        relation = Relation(
            oid, "public", f"t{oid}", "composite type", (Column("v", column_type, 1),)
        )
        row = Type(oid + 1, "public", f"t{oid}", "composite", "C", relation=oid, array=oid + 2)
        rows = Type(oid + 2, "public", f"_t{oid}", "base", "A", element=oid + 1, is_array=True)
        return catalog.with_relation(relation).with_type(row, rows)

    catalog = with_column(with_column(initial_catalog(), 20010, oids.TEXT), 20020, oids.JSON)
    assert catalog.equality_operator(20011) is not None
    assert catalog.ordering_operator(20012) is not None
    assert catalog.is_hashable(20012)
    assert catalog.equality_operator(20021) is None
    assert catalog.ordering_operator(20022) is None
    assert not catalog.is_hashable(20022)
    assert not catalog.is_hashable(oids.RECORD)


def test_in_range_functions_give_the_types_of_frame_offsets() -> None:
    catalog = initial_catalog()
    offsets = {
        name: sorted(catalog.display_type(each.right) for each in catalog.range_offset_types(oid))
        for name, oid in (("int4", oids.INT4), ("date", oids.DATE), ("text", oids.TEXT))
    }
    assert offsets == {
        "int4": ["bigint", "integer", "smallint"],
        "date": ["interval"],
        "text": [],
    }


def test_names_that_carry_no_more() -> None:
    catalog = initial_catalog()
    assert catalog.find_collation(("C",)) == NamedThing("collation", "pg_catalog", "C")
    assert catalog.find_collation(("de-x-icu",)) is not None
    assert catalog.find_collation(("public", "C")) is None
    assert catalog.find_named("text search configuration", ("english",)) is not None
    assert catalog.find_named("setting", ("work_mem",)) is not None
    own = NamedThing("collation", "public", "ci")
    assert catalog.with_name(own).find_collation(("ci",)) == own
    assert catalog.with_name(own).without_name(own).find_collation(("ci",)) is None


def test_names_of_types() -> None:
    catalog = (
        initial_catalog()
        .with_schema("app")
        .with_type(
            Type(20001, "app", "Mood", "enum", "E", array=20002, labels=("ok",)),
            Type(20002, "app", "_Mood", "base", "A", element=20001, is_array=True),
        )
    )
    assert catalog.display_type(20002) == 'app."Mood"[]'
    assert catalog.with_search_path("app").display_type(20001) == '"Mood"'
    assert catalog.contract_type(20002) == "app.Mood[]"
    assert catalog.contract_type(oids.TEXT_ARRAY) == "text[]"
    assert catalog.contract_type(oids.OIDVECTOR) == "oidvector"


def test_unknown_oids_say_so() -> None:
    with pytest.raises(KeyError, match="no type has OID 99999"):
        initial_catalog().type(99999)


def test_every_extension_can_be_applied() -> None:
    assert len(known_extensions()) > 60
    for name in known_extensions():
        with_required = _applied(initial_catalog(), name)
        record = with_required.extensions.get(name)
        assert record is not None
        for oid in (*record.types, *record.functions, *record.operators, *record.relations):
            assert oid >= 16384, name


def _applied(catalog: Catalog, name: str) -> Catalog:
    extension = extension_file(name)
    assert extension is not None
    for required in extension.requires:
        if required not in catalog.extensions:
            catalog = _applied(catalog, required)
    return apply_extension(catalog, extension, "public")


def test_an_extension_needs_what_it_requires() -> None:
    earthdistance = extension_file("earthdistance")
    assert earthdistance is not None
    with pytest.raises(MissingExtensionError, match="cube"):
        apply_extension(initial_catalog(), earthdistance, "public")
    catalog = _applied(initial_catalog(), "earthdistance")
    [gc_to_sec] = catalog.functions_named(("earth_box",))
    assert catalog.display_type(gc_to_sec.result) == "cube"
    assert extension_file("no_such_extension") is None


def test_extension_in_a_schema_of_its_own() -> None:
    catalog = _applied(initial_catalog(), "postgis_topology")
    found = catalog.find_relation(("topology", "layer"))
    assert found is not None
    assert catalog.has_schema("topology")
    geometry = catalog.find_type(("geometry",))
    assert geometry is not None
    assert geometry.schema == "public"


def test_persistent_map_survives_many_changes() -> None:
    versions = [PersistentMap[int, str]()]
    for key in range(300):
        versions.append(versions[-1].set(key, str(key)))
    thinned = versions[-1]
    for key in range(0, 300, 3):
        thinned = thinned.remove(key)
    assert sorted(thinned) == [key for key in range(300) if key % 3]
    assert [len(version) for version in versions] == list(range(301))
    assert versions[100].get(200) is None
    assert versions[300].get(0) == "0"
    assert thinned.get(0) is None
    assert 0 not in thinned
    assert list(thinned.set(0, "zero").values())[-1] == "zero"


def test_objects_of_one_name_keep_their_order() -> None:
    empty: Objects[Function] = Objects()
    objects = empty.add([function(1, "s", "f", oids.INT4), function(2, "s", "f", oids.TEXT)])
    assert [each.oid for each in objects.named("s", "f")] == [1, 2]
    renamed = objects.add([function(1, "s", "g", oids.INT4)])
    assert [each.oid for each in renamed.named("s", "f")] == [2]
    assert [each.oid for each in renamed.named("s", "g")] == [1]
    assert [each.oid for each in renamed.remove(2)] == [1]


@pytest.mark.parametrize("major", range(14, NEWEST_MAJOR + 1))
def test_each_built_in_object_is_found_by_its_name(major: int) -> None:
    known = builtins(major)
    for objects in (known.types, known.functions, known.operators, known.families, known.classes):
        of_names: dict[tuple[str, str], list[int]] = {}
        for each in objects:
            of_names.setdefault((each.schema, each.name), []).append(each.oid)
        found = {key: [each.oid for each in objects.named(*key)] for key in of_names}
        print(f"{major}: {len(found)} names")
        assert found == of_names
        assert objects.names() == of_names.keys()
        assert objects.named("", next(iter(of_names))[1]) == ()
