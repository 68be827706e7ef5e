"""Making a version of the knowledge of the trades from its tables: terms as the search engine's analysis gives
them, vectors by the bundled encoder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import matching.knowledge
from matching.bench.source import Reader
from matching.encoders import load_encoder
from matching.knowledge import TABLES
from matching.knowledge.shelf import VECTOR_STEPS, BagTable
from matching.taxonomy.tables import read_rows


def build(version: str) -> dict[str, float]:
    """Write the file of a version beside the library. The same tables and encoder give the same arrays."""
    arrays: dict[str, NDArray[Any]] = {}
    for table in TABLES:
        arrays |= _arrays(table)
    path = Path(matching.knowledge.__file__).parent / f"{version}.npz"
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return {"rows": sum(len(arrays[f"{table}_codes"]) for table in TABLES), "bytes": path.stat().st_size}


def _arrays(table: str) -> dict[str, NDArray[Any]]:
    """Each row as a posting: its names are the title, its terms the body."""
    _, rows = read_rows(table)
    texts = [(names.replace("|", "、"), terms.replace("|", "、")) for _, names, terms in rows]
    contents = [
        posting.content for posting in Reader(load_encoder("bundled"), None).read([table] * len(rows), texts)
    ]
    vectors = np.stack([content.vector for content in contents if content.vector is not None])
    arrays = {
        f"{table}_codes": np.array([codes for codes, _, _ in rows]),
        f"{table}_vectors": np.clip(np.rint(vectors * VECTOR_STEPS), -127, 127).astype(np.int8),
    }
    for analysis in ("words", "grams"):
        bags = BagTable.of([getattr(content.terms, analysis) for content in contents])
        arrays |= {
            f"{table}_{analysis}_{part}": getattr(bags, part) for part in ("starts", "hashes", "counts")
        }
    return arrays
