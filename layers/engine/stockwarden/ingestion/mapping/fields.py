"""The canonical fields of an inventory, and the names that warehouse systems give them."""

from collections.abc import Iterable

REQUIRED: tuple[str, ...] = ("pallet_id", "location")
# Without a pallet id, the first of these that a row has names what lies there.
ITEM: tuple[str, ...] = ("product_code", "description")
WANTED: tuple[str, ...] = ("creation_date", "receipt_number", "description")
OPTIONAL: tuple[str, ...] = (
    "quantity",
    "unit",
    "product_code",
    "expiry_date",
    "lot",
    "storage_class",
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


LABELS: dict[str, str] = {
    field: {"sscc": "SSCC", "gtin": "GTIN"}.get(field, field.replace("_", " ")) for field in FIELDS
}


def missing_fields(held: Iterable[str]) -> tuple[str, ...]:
    """What an inventory with these fields lacks to be analyzed; empty if it has enough.

    That is a location, and a pallet id or an item.
    """
    present = set(held)
    named = not present.isdisjoint(("pallet_id", *ITEM))
    lacks = {"pallet_id": not named, "location": "location" not in present}
    return tuple(field for field in REQUIRED if lacks[field])


# Written as `header_words` in names.py leaves a header: lower case, without accents or signs.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "pallet_id": (
        "pallet id", "pallet", "pallet number", "pallet code", "pallet identifier",
        "pallet reference", "pallet barcode", "license plate", "license plate number",
        "licence plate", "lpn", "lpn number", "lp", "handling unit", "handling unit id", "hu",
        "hu number", "unit load", "unit load id", "ul id", "load unit", "container id",
        "container number", "storage unit", "su number", "stock unit id", "palet", "pale",
        "id pallet", "id palet", "numero pallet", "numero de pallet", "codigo pallet",
        "codigo de pallet", "codigo palet", "numero palet", "matricula", "matricula palet",
        "matricula pallet", "identificador pallet", "tarima", "id tarima", "numero tarima",
        "estiba", "unidad de carga", "paleta", "id paleta", "tag id", "tracking id", "plt",
        "plt id", "lodnum", "lenum", "huident", "hu id", "package", "package id", "id",
        "load id", "carrier id", "unit id", "tote id",
    ),
    "location": (
        "location", "location code", "location id", "location name", "location number",
        "current location", "storage location", "stock location", "bin", "bin location",
        "storage bin", "bin code", "bin number", "slot", "slot number", "position",
        "storage position", "rack position", "rack location", "warehouse location", "place",
        "address", "shelf location", "loc", "ubicacion", "codigo ubicacion",
        "codigo de ubicacion", "ubicacion actual", "posicion", "hueco", "emplazamiento",
        "localizacion", "localidad", "lugar", "celda", "casilla", "stoloc", "lgpla",
    ),
    "creation_date": (
        "creation date", "created", "created at", "created on", "created date", "create date",
        "date created", "creation time", "created time", "creation timestamp",
        "creation date time", "receipt date", "received", "received date", "receive date",
        "received at", "received on", "receiving date", "date received", "receipt time",
        "receipt date time", "received time", "arrival date", "arrived at", "arrival time",
        "entry date", "date in", "in date", "inbound date", "putaway date", "gr date",
        "goods receipt date", "stock date", "fifo date", "timestamp", "date", "date time",
        "fecha", "fecha creacion", "fecha de creacion", "fecha alta", "fecha de alta",
        "fecha recepcion", "fecha de recepcion", "fecha entrada", "fecha de entrada",
        "fecha ingreso", "fecha de ingreso", "fecha llegada", "fecha de llegada", "fecha hora",
        "creado", "creado el", "recibido", "rcvdte", "wdatu", "created date time",
        "created date and time",
    ),
    "receipt_number": (
        "receipt number", "receipt", "receipt id", "receipt code", "receipt reference", "lot",
        "lot number", "lot id", "lot code", "batch", "batch number", "batch id", "batch code",
        "purchase order", "purchase order number", "po", "po number", "asn", "asn number",
        "delivery", "delivery number", "delivery note", "inbound number", "inbound order",
        "receiving number", "goods receipt", "goods receipt number", "grn", "gr number",
        "shipment", "shipment number", "receipt document", "recibo", "numero recibo",
        "numero de recibo", "recepcion", "numero recepcion", "numero de recepcion", "lote",
        "numero lote", "numero de lote", "codigo lote", "albaran", "numero albaran",
        "numero de albaran", "pedido", "pedido de compra", "orden de compra", "partida",
        "remision", "charg", "rcvkey",
    ),
    "description": (
        "description", "product description", "item description", "material description",
        "article description", "goods description", "sku description", "product", "product name",
        "item name", "article name", "material name", "goods", "commodity", "contents",
        "content", "item text", "material text", "long description", "short description",
        "descripcion", "descripcion producto", "descripcion de producto",
        "descripcion del producto", "descripcion articulo", "descripcion del articulo",
        "descripcion material", "producto", "nombre producto", "nombre del producto",
        "nombre articulo", "nombre del articulo", "denominacion", "mercancia", "contenido",
        "maktx",
    ),
    "quantity": (
        "quantity", "quantity on hand", "on hand", "on hand quantity", "stock", "stock quantity",
        "total quantity", "available quantity", "units", "pieces", "pcs", "cases", "cartons",
        "case quantity", "pallet quantity", "each", "eaches", "amount", "count", "cantidad",
        "cantidad total", "cantidad disponible", "existencia", "existencias", "unidades",
        "piezas", "cajas", "bultos", "stock actual", "untqty",
    ),
    "unit": (
        "unit", "uom", "unit of measure", "unit of measurement", "measure unit", "base unit",
        "quantity unit", "unidad", "unidad de medida", "unidad medida", "um", "udm", "medida",
        "meins",
    ),
    "product_code": (
        "product code", "product id", "product number", "sku", "sku code", "sku number",
        "item", "item code", "item number", "item id", "article", "article number",
        "article code", "material", "material number", "material code", "part", "part number",
        "product reference", "item reference", "codigo producto", "codigo de producto",
        "codigo del producto", "codigo articulo", "codigo de articulo", "referencia",
        "referencia articulo", "articulo", "codigo material", "clave producto", "prtnum",
        "matnr", "product", "producto",
    ),
    "expiry_date": (
        "expiry date", "expiry", "expiration", "expiration date", "expires", "expires on",
        "expire date", "exp date", "best before", "best before date", "bbd", "bbe", "use by",
        "use by date", "sell by", "shelf life date", "shelf life expiration date", "sled",
        "date of expiry", "fecha caducidad", "fecha de caducidad", "caducidad", "caduca",
        "fecha vencimiento", "fecha de vencimiento", "vencimiento", "vence", "fecha expiracion",
        "fecha de expiracion", "fecha consumo preferente", "consumo preferente", "vfdat",
    ),
    "lot": (
        "lot", "lot number", "lot id", "lot code", "batch", "batch number", "batch id",
        "batch code", "lot serial number", "production lot", "production batch", "lote",
        "numero lote", "numero de lote", "codigo lote", "lote produccion", "partida", "charg",
    ),
    "storage_class": (
        "storage class", "storage category", "storage group", "storage requirement",
        "storage requirements", "required temperature", "temperature requirement",
        "storage temperature", "handling class", "clase almacenamiento",
        "clase de almacenamiento", "clase de almacenaje", "temperatura requerida",
        "grupo de almacenamiento",
    ),
    "location_type": (
        "location type", "type of location", "bin type", "storage type", "location category",
        "location class", "slot type", "position type", "area type", "zone type",
        "tipo ubicacion", "tipo de ubicacion", "tipo posicion", "tipo de posicion", "tipo hueco",
        "tipo de hueco", "tipo almacen", "loctyp", "lgtyp",
    ),
    "temperature_zone": (
        "temperature zone", "temperature", "temp zone", "temperature class",
        "temperature regime", "temperature range", "temperature condition", "storage condition",
        "storage conditions", "climate zone", "climate", "zone", "zona", "zona temperatura",
        "zona de temperatura", "temperatura", "regimen temperatura", "condicion almacenaje",
        "clima",
    ),
    "last_movement_date": (
        "last movement date", "last movement", "last moved", "last moved at", "last move date",
        "moved at", "moved on", "move date", "movement date", "last transaction date",
        "last move", "last activity", "last activity date", "last transfer date",
        "last change date", "last touched", "fecha ultimo movimiento", "fecha de ultimo movimiento",
        "fecha del ultimo movimiento", "ultimo movimiento", "fecha movimiento",
        "fecha de movimiento", "ultima actividad",
    ),
    "time_in_storage": (
        "time in storage", "time in stock", "time in location", "time in warehouse", "age",
        "stock age", "pallet age", "dwell", "dwell time", "days in storage", "days in stock",
        "days on hand", "days in location", "hours in storage", "hours in location",
        "hours in stock", "age days", "age hours", "age in days", "age in hours", "dwell hours",
        "dwell days", "storage time", "storage duration", "storage days", "duration",
        "time elapsed", "elapsed time", "tiempo en almacen", "tiempo almacenado",
        "tiempo de almacenamiento", "tiempo en ubicacion", "tiempo en stock", "dias en almacen",
        "dias en stock", "dias almacenado", "horas en almacen", "horas en ubicacion",
        "antiguedad", "antiguedad dias", "permanencia", "estancia",
    ),
    "sscc": (
        "sscc", "sscc 18", "sscc18", "sscc number", "sscc code", "serial shipping container code",
        "codigo sscc", "numero sscc",
    ),
    "gtin": (
        "gtin", "gtin 14", "gtin 13", "gtin14", "gtin13", "ean", "ean 13", "ean13", "ean code",
        "upc", "upc code", "dun 14", "itf 14", "trade item number", "codigo ean", "codigo gtin",
    ),
    "weight": (
        "weight", "gross weight", "net weight", "total weight", "pallet weight", "weight kg",
        "gross weight kg", "net weight kg", "kg", "kilos", "mass", "peso", "peso bruto",
        "peso neto", "peso total", "peso kg", "brgew", "ntgew",
    ),
}  # fmt: skip
