"""From what the analysis found to Python modules as values: every name and annotation a string."""
