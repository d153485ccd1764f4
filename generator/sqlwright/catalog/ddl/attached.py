"""Which function defines what stands at a table."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Handler
from sqlwright.catalog.ddl.policies import create_policy
from sqlwright.catalog.ddl.rules import create_rule
from sqlwright.catalog.ddl.triggers import create_trigger
from sqlwright.sql import ddl_nodes as ddl

HANDLERS: dict[type, Handler] = {
    ddl.CreateTrigger: create_trigger,
    ddl.CreateRule: create_rule,
    ddl.CreatePolicy: create_policy,
}
