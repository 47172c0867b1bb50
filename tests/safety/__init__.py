"""What may happen to a data folder: killed, full, read-only, lost, used by many at once."""
