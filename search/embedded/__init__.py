"""The engine that needs no server: tantivy for text and filters, numpy for vectors, files for the rest."""

from search.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
