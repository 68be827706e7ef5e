"""Files of others → one plain table: headings, and rows of text with their numbers."""

from .table import Table, read_file

__all__ = ["Table", "read_file"]
