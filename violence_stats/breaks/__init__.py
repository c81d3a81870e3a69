"""Breaks at unknown dates: tests, searches, intervals and posteriors. A break is named by its FIRST new month."""
