"""The canonical fields of an inventory, and the names that warehouse systems give them."""

REQUIRED: tuple[str, ...] = ("pallet_id", "location")
WANTED: tuple[str, ...] = ("creation_date", "receipt_number", "description")
OPTIONAL: tuple[str, ...] = (
    "quantity",
    "unit",
    "product_code",
    "expiry_date",
    "location_type",
    "temperature_zone",
    "last_movement_date",
    "time_in_storage",
    "sscc",
    "gtin",
    "weight",
)
FIELDS: tuple[str, ...] = REQUIRED + WANTED + OPTIONAL

DATES = frozenset({"creation_date", "expiry_date", "last_movement_date"})
NUMBERS = frozenset({"quantity", "weight"})
DURATIONS = frozenset({"time_in_storage"})
TEXTS: tuple[str, ...] = tuple(
    field for field in FIELDS if field not in DATES | NUMBERS | DURATIONS
)

LABELS: dict[str, str] = {
    "pallet_id": "pallet id",
    "location": "location",
    "creation_date": "creation date",
    "receipt_number": "receipt number",
    "description": "description",
    "quantity": "quantity",
    "unit": "unit",
    "product_code": "product code",
    "expiry_date": "expiry date",
    "location_type": "location type",
    "temperature_zone": "temperature zone",
    "last_movement_date": "last movement date",
    "time_in_storage": "time in storage",
    "sscc": "SSCC",
    "gtin": "GTIN",
    "weight": "weight",
}
