"""Web pages: the file and its tree, the notes in it, the page to blocks."""
