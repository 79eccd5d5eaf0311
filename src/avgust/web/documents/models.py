"""What is kept of a document."""
