"""`make start-api`: the functions of this checkout behind `sam local start-api`, on the tables,
the bucket and the queue of a stack: the one of `make up`, or one on AWS.

    python -m tools.start_api [--port 3000] [--stack NAME] [-- options of sam local start-api]
"""
