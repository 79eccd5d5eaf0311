"""`avgust manage audit`, and `flush`, which the append-only journal would refuse."""
