"""Commands of the server on the territory and its posts."""
