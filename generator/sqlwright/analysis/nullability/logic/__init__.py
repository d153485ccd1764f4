"""What conditions say of the rows that they let through."""
