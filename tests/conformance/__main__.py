"""Write docs/conformance.md: ``python -m tests.conformance``."""

from __future__ import annotations

import sys

from tests.conformance.page import PAGE, page
from tests.validation import FOLDER

if not (FOLDER / "expected.json").is_file():
    sys.exit(f"no expected.json in {FOLDER.name}: set VIOLENCE_STATS_VALIDATION to the folder of published numbers")
PAGE.parent.mkdir(exist_ok=True)
PAGE.write_text(page(), encoding="utf-8")
sys.stdout.write(f"{PAGE.parent.name}/{PAGE.name} written\n")
