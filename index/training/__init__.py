"""Training of the built-in embedding model: `python -m index.training DATA OUT`. Nothing here is needed to answer a question."""
