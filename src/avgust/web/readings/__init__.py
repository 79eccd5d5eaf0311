"""What results say to their readers, as pages and files: nothing is computed or kept here."""
