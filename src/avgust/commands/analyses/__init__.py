"""What `avgust analyse` does, one file an analysis: table in, report out."""
