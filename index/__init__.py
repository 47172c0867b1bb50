"""Passages and how they are found: by word, by meaning, and the index on disk. Knows no question and no answer."""
