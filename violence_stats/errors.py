"""The errors this package raises.

    ViolenceStatsError
    |-- DataError            a file is missing, edited, malformed or inconsistent
    |   `-- ChecksumError    a file differs from the checksum that its data package states
    |-- SelectionError       no such case, country, measure, publisher, definition or vintage
    |-- WindowError          a window or date is malformed, reversed, or does not fit the known windows
    |-- SeriesError          counts or exposure that cannot be a series: unsorted, duplicate, missing, negative
    |-- SpecificationError   a model that these data cannot carry: collinear, outside the window, too few windows
    |-- FitError             the numbers did not come out: no convergence, a boundary, separation
    `-- OutputError          a file cannot be written
        `-- LockedError      another process is writing to the folder

Every message says what was expected, what came, in which file, row or month, and what to do.
"""


class ViolenceStatsError(Exception):
    """Root of every error that this package raises on purpose."""


class DataError(ViolenceStatsError):
    """A file is missing, edited, malformed or inconsistent."""


class ChecksumError(DataError):
    """A file differs from the checksum stated by its data package."""


class SelectionError(ViolenceStatsError, ValueError):
    """Nothing in the case answers to the name, publisher, definition or vintage asked for."""


class WindowError(ViolenceStatsError, ValueError):
    """A window or date is malformed, reversed, or does not fit the windows that are known."""


class SeriesError(ViolenceStatsError, ValueError):
    """Counts or exposure cannot form a series."""


class SpecificationError(ViolenceStatsError, ValueError):
    """A model asks for what these data cannot carry."""


class FitError(ViolenceStatsError):
    """An estimation did not come out."""


class OutputError(ViolenceStatsError):
    """A file cannot be written."""


class LockedError(OutputError):
    """Another process is writing to the folder."""
