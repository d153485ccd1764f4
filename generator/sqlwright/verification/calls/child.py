"""The process that calls the functions. It is told what to do by a file and says what happens line
by line, each call before it is made: whatever kills it, the last line has the reason."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import asyncpg

from sqlwright.dataclass import dataclass, field
from sqlwright.verification.calls import choices, faults, signatures
from sqlwright.verification.calls.fitting import named
from sqlwright.verification.calls.messages import PackageFunction, Shape, Task
from sqlwright.verification.calls.package import (
    import_package,
    make_importable,
    offered,
    submodule,
)
from sqlwright.verification.calls.places import ROLLED_BACK, Place, opened, pooled, store_rows
from sqlwright.verification.calls.recording import Recording, sends_null
from sqlwright.verification.calls.signatures import Row, Signature, Stored
from sqlwright.verification.calls.values import NoValueError, Values

_PATIENCE = 10
_FEW = 4
_MOST_TIMEOUTS = 3
_ROWS_READ = 300


@dataclass(frozen=True, slots=True)
class Step:
    """A function to be called in a place, with the tables in a state."""

    function: PackageFunction
    place: Place
    state: int


def steps_of(task: Task) -> list[Step]:
    """Everything to do, in order. Functions that write come last where it is not undone."""
    steps = [
        Step(function, "in a transaction", state)
        for state in range(len(task.states))
        for function in task.functions
    ]
    last = len(task.states) - 1
    steps += [
        Step(function, "with json codecs", last)
        for function in task.functions
        if function.meets_codecs
    ]
    if task.own:
        ordered = sorted(task.functions, key=lambda item: item.writes)
        places: tuple[Place, ...] = ("on a connection", "on a pool")
        steps += [Step(function, place, last) for place in places for function in ordered]
    return steps


@dataclass(slots=True)
class Caller:
    """Calls the functions of a task, and tells of it."""

    task: Task
    out: TextIO
    values: Values = field(default_factory=lambda: Values({}))
    signatures: dict[str, Signature] = field(default_factory=dict)
    querier: Any = None
    timeouts: int = 0

    def tell(self, event: str, **what: Any) -> None:
        self.out.write(json.dumps({"event": event, **what}, default=repr) + "\n")
        self.out.flush()

    def fault(self, query: str, message: str, place: str = "", call: str = "") -> None:
        self.tell("fault", query=query, message=message, place=place, call=call)

    async def run(self) -> None:
        make_importable(Path(self.task.root))
        try:
            package = import_package(Path(self.task.folder))
            functions = [
                getattr(submodule(package, item.module), item.function)
                for item in self.task.functions
            ]
        except (Exception, SystemExit) as error:
            self.fault("", f"the package cannot be imported: {faults.told(error)}")
            return
        modules = {"models", *(item.module for item in self.task.functions)}
        self.querier = offered(package, "Querier", modules)
        for item, function in zip(self.task.functions, functions, strict=True):
            try:
                self.signatures[item.query] = signatures.signature_of(function)
            except Exception as error:
                self.fault(item.query, f"annotations cannot be resolved: {faults.told(error)}")
        warm = offered(package, "warm", modules) if self.task.warms else None
        if self.task.first < 0 and warm is not None and not await self._warms(warm):
            warm = None
        self.values = Values(await self._decoded())
        await self._steps(warm)

    async def _warms(self, warm: Any) -> bool:
        """Call `warm` and open a pool with it; whether that works."""
        self.tell("step", at=-1, total=0, query="", place="on a pool")
        self.tell("call", call="warm(conn)")
        try:
            async with opened(self.task.uri, "in a transaction", ()) as connection:
                await warm(connection)
            async with pooled(self.task.uri, warm) as pool:
                await pool.fetchval("SELECT 1")
        except Exception as error:
            self.tell("cold")
            self.fault("", f"a pool with `init=warm` does not open: {faults.told(error)}")
            return False
        return True

    async def _decoded(self) -> dict[tuple[str, str], Any]:
        """What asyncpg reads each text of a scalar as; those that it cannot read are left out."""
        wanted = {
            (shape.type, text): None
            for function in self.task.functions
            for shape in _all_shapes(function)
            for text in shape.texts
        }
        found = {}
        async with opened(self.task.uri, "on a connection", ()) as connection:
            for type_, text in wanted:
                try:
                    value = await connection.fetchval(f"SELECT $1::text::{type_}", text)
                except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, ArithmeticError):
                    continue
                found[type_, text] = value
        return found

    async def _steps(self, warm: Any) -> None:
        steps = steps_of(self.task)
        stored = False
        at = max(0, self.task.first)
        while at < len(steps):
            place, state = steps[at].place, steps[at].state
            if place not in ROLLED_BACK and not stored:
                await store_rows(self.task.uri, self.task.states[state])
                stored = True
            group = at
            while group < len(steps) and (steps[group].place, steps[group].state) == (place, state):
                group += 1
            async with self._connected(place, state, warm) as connection:
                while at < group and _usable(connection):
                    step = steps[at]
                    self.tell(
                        "step", at=at, total=len(steps), query=step.function.query, place=place
                    )
                    if step.function.query not in self.task.skipped:
                        await self._call(connection, step)
                    at += 1

    @asynccontextmanager
    async def _connected(self, place: Place, state: int, warm: Any) -> AsyncIterator[Any]:
        if place == "on a pool":
            async with pooled(self.task.uri, warm) as pool:
                yield pool
        else:
            async with opened(self.task.uri, place, self.task.states[state]) as connection:
                yield connection

    async def _call(self, connection: Any, step: Step) -> None:
        """Call a function with several lists of arguments, the first on a connection that knows
        no type yet."""
        known = step.function
        signature = self.signatures.get(known.query)
        if signature is None:
            return
        if hasattr(connection, "reload_schema_state"):
            await connection.reload_schema_state()
        rows = await self._rows(connection, known) if step.place in ROLLED_BACK else []
        try:
            lists = list(signatures.argument_lists(known, signature, self.values, rows))
        except NoValueError as error:
            self.tell("unknown", query=known.query, what=named(error.args[0]))
            return
        full = step.place == "in a transaction" and step.state == len(self.task.states) - 1
        best, most, self.timeouts = lists[0], -1, 0
        for arguments in lists if full else lists[:_FEW]:
            came = await self._once(connection, step, signature, arguments)
            if came is None:
                return
            if len(came) > most:
                best, most = arguments, len(came)
            if self.timeouts >= _MOST_TIMEOUTS:
                break
        if full:
            await self._choose(connection, step, signature, best)

    async def _choose(
        self, connection: Any, step: Step, signature: Signature, best: dict[str, Any]
    ) -> None:
        """Call a function in every order and with pages, with the arguments that found the most
        rows; in each order once with the page that follows the first row."""
        known, followed = step.function, set[str | None]()
        try:
            lists = list(choices.chosen(known, signature.parameters, self.values, best))
        except NoValueError as error:
            self.tell("unknown", query=known.query, what=named(error.args[0]))
            return
        for arguments in lists:
            came = await self._once(connection, step, signature, arguments)
            if came is None:
                return
            order = arguments.get(known.sort)
            page = choices.next_page(known, signature.parameters, arguments, came)
            if page is not None and order not in followed:
                followed.add(order)
                if await self._once(connection, step, signature, page, came) is None:
                    return

    async def _once(
        self,
        connection: Any,
        step: Step,
        signature: Signature,
        arguments: dict[str, Any],
        before: Sequence[Any] = (),
    ) -> list[Any] | None:
        """One call, which has to give the page that follows the first of the rows `before`. The
        rows that it gave; None if no other call may follow."""
        query, shown = step.function.query, signatures.told(step.function.function, arguments)
        rows: list[Any] = []
        self.tell("call", call=shown)
        recording = Recording(connection) if step.place in ROLLED_BACK else None
        try:
            async with AsyncExitStack() as stack:
                if recording is not None:
                    await _undo_at_end(stack, connection)
                called = self._through(step, signature, recording or connection)
                result = await asyncio.wait_for(_result(signature, called, arguments), _PATIENCE)
        except Exception as error:
            judge = faults.Judge(Path(self.task.folder), frozenset(self.task.conversions))
            if not judge.is_fault(error) or _is_of_the_codec(error, step.place):
                self.tell("refused", query=query, message=faults.told(error))
                self.timeouts += isinstance(error, (TimeoutError, asyncpg.QueryCanceledError))
                return rows if _usable(connection) else None
            found: str | None = f"fails: {faults.told(error)}"
        else:
            self.tell("returned", query=query)
            self._meet(result)
            found = self._found(step, signature, result, recording)
            rows = choices.rows_of(result)
            if found is None and before and step.function.steady:
                found = choices.gap(signature.parameters[step.function.after], before, rows)
        if found is None and step.place == "on a connection" and connection.is_in_transaction():
            found = "leaves a transaction open"
            await connection.execute("ROLLBACK")
        if found is not None:
            self.fault(query, f"the function {found}", step.place, shown)
        return rows if found is None else None

    def _through(self, step: Step, signature: Signature, connection: Any) -> Any:
        """The function on the connection, or sometimes the method of the class of them."""
        if self.querier is not None and step.state == 1:
            return getattr(self.querier(connection), step.function.function)
        return partial(signature.function, connection)

    def _found(
        self, step: Step, signature: Signature, result: Any, recording: Recording | None
    ) -> str | None:
        """What is wrong about a call that returned."""
        if (misfit := signature.misfit_of(result)) is not None:
            return f"returns what it should not: {misfit}"
        if recording is not None and sends_null(step.function.given, recording.sent):
            return "sends NULL for JSON's null"
        sent = "".join(recording.texts) if recording is not None else ""
        for literal in step.function.literals if sent else ():
            if literal not in sent:
                return f"sends another constant than {literal!r}"
        return None

    def _meet(self, value: Any, depth: int = 3) -> None:
        """Remember values, for parameters of classes that only the user's code can make."""
        if isinstance(value, (list, tuple)) and depth:
            for item in value[:3]:
                self._meet(item, depth - 1)
        elif value is not None:
            met = self.values.met.setdefault(type(value), [])
            if len(met) < _FEW:
                met.append(value)

    async def _rows(self, connection: Any, known: PackageFunction) -> list[Row]:
        """Rows of the tables whose columns the parameters belong to, side by side."""
        tables: dict[str, list[tuple[str, str]]] = {}
        for given in known.given:
            if given.column is not None:
                tables.setdefault(given.column[0], []).append((given.name, given.column[1]))
        found: list[dict[str, Stored]] = [{} for _ in range(3)]
        for table, columns in tables.items():
            listed = ", ".join(f"{column}, {column}::text" for _, column in columns)
            savepoint = connection.transaction()
            await savepoint.start()
            try:
                rows = await connection.fetch(f"SELECT {listed} FROM {table} LIMIT {len(found)}")
            except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, ArithmeticError):
                rows = []
            await savepoint.rollback()
            for at, row in enumerate(rows):
                for (name, _), value, text in zip(columns, row[::2], row[1::2], strict=True):
                    found[at][name] = Stored(value, text)
        return [row for row in found if row]


async def _result(signature: Signature, called: Any, arguments: dict[str, Any]) -> Any:
    if not signature.yields:
        return await called(**arguments)
    rows = []
    async with aclosing(called(**arguments)) as stream:
        async for row in stream:
            rows.append(row)
            if len(rows) >= _ROWS_READ:
                break
    return rows


async def _undo_at_end(stack: AsyncExitStack, connection: Any) -> None:
    """Begin a transaction, or savepoint, that is rolled back when the stack is left."""

    async def undo() -> None:
        if not connection.is_closed():
            await transaction.rollback()

    transaction = connection.transaction()
    await transaction.start()
    stack.push_async_callback(undo)


def _is_of_the_codec(error: Exception, place: Place) -> bool:
    """What the documentation says of a codec of the connection's own: a json string is decoded once
    too often, and asyncpg refuses composite types that have a field of a codec in text form."""
    known = (json.JSONDecodeError, asyncpg.UnsupportedClientFeatureError)
    return place == "with json codecs" and isinstance(error, known)


def _usable(connection: Any) -> bool:
    return not (hasattr(connection, "is_closed") and connection.is_closed())


def _all_shapes(function: PackageFunction) -> Iterator[Shape]:
    waiting: list[Shape] = [*(given.shape for given in function.given), *function.place]
    while waiting:
        shape = waiting.pop()
        yield shape
        waiting += shape.inner


def main(arguments: Sequence[str] = sys.argv[1:]) -> None:
    """Do the task in the file that is named. What modules print goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    task = Task.of_json(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    caller = Caller(task, out)
    asyncio.run(caller.run())
    caller.tell("done")
