"""FROM: its items, joins and functions, and what each makes visible."""
