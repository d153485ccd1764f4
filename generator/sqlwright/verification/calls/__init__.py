"""Calling the functions of the package that `generate` would write, in a process of their own.

`planning` and `supervision` are this side of it; `child` is the other, with what it rests on:
`package`, `signatures`, `values`, `shapes`, `fitting`, `places` and `faults`. What they send each
other is in `messages`.
"""
