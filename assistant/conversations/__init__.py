"""Conversations kept in a data folder: their turns, their records, and how an old answer is made to stand again."""
