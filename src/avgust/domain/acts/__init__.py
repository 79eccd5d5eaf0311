"""Local acts of organisations: templates with fields, the course from a draft to an act in force, its end.

Nothing here knows a database or a clock: what stands on a day is computed from the status and the dates.
"""
