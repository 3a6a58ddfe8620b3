"""Pages withheld whole hold a short notice with the code, and nothing to look at or into."""

from __future__ import annotations

from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.needles import squeeze
from sar.documents.verify.page_objects import TEXT
from sar.documents.verify.page_view import PageView
from sar.documents.verify.subject import Subject

_LONGEST = 260  # letters and digits of a notice, its code included


def check_withheld(subject: Subject, view: PageView, report: Report) -> None:
    """Looks at a page that the plan withholds."""
    code = subject.withheld.get(view.number)
    if code is None:
        return
    report.count += 1
    text = view.text.squeezed
    rest = text.replace(squeeze(code), "", 1)
    if "pageleftout" not in rest or len(rest) > _LONGEST or rest == text:
        sentence = "A page to be withheld does not hold the notice and nothing else."
        report.find(Channel.TEXT, sentence, view.number)
    if any(each.kind != TEXT for each in view.objects):
        sentence = "A page to be withheld still draws more than its notice."
        report.find(Channel.PICTURE, sentence, view.number)


def check_withheld_pages(subject: Subject) -> Report:
    """Every page that stands for a withheld one is there."""
    report = Report(count=len(subject.withheld))
    for number in subject.withheld:
        if number > subject.page_count:
            report.find(Channel.MARKS, f"There is no page {number} to stand for the withheld one.")
    return report
