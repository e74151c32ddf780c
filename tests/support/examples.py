"""The number of examples of expensive property tests."""

from hypothesis import settings

_USUAL = 100


def examples(count: int) -> settings:
    """Settings with `count` examples instead of 100, scaled like the profile's number."""
    return settings(max_examples=max(1, count * settings.default.max_examples // _USUAL))
