"""Pages withheld whole hold a short notice with the code, and nothing to look at or into."""

from __future__ import annotations

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.needles import squeeze
from sar.documents.verify.page_objects import TEXT, drawn
from sar.documents.verify.subject import Subject

_LONGEST = 260  # letters and digits of a notice, its code included


def check_withheld(subject: Subject) -> Report:
    """Looks at every page that the plan withholds."""
    report = Report()
    for each in subject.expected.plan.withheld_pages:
        report.count += 1
        if each.page > subject.page_count:
            report.find(Channel.MARKS, f"There is no page {each.page} to stand for the withheld.")
            continue
        text = subject.texts[each.page - 1].squeezed
        rest = text.replace(squeeze(each.code), "", 1)
        if "withheld" not in rest or len(rest) > _LONGEST or rest == text:
            sentence = "A page to be withheld does not hold the notice and nothing else."
            report.find(Channel.TEXT, sentence, each.page)
        page = subject.document[each.page - 1]
        try:
            objects = drawn(page, subject.frames[each.page - 1])
            if any(item.kind != TEXT for item in objects):
                sentence = "A page to be withheld still draws more than its notice."
                report.find(Channel.PICTURE, sentence, each.page)
        finally:
            page.close()
    return report
