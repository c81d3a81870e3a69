"""Questions: each chooses its windows and figures, applies its rules and words the answer."""
