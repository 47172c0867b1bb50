"""An optional language model that words answers from the passages found, each sentence checked before it is shown."""
