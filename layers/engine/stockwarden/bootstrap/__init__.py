"""The composition roots: one module per function, which builds the services it needs.

A function imports its own root and no other, so that it pays only for what it uses. Every factory
builds its object once per sandbox. `stores.py` has what AWS keeps for us, `repositories.py` what
reads and writes it.
"""
