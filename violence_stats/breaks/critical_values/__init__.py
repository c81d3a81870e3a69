"""Limiting distributions of the break tests: tables beside the program that made them."""
