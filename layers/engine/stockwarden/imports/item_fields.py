"""The schema of a file of items: what its fields are called in files, and how they look."""

from collections.abc import Iterable, Mapping

from stockwarden.imports.fields import FIELDS, LABELS
from stockwarden.imports.languages import LANGUAGES
from stockwarden.ingestion.mapping.profiles import ColumnProfile
from stockwarden.ingestion.mapping.schema import Schema, Scores

NUMBERS = frozenset(
    {"quantity", "reorder_point", "reorder_quantity", "unit_cost", "shelf_life_days"}
)
# Written as `header_words` leaves a header: lower case, without accents or signs.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "sku": (
        "sku code", "sku number", "item code", "item number", "item id", "product code",
        "product id", "product number", "article number", "article code", "material number",
        "material code", "part number", "stock code", "item", "article", "material", "part",
        "product reference", "item reference", "code", "reference", "internal reference",
        "codigo producto", "codigo de producto", "codigo del producto", "codigo articulo",
        "codigo de articulo", "codigo del articulo", "referencia", "referencia articulo",
        "referencia producto", "referencia interna", "codigo material", "clave", "clave producto",
        "codigo", "articulo", "id producto", "id articulo",
    ),
    "name": (
        "item name", "product name", "article name", "material name", "title", "product",
        "product title", "item title", "display name", "nombre", "nombre producto",
        "nombre del producto", "nombre articulo", "nombre del articulo", "denominacion",
        "producto", "titulo", "goods", "designation",
    ),
    "quantity": (
        "quantity on hand", "on hand", "on hand quantity", "stock", "stock quantity",
        "total quantity", "available quantity", "current stock", "units", "pieces", "count",
        "opening stock", "initial quantity", "initial stock", "inventory", "cantidad",
        "cantidad total", "cantidad disponible", "cantidad inicial", "existencia", "existencias",
        "unidades", "piezas", "stock actual", "stock inicial", "inventario",
    ),
    "unit": (
        "uom", "unit of measure", "unit of measurement", "measure unit", "base unit",
        "quantity unit", "stock unit", "unidad", "unidad de medida", "unidad medida", "um", "udm",
        "medida", "unidad base",
    ),
    "description": (
        "item description", "product description", "article description", "material description",
        "long description", "short description", "details", "notes", "descripcion",
        "descripcion producto", "descripcion del producto", "descripcion articulo",
        "descripcion del articulo", "descripcion larga", "detalle", "detalles", "notas",
        "observaciones",
    ),
    "status": ("state", "item status", "product status", "active", "estado", "situacion", "activo"),
    "category": (
        "item category", "product category", "category name", "category path", "group",
        "item group", "product group", "family", "product family", "department", "categoria",
        "categoria producto", "categoria del producto", "categoria de producto", "grupo",
        "familia", "familia producto", "seccion", "departamento",
    ),
    "supplier": (
        "supplier name", "vendor", "vendor name", "preferred supplier", "main supplier",
        "default supplier", "manufacturer", "proveedor", "nombre proveedor",
        "nombre del proveedor", "proveedor habitual", "proveedor principal", "fabricante",
    ),
    "inventory_type": (
        "type", "item type", "product type", "stock type", "tracking", "tipo", "tipo producto",
        "tipo de producto", "tipo articulo", "tipo de articulo", "tipo inventario",
        "tipo de inventario",
    ),
    "location": (
        "location code", "location id", "storage location", "stock location", "bin",
        "bin location", "storage bin", "bin code", "slot", "shelf", "position", "place",
        "warehouse location", "default location", "ubicacion", "codigo ubicacion",
        "codigo de ubicacion", "posicion", "hueco", "emplazamiento", "localizacion", "estanteria",
    ),
    "lot": (
        "lot number", "lot id", "lot code", "batch", "batch number", "batch id", "batch code",
        "lote", "numero lote", "numero de lote", "codigo lote", "codigo de lote", "partida",
    ),
    "expiry_date": (
        "expiry", "expiration", "expiration date", "expires", "expires on", "exp date",
        "best before", "best before date", "bbd", "use by", "use by date", "sell by",
        "fecha caducidad", "fecha de caducidad", "caducidad", "caduca", "fecha vencimiento",
        "fecha de vencimiento", "vencimiento", "vence", "fecha expiracion",
        "fecha de expiracion", "consumo preferente", "fecha consumo preferente",
    ),
    "reorder_point": (
        "reorder level", "reorder at", "reorder", "minimum stock", "min stock", "minimum",
        "minimum quantity", "min quantity", "min level", "minimum level", "safety stock",
        "low stock level", "low stock threshold", "punto de pedido", "punto pedido",
        "punto de reorden", "stock minimo", "minimo", "cantidad minima", "existencia minima",
        "stock de seguridad", "nivel minimo",
    ),
    "reorder_quantity": (
        "order quantity", "reorder amount", "reorder qty", "purchase quantity", "lot size",
        "economic order quantity", "eoq", "cantidad de pedido", "cantidad pedido",
        "cantidad a pedir", "cantidad de reorden", "lote de compra", "lote economico",
    ),
    "unit_cost": (
        "cost", "cost price", "unit price", "price", "purchase price", "buying price",
        "standard cost", "average cost", "cost per unit", "coste", "costo", "coste unitario",
        "costo unitario", "precio", "precio unitario", "precio de coste", "precio de costo",
        "precio de compra", "precio compra", "coste medio",
    ),
    "currency": ("currency code", "cur", "moneda", "divisa", "codigo moneda", "codigo divisa"),
    "gtin": (
        "gtin 14", "gtin 13", "gtin14", "gtin13", "ean", "ean 13", "ean13", "ean code", "upc",
        "upc code", "barcode", "bar code", "trade item number", "codigo ean", "codigo gtin",
        "codigo de barras", "codigo barras",
    ),
    "storage_class": (
        "storage category", "storage requirement", "storage requirements", "storage conditions",
        "storage condition", "storage temperature", "required temperature", "temperature",
        "temperature class", "clase almacenamiento", "clase de almacenamiento",
        "clase de almacenaje", "temperatura", "temperatura requerida", "conservacion",
    ),
    "shelf_life_days": (
        "shelf life", "shelf life in days", "days of shelf life", "shelf life d", "vida util",
        "vida util dias", "dias de vida util", "dias vida util", "dias de caducidad",
        "caducidad dias", "caducidad en dias",
    ),
}  # fmt: skip
# Names that two fields may mean, or that other columns have as well.
_VAGUE = {
    "code": 0.9, "codigo": 0.9, "reference": 0.92, "referencia": 0.92, "product": 0.88,
    "producto": 0.88, "item": 0.88, "article": 0.88, "articulo": 0.88, "material": 0.88,
    "part": 0.88, "type": 0.86, "tipo": 0.86, "group": 0.88, "grupo": 0.88, "notes": 0.86,
    "notas": 0.86, "state": 0.88, "active": 0.88, "activo": 0.88, "inventory": 0.8,
    "inventario": 0.8, "temperature": 0.8, "temperatura": 0.8, "price": 0.86, "precio": 0.86,
    "manufacturer": 0.8, "fabricante": 0.8, "department": 0.86, "departamento": 0.86,
    "goods": 0.86, "count": 0.8, "place": 0.87, "lugar": 0.87, "tracking": 0.7, "lot size": 0.9,
    "observaciones": 0.8, "designation": 0.9,
}  # fmt: skip
_CODED = frozenset({"sku", "lot", "location"})
_FEW_WORDS = frozenset({"category", "supplier", "inventory_type", "status", "unit", "currency"})


def missing_fields(held: Iterable[str]) -> tuple[str, ...]:
    """What a file with these fields lacks: a column that says which item a row is about."""
    return () if {"sku", "gtin", "name"}.intersection(held) else ("sku",)


def value_scores(profile: ColumnProfile) -> Scores:
    """{field: 0..1}: how well the values fit each field, regardless of its name."""
    if not profile.filled:
        return {}
    codes = max(0.0, profile.codes - profile.dates)
    numbers = profile.numbers * (0.9 if profile.date_numbers < 0.9 else 0.6)
    words = profile.words * (1 - profile.dates)
    few = min(1.0, 12 / profile.distinct) * (1 - profile.numbers) * (1 - profile.dates)
    scores = dict.fromkeys(FIELDS, 0.0)
    scores |= dict.fromkeys(NUMBERS, 0.8 * numbers) | dict.fromkeys(_FEW_WORDS, 0.5 * few)
    scores |= {
        "sku": codes * (0.9 if profile.unique > 0.9 else 0.5),
        "name": 0.9 * words * (0.5 + 0.5 * profile.unique),
        "description": 0.8 * words,
        "quantity": numbers,
        "unit": max(profile.units, 0.5 * few * profile.short),
        "location": 0.6 * codes + 0.2 * profile.structured,
        "lot": 0.6 * codes,
        "expiry_date": max(profile.dates, profile.months * (1 - profile.numbers)),
        "gtin": profile.gtins,
        "storage_class": max(0.95 * profile.zones, 0.4 * few * profile.short),
    }
    return {field: round(min(1.0, score), 6) for field, score in scores.items()}


def named_fit(field: str, profile: ColumnProfile, fits: Mapping[str, float]) -> float:
    """How well the values fit the field that the column's name states. Little speaks against a
    name: what does not fit is a fault of its row, which is told."""
    if field in NUMBERS:
        return max(fits[field], profile.numbers + profile.measures, 0.5)
    if field == "expiry_date":
        return max(fits[field], profile.months, profile.date_numbers, 0.5)
    if field in {"unit_cost", "gtin"}:
        return max(fits[field], profile.numbers)
    return max(fits[field], 1.0 - profile.dates - profile.fractions)


ITEMS = Schema(
    fields=FIELDS,
    missing=missing_fields,
    labels=LABELS,
    synonyms=SYNONYMS,
    languages=LANGUAGES,
    keys=("sku", "name", "gtin"),
    value_scores=value_scores,
    named_fit=named_fit,
    wanted=("sku", "name", "quantity"),
    instead={"sku": ("gtin", "name")},
    dates=frozenset({"expiry_date"}),
    numbers=NUMBERS,
    whole_numbers=frozenset({"quantity", "reorder_point", "reorder_quantity", "shelf_life_days"}),
    vague=_VAGUE,
    what="list of items",
    rows="rows with items",
    every_row=True,
)
