"""The checks on a case, one family a module: each takes what could be read and gives the faults it finds."""
