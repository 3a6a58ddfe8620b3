"""Where the head of a mail ends on the page that we set of it."""

from __future__ import annotations

from sar.documents.layout import PageLayout
from sar.documents.page_terms import terms_of

# In the order in which `mail_parts` sets them; a line that goes back in it is of the mail itself.
_LABELS = (
    *("date", "from", "sender", "reply", "to", "cc", "bcc", "subject", "importance"),
    *("resent", "keywords", "comments", "attachments"),
)
_INDENT = 40.0  # points from a label to what stands beside it, at least


def mail_head(layout: PageLayout) -> int:
    """How many terms of a mail's first page are its head: labelled lines, and what runs on."""
    count, place, left = 0, -1, None
    for line in layout.lines:
        terms = terms_of(line.text)
        if not terms:
            continue
        left = line.rect.x0 if left is None else left
        is_label = terms[0] in _LABELS[max(place, 0) :] and abs(line.rect.x0 - left) < 1
        if not is_label and line.rect.x0 < left + _INDENT:
            break
        place = _LABELS.index(terms[0]) if is_label else place
        count += len(terms)
    return count
