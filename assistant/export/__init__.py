"""Answers and conversations as files: Markdown, Word, plain text and JSON, each citation with a note."""
