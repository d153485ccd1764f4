"""From modules as values to the text of files."""
