"""What a file may cost at most: stated limits, checked before the work that they bound."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

MAX_WORKBOOK_BYTES = 100 * MEBIBYTE
"""Size of a spreadsheet file as it lies on the disk."""

MAX_UNPACKED_BYTES = 1024 * MEBIBYTE
"""Sum of the sizes to which a spreadsheet's archive says that it unpacks."""

MAX_RATIO = 500
"""How many times its packed size a large member of the archive may unpack to; real sheets reach about 50."""

SMALL_MEMBER_BYTES = 16 * MEBIBYTE
"""Below this a member's ratio is not looked at: short repeated text packs very well."""

MAX_MEMBERS = 10_000
"""Files inside a spreadsheet's archive."""

MAX_SHEET_CELLS = 30_000_000
"""Rows times columns that a sheet spans, from A1 to its last cell."""

MAX_TABLE_CELLS = 1_000_000
"""Cells that are not blank in a table of counts; one row a victim is what `read_records` is for."""

MAX_TABLE_BYTES = 200 * MEBIBYTE
"""Size of a text file that holds a table of counts."""

MAX_RECORD_BYTES = 4096 * MEBIBYTE
"""Size of a text file that holds one row a victim; it is streamed, never held."""

MAX_GROUPS = 20_000
"""Different values to count records by; more means that the column holds names or ids."""

MAX_COLUMNS = 16_384
"""Columns of a table."""

MAX_LINE_BYTES = 2 * MEBIBYTE
"""Length of a line, or of a row that runs over several lines between quotes."""

MAX_TABLE_CHARACTERS = 50_000_000
"""Characters of text in a table of counts."""

MAX_CELL_CHARACTERS = 2_000
"""Characters of a spreadsheet's cell that are looked at; no label or count is as long."""

SHEET_MEMORY_BYTES = 2048 * MEBIBYTE
"""Address space of the process that opens an xlsx or ods file, where the system can hold it to that."""

XLS_MEMORY_BYTES = 768 * MEBIBYTE
"""The same for xls, whose sheets end at 65,536 rows and 256 columns."""

SHEET_SECONDS = 120
"""Time that opening a spreadsheet may take."""
