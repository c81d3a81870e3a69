"""Estimation on plain arrays: NumPy and SciPy in, a frozen dataclass out."""
