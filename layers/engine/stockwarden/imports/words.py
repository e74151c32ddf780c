"""What people write into files for a status, a storage class or a unit, in several languages."""

from stockwarden.catalog.named_records import folded_name

STATUSES: dict[str, str] = {
    **dict.fromkeys(
        ("active", "activo", "activa", "aktiv", "actif", "ativo", "attivo", "actief", "aktywny",
         "yes", "si", "sí", "true", "1", "x"),
        "active",
    ),
    **dict.fromkeys(
        ("pending", "pendiente", "draft", "borrador", "offen", "en attente", "pendente", "new"),
        "pending",
    ),
    **dict.fromkeys(
        ("completed", "complete", "completado", "completada", "done", "terminado", "fertig",
         "terminé", "concluído", "completato"),
        "completed",
    ),
    **dict.fromkeys(
        ("archived", "archivado", "archivada", "inactive", "inactivo", "inactiva", "discontinued",
         "descatalogado", "obsolete", "obsoleto", "archiviert", "inaktiv", "archivé", "inactif",
         "arquivado", "inativo", "archiviato", "no", "false", "0"),
        "archived",
    ),
}  # fmt: skip
STORAGE_CLASSES: dict[str, str] = {
    **dict.fromkeys(
        ("ambient", "ambiente", "dry", "seco", "room temperature", "temperatura ambiente",
         "trocken", "ambiant", "secco", "normal"),
        "ambient",
    ),
    **dict.fromkeys(
        ("chilled", "refrigerado", "refrigerada", "fresh", "fresco", "cool", "cold", "frio", "frío",
         "gekühlt", "kühl", "frais", "réfrigéré", "gekoeld"),
        "chilled",
    ),
    **dict.fromkeys(
        ("frozen", "congelado", "congelada", "deep frozen", "tiefkühl", "tk", "gefroren",
         "surgelé", "congelé", "surgelato", "bevroren", "mrożone"),
        "frozen",
    ),
    **dict.fromkeys(
        ("hazardous", "hazmat", "dangerous", "peligroso", "peligrosa", "mercancía peligrosa",
         "gefahrgut", "dangereux", "perigoso", "pericoloso", "gevaarlijk"),
        "hazardous",
    ),
    **dict.fromkeys(
        ("controlled", "controlado", "controlada", "kontrolliert", "contrôlé", "controllato"),
        "controlled",
    ),
}  # fmt: skip
UNITS: dict[str, str] = {
    **dict.fromkeys(
        ("pc", "pcs.", "piece", "pieces", "ea", "each", "unit", "units", "ud", "uds", "ud.",
         "uds.", "un", "unidad", "unidades", "pieza", "piezas", "pza", "pzas", "stk", "stück",
         "st", "pz", "pezzi", "pièce", "pièces", "unité", "unidade", "unidades", "stuk", "stuks",
         "szt", "szt."),
        "pcs",
    ),
    **dict.fromkeys(("kilo", "kilos", "kgs", "kilogramo", "kilogramos", "kilogramm"), "kg"),
    **dict.fromkeys(("gr", "grs", "gramo", "gramos", "gramm", "grams"), "g"),
    **dict.fromkeys(("lt", "lts", "ltr", "litro", "litros", "liter", "litres", "litre"), "l"),
    **dict.fromkeys(("mililitro", "mililitros", "cc"), "ml"),
    **dict.fromkeys(("metro", "metros", "meter", "metres", "mtr"), "m"),
    **dict.fromkeys(("docena", "docenas", "dz", "doz", "dutzend"), "dozen"),
    **dict.fromkeys(("par", "pares", "paar", "pairs"), "pair"),
    **dict.fromkeys(("tonelada", "toneladas", "tonne", "tonnes", "ton"), "t"),
}  # fmt: skip


def meant(words: dict[str, str], text: str) -> str:
    """What a word stands for; the word itself where nobody knows."""
    return words.get(folded_name(text[:200]), text)
