"""What verdicts are made of: keys of expressions, scopes, reasons."""
