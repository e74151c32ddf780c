"""How files write units: the code of the unit that a word stands for."""

# SAP, UN/ECE recommendation 20 and what people write, in the languages that files come in.
_WORDS = {
    "pcs": "EA EACH EACHES PC PCE PCES PIECE PIECES ST STK STCK STUECK STÜCK UN UND UNID UNIDAD "
    "UNIDADES UNIT UNITS PZ PZA PZAS PIEZA PIEZAS PEZZI SZT H87 C62 NAR",
    "pair": "PR PAIRS PAR PARES",
    "dozen": "DZ DZN DOZ DOCENA",
    "mg": "MGM",
    "g": "GR GRM GRAM GRAMS GRAMO GRAMOS",
    "kg": "KGM KGS KILO KILOS KILOGRAM KILOGRAMS KILOGRAMO KILOGRAMOS",
    "t": "TO TNE TON TONNE TONNES TONELADA",
    "lb": "LBS LBR POUND POUNDS",
    "oz": "ONZ OUNCE OUNCES",
    "ml": "MLT",
    "l": "LT LTR LTRS LITER LITRE LITERS LITRES LITRO LITROS",
    "m3": "MTQ CBM M³",
    "gal": "GLL GALLON GALLONS",
    "mm": "MMT",
    "cm": "CMT",
    "m": "MT MTR MTRS METER METRE METERS METRES METRO METROS",
    "m2": "MTK SQM M²",
    "in": "INH INCH INCHES",
    "ft": "FOT FOOT FEET",
    "yd": "YRD YARD YARDS",
}
_CODES = {word: code for code, words in _WORDS.items() for word in words.split()}


def unit_code(text: str) -> str:
    """The canonical code of a unit from its text in capitals; the text itself if it is no word."""
    word = text.strip().rstrip(".")
    return _CODES.get(word, word.lower())
