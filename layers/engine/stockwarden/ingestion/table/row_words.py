"""Words that tell rows which are no inventory: totals, counts, page numbers."""

import re

TOTALS = re.compile(
    r"(?i)(?:(?:grand|sub|gran|sous|zwischen|gesamt|eind)[ -]?)?(?:tota(?:l|ls|les|le|ux|al|is)\b"
    r"(?![-_]?\d)|summe\b)|gesamtsumme\b|(?:suma|sum|somme|soma|razem|ogółem|insgesamt|gesamt|"
    r"recuento|count|subtotal)(?: of\b| de\b|:|$)|(?:total )?(?:number|n[uú]mero) (?:of|de) "
    r"(?:pallets|palets)"
)
ENDS_IN_TOTAL = re.compile(
    r"(?i).*\S (?:(?:sub|grand )?total|count|sum|average|summe|ergebnis|recuento|suma|totaal|"
    r"totale)"
)
TOTAL_ALONE = re.compile(
    r"(?i)(?:(?:grand|sub|gran|sous|zwischen|eind)[ -]?)?tota(?:l|ls|les|le|ux|al|is)"
    r"(?: general| generale| général| geral)?:?|(?:zwischen|gesamt)?summe:?|suma:?|sum:?|"
    r"subtotal:?|razem:?|somme:?|soma:?|insgesamt:?|\*{1,3}"
)
AMOUNT = re.compile(r"\d[\d.,']* [^\W\d]+")  # 1,200 pallets
PAGE = re.compile(
    r"(?i)(?:page|p[aá]gina|seite|pagina|strona|blatt|hoja|folio|pag\.|p[aá]g\.?)\s*:?\s*\d+"
    r"(?:\s*(?:/|of|de|von|van|di|z)\s*\d+)?"
)
COUNTED_GROUP = re.compile(r"(\S.*?)\s*\((\d[\d.,\u00a0\u202f ]*)\)")
