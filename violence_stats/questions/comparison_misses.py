"""What simulation found of ratios of ratios, for the comparison itself to say."""

from __future__ import annotations

from functools import cache

from violence_stats.robustness.calibration.tables import read_table

ONE, ALL = "over one control", "over all controls"
"""Terms of the table: the treated country over one other, and over all together."""


@cache
def independence_note() -> str:
    """Say what the intervals leave out, and how often they then miss."""
    table = read_table("comparison")
    moving = table[(table["term"] == ONE) & (table["rho"] > 0)].sort_values("rho")
    rhos = " and ".join(f"{rho:g}" for rho in moving["rho"])
    shares = " and ".join(f"{share:.0f}%" for share in moving["miss_pct"])
    return (
        "intervals take counts as independent: not adjusted for serial correlation; where the months of a country move "
        f"together (simulated at a correlation of {rhos}), nominal 95% intervals of a ratio over one control missed "
        f"{shares} of the time, so read them as too narrow (docs/calibration.md)"
    )
