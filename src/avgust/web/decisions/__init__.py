"""Management decisions and their causes."""
