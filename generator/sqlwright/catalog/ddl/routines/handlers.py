"""Which function defines what is made of functions."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Handler
from sqlwright.catalog.ddl.routines.aggregates import create_aggregate
from sqlwright.catalog.ddl.routines.casts import create_cast
from sqlwright.catalog.ddl.routines.operator_classes import (
    change_operator_family,
    create_operator_class,
)
from sqlwright.catalog.ddl.routines.operators import create_operator
from sqlwright.sql import ddl_nodes as ddl

HANDLERS: dict[type, Handler] = {
    ddl.CreateAggregate: create_aggregate,
    ddl.CreateOperator: create_operator,
    ddl.CreateOperatorClass: create_operator_class,
    ddl.CreateOperatorFamily: change_operator_family,
    ddl.CreateCast: create_cast,
}
