"""Types: how they are written, which one is meant, what resolution asks of them."""
