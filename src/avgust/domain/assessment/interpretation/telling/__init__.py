"""From a reading to a report in words: one file for each reader."""
