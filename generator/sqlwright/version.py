"""The version of sqlwright."""

__version__ = "0.1.0"
