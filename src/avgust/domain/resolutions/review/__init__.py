"""The review: what people make of a reading before it becomes a programme.

`reviewed(resolution, corrections)` is the whole of it; undo is the same fold without a correction.
"""
