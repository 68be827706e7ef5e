"""Documents in, hits out (检索): one small interface, engines behind it.

A caller declares a `search.schema.Schema`, writes `search.schema.Document`s through an
engine's writer and asks `search.query.Query`s. It never sees which engine answers.
"""
