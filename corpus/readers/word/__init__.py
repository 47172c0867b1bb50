"""Word files: the package and its parts, styles, automatic numbers, the text of a paragraph, the body to blocks."""
