"""What a text refers to: the grammar of places, document symbols, and the links between paragraphs."""
