"""The independent check: judges a finished PDF from nothing but its own bytes, and fails closed."""

from sar.documents.verify.findings import Channel, Check, Finding, Verification, parse_verification
from sar.documents.verify.run import verify, verify_step
from sar.documents.verify.subject import OcrPolicy

__all__ = [
    "Channel",
    "Check",
    "Finding",
    "OcrPolicy",
    "Verification",
    "parse_verification",
    "verify",
    "verify_step",
]
