"""Benchmarks: `make bench` prints each figure beside that of its peer."""
