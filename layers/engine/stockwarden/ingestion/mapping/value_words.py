"""Values by which columns of location types, temperature zones and units are known."""

TYPE_WORDS = frozenset(
    {"receiving", "storage", "final", "staging", "dock", "transitional", "aisle", "shipping",
     "quarantine", "recepcion", "almacenamiento", "almacen", "muelle", "pasillo", "expedicion",
     "cuarentena", "picking", "rack", "bulk", "reserve", "floor", "unknown"}
)  # fmt: skip
ZONE_WORDS = frozenset(
    {"ambient", "ambiente", "general", "frozen", "congelado", "congelados", "chilled", "cold",
     "frio", "refrigerated", "refrigerado", "dry", "seco", "cool", "freezer", "cooler"}
)  # fmt: skip
UNIT_WORDS = frozenset(
    {"ea", "each", "cs", "case", "cases", "pc", "pcs", "piece", "pieces", "kg", "g", "lb", "lbs",
     "box", "boxes", "ctn", "carton", "bag", "bags", "un", "und", "uds", "ud", "unidad",
     "unidades", "caja", "cajas", "pza", "pzas", "l", "lt", "ltr", "m", "pal", "pallet", "pk",
     "pack", "roll", "drum", "set", "saco", "kilo", "kgs", "st", "stk"}
)  # fmt: skip
