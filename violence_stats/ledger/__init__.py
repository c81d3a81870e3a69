"""A case: its published figures, sources, events, population, claims and settings."""
