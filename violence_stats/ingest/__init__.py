"""A user's own files, as they come: spreadsheets and records to series, each with a report of how it was read."""
