"""What the made-up company orders, sells, assembles and uses up: a plan, and what carries it out.

Its items are its own: whatever else moves stock (`tools/stockroom/history.py`) leaves them alone,
so that all of it happens in the order of time.
"""
