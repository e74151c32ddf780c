"""Exchange lines of a file that are there exactly once: recipes and mutants are told so."""


class NotOnceError(Exception):
    """What was to be replaced is not there, or is there more than once."""


def replace_once(text: str, find: str, replace: str) -> str:
    """Raises NotOnceError, which says how often `find` is there and what it is."""
    count = text.count(find)
    if count != 1:
        often = "not there" if count == 0 else f"there {count} times"
        raise NotOnceError(f"{often}:\n{find.rstrip()}")
    return text.replace(find, replace)
