"""Words in a column's name that say what it is, whatever stands beside them."""

# `Receipt Date` is a date.
TIME_WORDS = frozenset(
    {
        "date", "fecha", "time", "hora", "timestamp", "datetime", "created", "creado", "expires",
        "datum", "uhrzeit", "zeit", "heure", "tijd", "tijdstip", "czas", "godzina", "dttm",
    }
)  # fmt: skip
# Names of a time of day, and of a day, in all languages.
CLOCK_WORDS = frozenset(
    {"time", "hour", "hora", "clock", "uhrzeit", "zeit", "heure", "ora", "orario", "tijd",
     "tijdstip", "czas", "godzina", "tm"}
)  # fmt: skip
DAY_WORDS = frozenset({"date", "day", "dia", "datum", "tag", "jour", "data", "giorno", "dag"})
AMOUNT_WORDS = frozenset(
    {
        "quantity", "cantidad", "weight", "peso", "capacity", "capacidad", "height", "alto",
        "altura", "width", "ancho", "length", "largo", "price", "precio", "cost", "coste",
        "costo", "value", "valor", "amount", "importe", "percent", "utilization", "volume",
        "volumen", "count", "total", "max", "min", "level", "nivel", "position", "priority",
        "anzahl", "gewicht", "hohe", "preis", "wert", "kapazitat", "menge", "prix", "poids",
        "hauteur", "valeur", "quantite", "prezzo", "valore", "quantita", "quantidade", "preco",
        "aantal", "prijs", "waarde", "hoogte", "cena", "wartosc", "ilosc", "waga", "wysokosc",
    }
)  # fmt: skip
KIND_WORDS = frozenset(
    {
        "type", "tipo", "status", "estado", "class", "clase", "category", "categoria", "group",
        "grupo", "flag", "user", "usuario", "operator", "operador", "owner", "by", "reason",
        "motivo", "notes", "note", "notas", "comment", "comments", "comentario", "comentarios",
        "remarks", "observaciones", "zone", "zona", "area", "aisle", "pasillo", "supplier",
        "proveedor", "customer", "cliente", "typ", "art", "gruppe", "lieferant", "kunde",
        "kategorie", "statut", "etat", "fournisseur", "client", "categorie", "groupe", "stato",
        "fornitore", "gruppo", "fornecedor", "soort", "leverancier", "klant", "groep", "rodzaj",
        "dostawca", "klient", "grupa", "manufacturer", "vendor", "brand",
    }
)  # fmt: skip

# In front of (or behind) a field's name these make it another field: `Next Receipt Date` is not
# the receipt date, `Parent LPN` not the pallet, `Reserved Quantity` not what is there.
LAST_WORDS = frozenset(
    {
        "last", "latest", "recent", "ultimo", "ultima", "letzte", "letzter", "letztes", "dernier",
        "derniere", "laatste", "ostatnia", "ostatni", "ostatnie", "ostatniego", "ostatniej",
    }
)  # fmt: skip
OTHER_WORDS = LAST_WORDS | frozenset(
    " ".join(
        (
            # English
            "next expected planned previous prev prior original orig master parent old target",
            "former from to source destination dest origin suggested default home preferred",
            "primary future scheduled estimated est eta promised requested required ordered",
            "reserved allocated committed incoming proposed assigned intended reorder standard",
            "alternate alternative initial new outer forecast projected due theoretical counted",
            "inventoried backordered unavailable min minimum max maximum desired transit top",
            # Spanish
            "proximo proxima previsto prevista esperado esperada planificado planificada anterior",
            "previo previa maestro maestra padre viejo vieja antiguo antigua destino origen",
            "objetivo siguiente sugerida sugerido habitual reservado reservada asignada nueva",
            # German
            "nachste nachster nachstes naechste naechster erwartet erwartete erwarteter geplant",
            "geplante geplanter geplantes vorherige vorheriger vorheriges vorige voriger alt alte",
            "alter altes ursprunglich ursprungliche ursprunglicher haupt ubergeordnete ziel quell",
            "ubergeordneter soll reserviert reservierte vorgeschlagen vorgeschlagener neuer neue",
            # French
            "prochain prochaine prevu prevue attendu attendue planifie planifiee precedent",
            "precedente ancien ancienne origine initiale cible maitre suivant suivante reserve",
            "reservee nouveau nouvel",
            # Portuguese and Italian
            "planejado planejada planeado antigo antiga mestre pai origem alvo seguinte prossimo",
            "prossima atteso attesa pianificato pianificata originale originaria originario",
            "vecchio vecchia madre destinazione successivo successiva riservata impegnata",
            # Dutch
            "volgende verwacht verwachte gepland geplande vorige vorig oude oud originele",
            "oorspronkelijke hoofd bovenliggende doel bron bestemming gereserveerd nieuwe",
            # Polish
            "nastepna nastepny nastepne oczekiwana oczekiwany oczekiwane planowana planowany",
            "planowane poprzednia poprzedni stara stary pierwotna pierwotny oryginalna nadrzedna",
            "nadrzedny docelowa docelowy zrodlowa glowna zarezerwowana",
        )
    ).split()
)

# Beginnings of German and Dutch compound words that do the same: `Ziellagerplatz`.
OTHER_BEGINNINGS = (
    "ziel", "quell", "soll", "mindest", "maximal", "vorganger", "plan", "reserv", "haupt", "doel",
    "herkunft", "original", "erwart", "verwacht", "bron", "bestell", "alt",
)  # fmt: skip
# Parts of compound words, with the field that the compound is likely to be, and endings that make
# it another kind of column.
STEMS = {
    "palett": "pallet_id", "pallet": "pallet_id", "lagereinheit": "pallet_id",
    "ladeeinheit": "pallet_id", "ladungstrager": "pallet_id", "ladingdrager": "pallet_id",
    "lagerplatz": "location", "stellplatz": "location", "lagerfach": "location",
    "locatie": "location", "lagerort": "location", "artikel": "product_code",
    "wareneingang": "creation_date", "einlager": "creation_date", "ontvangst": "creation_date",
    "chargen": "lot", "partij": "lot", "haltbar": "expiry_date", "houdbaar": "expiry_date",
    "verfall": "expiry_date", "bezeichnung": "description", "omschrijving": "description",
    "kurztext": "description", "bestand": "quantity", "menge": "quantity",
}  # fmt: skip
OTHER_ENDINGS = (
    "typ", "type", "art", "anzahl", "gewicht", "status", "hohe", "aantal", "soort", "gruppe",
    "groep", "preis", "prijs", "wert", "breite", "lange", "bereich", "zone", "klasse",
)  # fmt: skip
DATE_ENDINGS = ("datum", "tag", "zeit", "tijd")

# The parts of a location, from the outermost to the innermost, in all languages.
PART_WORDS: dict[str, frozenset[str]] = {
    "zone": frozenset(
        {"zone", "zona", "area", "bereich", "sector", "sektor", "secteur", "setor", "settore",
         "strefa", "hall", "halle", "nave"}
    ),
    "aisle": frozenset(
        {"aisle", "pasillo", "gang", "gasse", "regalgasse", "allee", "corredor", "corridoio",
         "corsia", "gangpad", "alejka", "rua", "calle", "lane", "row", "fila", "reihe", "rangee",
         "rij", "rzad"}
    ),
    "bay": frozenset(
        {"bay", "rack", "regal", "modulo", "travee", "columna", "coluna", "predio", "stelling",
         "column", "kolonne", "section", "tramo", "feld", "saule", "campata", "rayonnage",
         "estanteria", "scaffale", "kolom", "kolumna", "colonne", "bahia", "cuerpo"}
    ),
    "level": frozenset(
        {"level", "nivel", "ebene", "niveau", "livello", "poziom", "shelf", "tier", "etage",
         "altura", "piano", "andar", "fach", "balda", "estante", "laag"}
    ),
    "position": frozenset(
        {"position", "pos", "posicion", "platz", "slot", "posicao", "posizione", "positie",
         "miejsce", "apto", "hueco", "cell", "celda", "vano", "alveole", "depth", "tiefe"}
    ),
}  # fmt: skip
# What a column of whole locations is called, but also the innermost part of one.
PLACE_WORDS = frozenset(
    {"bin", "location", "loc", "lagerplatz", "stellplatz", "ubicacion", "emplacement",
     "localizacao", "ubicazione", "locatie", "lokalizacja"}
)  # fmt: skip
