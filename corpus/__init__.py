"""Reports: their paragraphs and labels, the readers of their formats, the library that keeps them. Knows no index."""
