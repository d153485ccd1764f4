"""What parse analysis knows as it goes: the query level, its parameters, the place."""
