"""The composition roots: one module per function, which builds the services it needs.

A function imports only its own root, so that it loads only what it uses. Every factory creates its
object once per sandbox. `stores.py` has the AWS resources, `repositories.py` the repositories on
them.
"""
