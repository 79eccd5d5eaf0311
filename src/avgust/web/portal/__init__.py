"""Station 9: what an authority publishes of a programme, for everybody, without sign-in."""
