"""Which judged folder, and which of its fields."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folder:
    """A judged folder: its documents, which field of its queries is asked, and how much each query counts."""

    path: Path
    documents: Path
    field: str = "text"
    weight: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Folder:
        """DIR[:DOCS[:FIELD[:WEIGHT]]]; without DOCS they are `docs.jsonl` in the folder or in the one above."""
        path, documents, field, weight = (*text.split(":"), "", "", "")[:4]
        folder = Path(path)
        return cls(
            folder,
            Path(documents) if documents else documents_of(folder),
            field or "text",
            float(weight or 1),
        )

    @property
    def name(self) -> str:
        return f"{self.path.name} {self.field}"


def documents_of(folder: Path) -> Path:
    """The documents of a folder: its own, or, of a part of a set, those of the whole."""
    own = folder / "docs.jsonl"
    return own if own.is_file() else folder.parent / "docs.jsonl"
