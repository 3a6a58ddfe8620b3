"""The independent check: judges a finished PDF from nothing but its own bytes, and fails closed."""

from sar.documents.verify.findings import Channel, Check, Finding, Verification, parse_verification
from sar.documents.verify.joined import Joined, check_joined
from sar.documents.verify.run import verify, verify_step
from sar.documents.verify.subject import Expected, FileKind, OcrPolicy

__all__ = [
    "Channel",
    "Check",
    "Expected",
    "FileKind",
    "Finding",
    "Joined",
    "OcrPolicy",
    "Verification",
    "check_joined",
    "parse_verification",
    "verify",
    "verify_step",
]
