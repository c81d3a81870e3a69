"""The report: results to facts, facts to sentences in two languages, sentences to pages."""
