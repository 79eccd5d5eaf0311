"""Management decisions: what caused them, what is printed of them, how far their causes are covered.

A decision is a document like any other: its clauses become measures and are controlled in the same way. What
is its own is the cause: an indicator, a finding or a case, with the numbers in which it was seen.
"""
