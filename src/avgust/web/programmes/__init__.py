"""Station 2: an adopted document is a programme of measures."""
