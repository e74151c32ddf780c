"""How many examples a property is tried with, where they are dearer than most."""

from hypothesis import settings

_USUAL = 100


def examples(count: int) -> settings:
    """`count` where others take a hundred; as many times more where the profile asks for more."""
    return settings(max_examples=max(1, count * settings.default.max_examples // _USUAL))
