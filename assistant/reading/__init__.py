"""Reading a found paragraph: which of its sentences answer a question, and which of their words are the short answer."""
