"""What there is to say of a finished query besides its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlwright.analysis.doubts.bulk_forms import bulk_advice
from sqlwright.analysis.doubts.constant_orders import constant_order_advice
from sqlwright.analysis.doubts.refused_writes import refused_write_advice
from sqlwright.analysis.doubts.unconditional_writes import unconditional_advice
from sqlwright.analysis.doubts.unread_parameters import list_advice, text_advice
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.inputs.input_rows import duplicate_advice
from sqlwright.analysis.outputs.null_overrides import override_problems
from sqlwright.analysis.row_counts.expected_rows import row_advice
from sqlwright.diagnostics import Diagnostic

Adviser = Callable[[Finished], Iterable[Diagnostic]]

ADVISERS: tuple[Adviser, ...] = (
    override_problems,
    row_advice,
    duplicate_advice,
    refused_write_advice,
    unconditional_advice,
    constant_order_advice,
    text_advice,
    list_advice,
    bulk_advice,
)
"""All that are asked, in this order. One that finds an error refuses the query."""


def advice(finished: Finished) -> tuple[Diagnostic, ...]:
    """What all of them say."""
    return tuple(each for adviser in ADVISERS for each in adviser(finished))
