"""Question in, answer with citations out.

`Assistant` is the one thing others import from here; everything else is imported from the module that defines it.
"""

from assistant.assistant import Assistant

__all__ = ["Assistant"]
