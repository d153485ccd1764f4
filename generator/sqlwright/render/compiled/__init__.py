"""The templates as functions; `make templates` writes them."""
