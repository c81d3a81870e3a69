"""Interrupted-time-series models: a frozen specification, a fit, and what the fit says."""
