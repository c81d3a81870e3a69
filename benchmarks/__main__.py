"""Run every benchmark and print one line a comparison."""

from __future__ import annotations

from benchmarks import breaks, count_fits, loading, reading, robustness, whole_commands

MODULES = (whole_commands, loading, count_fits, breaks, robustness, reading)

if __name__ == "__main__":
    for module in MODULES:
        print(f"# {module.__name__.removeprefix('benchmarks.')}")
        for line in module.lines():
            print(line, flush=True)
