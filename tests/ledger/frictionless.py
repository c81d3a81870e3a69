"""The published form of a Frictionless Tabular Data Package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema

PROFILE = Path(__file__).parents[1] / "reference" / "frictionless" / "tabular-data-package.json"


def validate(descriptor: Mapping[str, Any]) -> None:
    """Raise where a description is not of the published form."""
    jsonschema.Draft4Validator(json.loads(PROFILE.read_text("utf-8"))).validate(descriptor)
