"""Objects as PostgreSQL's messages describe them: `table t`, `column a of table t` ..."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Constraint, Function, Operator, Policy, Relation, Rule, Trigger
from sqlwright.sql.lexing.keywords import quote_identifier

_RELATION_NOUNS = {"partitioned table": "table", "composite type": "composite type"}


def describe(catalog: Catalog, address: Address) -> str:
    """An object with its kind and its name, qualified where the search path does not find it."""
    return _DESCRIBERS[address.kind](catalog, address)


def _relation(catalog: Catalog, address: Address) -> str:
    relation = catalog.get_relation(address.oid)
    if relation is None:
        return "a relation"
    noun = _RELATION_NOUNS.get(relation.kind, relation.kind)
    if relation.kind == "composite type" and not address.part:
        noun = "type"
    text = f"{noun} {relation_name(catalog, relation)}"
    if not address.part:
        return text
    column = next((each for each in relation.columns if each.number == address.part), None)
    return f"column {column.name} of {text}" if column is not None else text


def relation_name(catalog: Catalog, relation: Relation) -> str:
    """A relation's name, qualified unless the bare name finds it."""
    found = catalog.find_relation((relation.name,))
    name = quote_identifier(relation.name)
    if found is not None and found.oid == relation.oid:
        return name
    return f"{quote_identifier(relation.schema)}.{name}"


def _type(catalog: Catalog, address: Address) -> str:
    return f"type {catalog.display_type(address.oid)}"


def _function(catalog: Catalog, address: Address) -> str:
    function = catalog.get_function(address.oid)
    if function is None:
        return "a function"
    return f"function {function_name(catalog, function)}"


def function_name(catalog: Catalog, function: Function) -> str:
    """`name(types)`, qualified unless the bare name with these types finds it."""
    found = catalog.find_function((function.name,), function.arguments)
    name = quote_identifier(function.name)
    if found is None or found.oid != function.oid:
        name = f"{quote_identifier(function.schema)}.{name}"
    types = ",".join(catalog.display_type(each) for each in function.arguments)
    return f"{name}({types})"


def _operator(catalog: Catalog, address: Address) -> str:
    operator = catalog.get_operator(address.oid)
    return "an operator" if operator is None else f"operator {operator_name(catalog, operator)}"


def operator_name(catalog: Catalog, operator: Operator) -> str:
    """`name(left,right)`, qualified unless the bare name finds it."""
    found = catalog.find_operator((operator.name,), operator.left, operator.right)
    name = operator.name
    if found is None or found.oid != operator.oid:
        name = f"{quote_identifier(operator.schema)}.{name}"
    left = catalog.display_type(operator.left) if operator.left else "NONE"
    return f"{name}({left},{catalog.display_type(operator.right)})"


def _cast(catalog: Catalog, address: Address) -> str:
    source, target = (int(each) for each in address.key)
    return f"cast from {catalog.display_type(source)} to {catalog.display_type(target)}"


def _owned_part(noun: str) -> Callable[[Catalog, Address], str]:
    """Constraints, triggers, rules and policies: `noun name on table t`."""

    def of(catalog: Catalog, address: Address) -> str:
        for relation in catalog.relations():
            for part in _parts(relation, noun):
                if part.oid == address.oid:
                    owner = _relation(catalog, Address("relation", relation.oid))
                    return f"{noun} {quote_identifier(part.name)} on {owner}"
        if noun == "constraint":
            for found in catalog.types():
                for constraint in found.constraints:
                    if constraint.oid == address.oid:
                        return f"constraint {constraint.name}"
        return noun

    return of


def _parts(relation: Relation, noun: str) -> Sequence[Constraint | Trigger | Rule | Policy]:
    if noun == "constraint":
        return relation.constraints
    if noun == "trigger":
        return relation.triggers
    return relation.rules if noun == "rule" else relation.policies


def _default(catalog: Catalog, address: Address) -> str:
    column = _relation(catalog, Address("relation", address.oid, address.part))
    return f"default value for {column}"


def _family(catalog: Catalog, address: Address) -> str:
    family = catalog.operator_family(address.oid)
    return f"operator family {family.name} for access method {family.method}"


def _class(catalog: Catalog, address: Address) -> str:
    found = catalog.user_classes.get(address.oid)
    if found is None:
        return "an operator class"
    return f"operator class {found.name} for access method {found.method}"


def _keyed(noun: str) -> Callable[[Catalog, Address], str]:
    return lambda catalog, address: f"{noun} {quote_identifier(address.key[-1])}"


_DESCRIBERS: dict[str, Callable[[Catalog, Address], str]] = {
    "relation": _relation,
    "type": _type,
    "function": _function,
    "operator": _operator,
    "operator family": _family,
    "operator class": _class,
    "cast": _cast,
    "constraint": _owned_part("constraint"),
    "default": _default,
    "trigger": _owned_part("trigger"),
    "rule": _owned_part("rule"),
    "policy": _owned_part("policy"),
    "schema": _keyed("schema"),
    "extension": _keyed("extension"),
    "named": lambda catalog, address: f"{address.key[0]} {address.key[-1]}",
}
