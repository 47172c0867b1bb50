"""PDF files with a text layer: glyphs to lines, lines to a page's parts, parts to blocks."""
