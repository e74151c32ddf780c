"""The ledger: what is where, at any instant, and the movements that made it so."""
