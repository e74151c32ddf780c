"""The fields of a file of items."""

FIELDS: tuple[str, ...] = (
    "sku",
    "name",
    "quantity",
    "unit",
    "description",
    "status",
    "category",
    "supplier",
    "inventory_type",
    "location",
    "lot",
    "expiry_date",
    "reorder_point",
    "reorder_quantity",
    "unit_cost",
    "currency",
    "gtin",
    "storage_class",
    "shelf_life_days",
)
LABELS: dict[str, str] = {
    field: {"sku": "SKU", "gtin": "GTIN"}.get(field, field.replace("_", " ")) for field in FIELDS
}
