"""SELECT and the statements that write, clause by clause."""
