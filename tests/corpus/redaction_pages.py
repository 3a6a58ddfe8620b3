"""Every file of the redaction corpus, by name: one secret each, hidden in one way each."""

from tests.corpus import (
    redaction_annotations,
    redaction_invisible,
    redaction_pictures,
    redaction_structure,
    redaction_text,
)
from tests.corpus.redaction_sheet import AREA, CASES, KEPT, SECRETS, Case, Sheet

__all__ = ["AREA", "CASES", "FAMILIES", "KEPT", "SECRETS", "Case", "Sheet"]

FAMILIES = (
    redaction_annotations,
    redaction_invisible,
    redaction_pictures,
    redaction_structure,
    redaction_text,
)
