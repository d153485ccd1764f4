"""A small share of `make fuzz`, the same inputs every time."""

from __future__ import annotations

import fuzz
import pytest

pytestmark = pytest.mark.long


def test_inputs_at_random() -> None:
    outcomes, faults = fuzz.fuzz(1, range(300))
    print(outcomes)
    assert not faults
    assert outcomes["package"] > 10
    assert len(outcomes) > 20
