"""Making a version of the knowledge of the trades from its tables: terms as the search engine's analysis gives
them, vectors by the bundled encoder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import matching.knowledge
from matching.bench.source import Reader
from matching.encoders import Encoder, load_encoder
from matching.knowledge import TABLES
from matching.knowledge.shelf import VECTOR_STEPS, BagTable
from matching.taxonomy.tables import read_rows

Rows = Sequence[Sequence[str]]


def build(version: str, folder: Path | None = None) -> dict[str, float]:
    """Write the file of a version, beside the library unless a folder is given. The same tables and encoder give the
    same arrays; a version that is there already stays as it is. Raises FileExistsError for it."""
    path = (folder or Path(matching.knowledge.__file__).parent) / f"{version}.npz"
    if path.exists():
        raise FileExistsError(f"knowledge {version!r} is there already and never changes: name a new version")
    arrays, encoder = links(), load_encoder("bundled")
    for table in TABLES:
        arrays |= arrays_of(table, read_rows(table)[1], encoder)
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return {"rows": sum(len(arrays[f"{table}_codes"]) for table in TABLES), "bytes": path.stat().st_size}


def links() -> dict[str, NDArray[Any]]:
    """For each occupation the rows of majors that its row of the links names, all rows of a name."""
    rows_of_name: dict[str, list[int]] = defaultdict(list)
    for place, (_, names, _) in enumerate(read_rows("major_terms")[1]):
        for name in names.split("|"):
            rows_of_name[name].append(place)
    named = {code: majors.split("|") for code, _, majors in read_rows("occupation_majors")[1]}
    lists = [
        sorted({place for name in named.get(code, ()) for place in rows_of_name[name]})
        for code, _, _ in read_rows("occupation_terms")[1]
    ]
    return {
        "links_starts": np.cumsum([0, *map(len, lists)]).astype(np.int64),
        "links_rows": np.array([place for places in lists for place in places], dtype=np.int64),
    }


def arrays_of(table: str, rows: Rows, encoder: Encoder | None) -> dict[str, NDArray[Any]]:
    """Each row as a posting: its names are the title, its terms the body."""
    texts = [(names.replace("|", "、"), terms.replace("|", "、")) for _, names, terms in rows]
    contents = [posting.content for posting in Reader(encoder, None).read([table] * len(rows), texts)]
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
