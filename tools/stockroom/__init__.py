"""A plausible catalog and what has moved in it: for `make seed`, and in small for `make up`."""
