"""What people touch: the web chat and the command line. Knows no retrieval."""
