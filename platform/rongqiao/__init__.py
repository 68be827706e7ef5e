"""融桥: where a region's industry and education find each other.

The rooms tell the story: posted → indexed → matched → introduced → agreed → evaluated → watched → told.
"""
