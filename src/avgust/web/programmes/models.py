"""What a programme is made of."""
