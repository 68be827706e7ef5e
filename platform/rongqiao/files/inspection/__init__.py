"""Looks into an uploaded file in a process of its own. Nothing here imports Django or another room.

`child.py` is the program; `formats.py` lists what can be accepted, one module for each type; `verdict.py` has
the two ways it ends. A new type is a module with a FORMAT and its line in `formats.py`.
"""
