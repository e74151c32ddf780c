"""Check digits of GS1 numbers, and the numbers that end in one: GTINs and SSCCs.

GS1 General Specifications, 7.9: the digits before the last one weigh 3 and 1 in turn, beginning
with 3 at the right, and the last digit makes the sum a multiple of ten.
"""

GTIN_LENGTHS = (8, 12, 13, 14)
SSCC_LENGTH = 18
_SHOWN = 50


def is_digits(text: str) -> bool:
    """Whether the text has digits of ASCII and nothing else."""
    return text.isascii() and text.isdecimal()


def check_digit(body: str) -> str:
    """The digit that belongs behind the body. Raises ValueError if that is not digits."""
    if not is_digits(body):
        raise ValueError(f"A check digit belongs to digits, not to {shown(body)}.")
    total = 3 * sum(map(int, body[::-2])) + sum(map(int, body[-2::-2]))
    return str(-total % 10)


def normalized_gtin(text: str) -> str:
    """The GTIN of 14 digits, whichever length it was written with. Blanks may separate its digits.

    Raises ValueError if it is no GTIN; it names the expected digit if the check digit is wrong.
    """
    number = "".join(text.split(" "))
    if not is_digits(number):
        raise ValueError(f"A GTIN has digits and nothing else: {shown(text)}.")
    if len(number) not in GTIN_LENGTHS:
        raise ValueError(f"A GTIN has 8, 12, 13 or 14 digits; {shown(text)} has {len(number)}.")
    return verified(number, "GTIN").zfill(max(GTIN_LENGTHS))


def checked_sscc(text: str) -> str:
    """The SSCC of 18 digits, with or without the identifier 00 or (00) before it. Blanks may
    separate its digits.

    Raises ValueError if it is no SSCC; it names the expected digit if the check digit is wrong.
    """
    number = "".join(text.split(" ")).removeprefix("(00)")
    if len(number) == SSCC_LENGTH + 2:
        number = number.removeprefix("00")
    if not is_digits(number):
        raise ValueError(f"An SSCC has digits and nothing else: {shown(text)}.")
    if len(number) != SSCC_LENGTH:
        raise ValueError(f"An SSCC has {SSCC_LENGTH} digits; {shown(text)} has {len(number)}.")
    return verified(number, "SSCC")


def verified(number: str, kind: str) -> str:
    """The number, whose last digit is its check digit. Raises ValueError if that is wrong."""
    expected = check_digit(number[:-1])
    if number[-1] != expected:
        raise ValueError(
            f"The {kind} {number} should end in {expected}; one of its digits is wrong."
        )
    return number


def shown(text: str) -> str:
    """The beginning of a text, quoted for a message."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
