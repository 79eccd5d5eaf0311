"""The commands of `avgust`, one module each."""
