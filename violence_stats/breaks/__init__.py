"""Breaks at unknown dates: tests, global searches, intervals and posteriors. A break is named by its FIRST new month."""
