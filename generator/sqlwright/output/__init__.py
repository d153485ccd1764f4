"""Generated files against the disk: what would change, and writing it all or not at all."""

from sqlwright.output.diff import unified_diff
from sqlwright.output.files import Changes, GeneratedFile, compare
from sqlwright.output.staleness import stale_files
from sqlwright.output.writing import create, write

__all__ = ["Changes", "GeneratedFile", "compare", "create", "stale_files", "unified_diff", "write"]
