"""Benchmarks (评测): how well and how fast the product's own retrieval and scoring work together."""
