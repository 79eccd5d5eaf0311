"""Settings, addresses and the server's entry: where the stations are put together."""
