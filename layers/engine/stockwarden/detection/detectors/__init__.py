"""Every detector, in the order of the receipt. None of these modules imports pandas."""

from stockwarden.detection.detector import Detector

DETECTORS: tuple[Detector, ...] = ()
