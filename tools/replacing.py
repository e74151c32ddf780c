"""Replaces a text that occurs exactly once in a file, for recipes and mutants."""


class NotOnceError(Exception):
    """The text to replace is missing or occurs more than once."""


def replace_once(text: str, find: str, replace: str) -> str:
    """Raises NotOnceError, which names the number of occurrences and the text."""
    count = text.count(find)
    if count != 1:
        occurrence = "not there" if count == 0 else f"there {count} times"
        raise NotOnceError(f"{occurrence}:\n{find.rstrip()}")
    return text.replace(find, replace)
