"""Benchmarks (评测): how well and how fast the product's own retrieval and scoring work together."""

import os

# Before numpy is imported, as the product does: one question has nothing to share out, and threads that wait cost time.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
