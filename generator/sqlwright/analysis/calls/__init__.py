"""Calls: functions, aggregates and window functions, and why one is refused."""
