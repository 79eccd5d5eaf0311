"""What results say to their readers: pupil, teacher, head, municipality, region, author of the instrument.

Read `work.py` (what was asked), `results.py` (what was answered, by pupils or as sums) and `rules.py` (dated
thresholds with their sources) first. Every conclusion carries its n and says so where n is too small. The
words for people stand in `telling/`, which turns a reading into a `Story` of `domain/reporting/story`.
"""
