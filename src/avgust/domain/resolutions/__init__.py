"""From the text of a resolution to clauses with fields, spans and findings.

Start at `stages.py`: the pipeline from top to bottom. `model.py` holds the values that travel along it.
"""
