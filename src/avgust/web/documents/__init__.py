"""Station 1: a document is uploaded, read, reviewed by people and adopted."""
