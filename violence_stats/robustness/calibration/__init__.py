"""How often the intervals that the package prints miss, measured in simulated worlds of the same geometry.

`make calibration` runs the program; its tables are committed data, and the report reads and cites them.
"""
