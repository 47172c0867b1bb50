"""One module a file format: each turns a file into blocks and knows nothing of numbering."""
