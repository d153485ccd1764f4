"""The `sqlwright` command: the only place that prints, colours and chooses an exit code.

What takes long to import is imported by the commands that need it, since shells that complete run
this package at every press of a key.
"""

from sqlwright.cli.commands import main

__all__ = ["main"]
