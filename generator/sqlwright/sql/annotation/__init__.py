"""What comments and markers make of a statement: its name, command and parameters."""
