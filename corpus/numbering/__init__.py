"""Blocks to numbered paragraphs. Knows what a reader gives (`Block`) and what a report needs (`Paragraph`), no file format."""
