"""Pairing what enterprises need with what colleges offer (供需匹配): two records in, a score with its
reasons out.

A pure library: it reads no database, asks no search engine and knows no framework. A score depends on the
two records, the day, one version of the weights and one snapshot of the term statistics, on nothing else.
"""
