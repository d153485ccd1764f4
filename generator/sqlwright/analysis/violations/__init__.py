"""Which constraints a statement can violate: by what it writes, and what follows from that."""
