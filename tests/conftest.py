"""What all tests share: made-up inputs are the same in every run, and none has to be fast on a busy machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same-inputs-any-machine", deadline=None, derandomize=True)
settings.load_profile("same-inputs-any-machine")
