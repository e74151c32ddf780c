"""Every detector, in the order of the receipt. None of these modules imports pandas."""

from stockwarden.detection.detector import Detector
from stockwarden.detection.detectors.cold_chain import cold_chain
from stockwarden.detection.detectors.dock_dwell import dock_dwell
from stockwarden.detection.detectors.duplicate_pallet import duplicate_pallet
from stockwarden.detection.detectors.dwell_outlier import dwell_outlier
from stockwarden.detection.detectors.expired import expired
from stockwarden.detection.detectors.expiring_soon import expiring_soon
from stockwarden.detection.detectors.future_date import future_date
from stockwarden.detection.detectors.gs1_check_digit import gs1_check_digit
from stockwarden.detection.detectors.gtin_sku_mismatch import gtin_sku_mismatch
from stockwarden.detection.detectors.impossible_location import impossible_location
from stockwarden.detection.detectors.inactive_product import inactive_product
from stockwarden.detection.detectors.location_type_mismatch import location_type_mismatch
from stockwarden.detection.detectors.lot_expiry_conflict import lot_expiry_conflict
from stockwarden.detection.detectors.lot_missing import lot_missing
from stockwarden.detection.detectors.lot_straggler import lot_straggler
from stockwarden.detection.detectors.missing_location import missing_location
from stockwarden.detection.detectors.mixed_location import mixed_location
from stockwarden.detection.detectors.overcapacity import overcapacity
from stockwarden.detection.detectors.product_location import product_location
from stockwarden.detection.detectors.quantity_outlier import quantity_outlier
from stockwarden.detection.detectors.quantity_sign import quantity_sign
from stockwarden.detection.detectors.quarantine_dwell import quarantine_dwell
from stockwarden.detection.detectors.shelf_life_impossible import shelf_life_impossible
from stockwarden.detection.detectors.shipping_dwell import shipping_dwell
from stockwarden.detection.detectors.staging_dwell import staging_dwell
from stockwarden.detection.detectors.stagnant_pallet import stagnant_pallet
from stockwarden.detection.detectors.stuck_in_transit import stuck_in_transit
from stockwarden.detection.detectors.unit_mismatch import unit_mismatch
from stockwarden.detection.detectors.unknown_location import unknown_location
from stockwarden.detection.detectors.unknown_product import unknown_product

DETECTORS: tuple[Detector, ...] = (
    lot_straggler,
    missing_location,
    cold_chain,
    overcapacity,
    expired,
    stagnant_pallet,
    stuck_in_transit,
    quarantine_dwell,
    shipping_dwell,
    dock_dwell,
    lot_expiry_conflict,
    shelf_life_impossible,
    gtin_sku_mismatch,
    unknown_location,
    duplicate_pallet,
    impossible_location,
    future_date,
    expiring_soon,
    staging_dwell,
    quantity_sign,
    gs1_check_digit,
    unknown_product,
    unit_mismatch,
    lot_missing,
    location_type_mismatch,
    product_location,
    inactive_product,
    mixed_location,
    dwell_outlier,
    quantity_outlier,
)
