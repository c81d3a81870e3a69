"""Speed, as ratios against a named alternative measured in the same run: ``make bench``."""

import os

# One BLAS thread, as the Makefile has it: the small matrices of these fits only lose by more.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
