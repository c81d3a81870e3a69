"""``python -m violence_stats`` is the command line."""

import sys

from violence_stats.cli import main

if __name__ == "__main__":
    sys.exit(main())
