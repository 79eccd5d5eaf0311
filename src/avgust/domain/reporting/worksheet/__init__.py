"""The sheet of a report that people fill and send back: what it holds, how it is read, what it would do."""
