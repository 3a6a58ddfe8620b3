"""What a mail leaves open: things to ask, check or do before or beside opening a case."""

from __future__ import annotations

import re
from enum import StrEnum

from sar.domain.triage_signal import CHILD


class Need(StrEnum):
    """An open point of a mail; `sentence` is what the officer reads."""

    WHICH_BOROUGH = "which-borough"
    TWO_COUNCILS = "two-councils"
    OTHER_AUTHORITY = "other-authority"
    AUTHORITY = "authority"
    CHILD = "child"
    CHILD_WRITES = "child-writes"
    DECEASED = "deceased"
    ADOPTION = "adoption"
    COMPLAINT_ALSO = "complaint-also"
    SERVICE_COMPLAINT = "service-complaint"
    FREEDOM_OF_INFORMATION = "freedom-of-information"
    INFORMATION_SHARING = "information-sharing"
    CHILD_AT_RISK = "child-at-risk"
    EXISTING_CASE = "existing-case"
    EARLIER_RECEIPT = "earlier-receipt"
    DIRECT_MARKETING = "direct-marketing"
    REGIME = "regime"
    EXAM_MARKS = "exam-marks"
    SCHOOL = "school"
    SAFE_CONTACT = "safe-contact"
    ADJUSTMENT = "adjustment"
    TRANSLATION = "translation"
    CARE_EXPERIENCED = "care-experienced"
    READ_ATTACHMENT = "read-attachment"
    PERSON_TO_READ = "person-to-read"

    @property
    def sentence(self) -> str:
        """The point in words."""
        return _SENTENCES[self]


_SENTENCES = {
    Need.WHICH_BOROUGH: "Which borough is not clear: ask, or choose one.",
    Need.TWO_COUNCILS: "Sent to both councils: open one case with each.",
    Need.OTHER_AUTHORITY: "Another authority is named: tell the person where to send the request.",
    Need.AUTHORITY: "Written for someone else: ask for proof that the writer may act for them.",
    Need.CHILD: "About a child: check who has parental responsibility and the child's own view.",
    Need.CHILD_WRITES: "The writer may be a child: check that they understand what they ask for.",
    Need.DECEASED: "Somebody has died: only what is about living people is personal data.",
    Need.ADOPTION: "Adoption is mentioned: adoption records have their own access procedure.",
    Need.COMPLAINT_ALSO: "It also complains about data: open a complaint beside the case.",
    Need.SERVICE_COMPLAINT: "It also complains about a service: pass that to complaints.",
    Need.FREEDOM_OF_INFORMATION: "It asks for public information: pass that to the freedom of "
    "information team.",
    Need.INFORMATION_SHARING: "Another body asks about somebody: deal with it as information "
    "sharing.",
    Need.CHILD_AT_RISK: "It may tell of a child at risk: pass it to the MASH front door at once.",
    Need.EXISTING_CASE: "It speaks of an earlier request: match it to its case. If there is none, "
    "open one from the day the earlier request was made.",
    Need.EARLIER_RECEIPT: "Somebody at the council heard of this before: the clock starts on that "
    "day.",
    Need.DIRECT_MARKETING: "This is about adverts or newsletters: stop them at once.",
    Need.REGIME: "Youth offending records: ask which are kept for law enforcement.",
    Need.EXAM_MARKS: "Exam marks have a clock of their own.",
    Need.SCHOOL: "A parent asks for a school record: point them to the school, which has 15 "
    "school days.",
    Need.SAFE_CONTACT: "The writer may not be safe: agree how to make contact first.",
    Need.ADJUSTMENT: "The writer needs help to read or reply: agree a format.",
    Need.TRANSLATION: "Not written in English: have it read by someone who knows the language.",
    Need.CARE_EXPERIENCED: "The writer may have been in care: offer support.",
    Need.READ_ATTACHMENT: "The request may be in an attachment: read it.",
    Need.PERSON_TO_READ: "The words leave room for doubt: a person should read this.",
}

_MARKS = {
    Need.AUTHORITY: (
        r"\b(?:my|our) client|\bon behalf of\b|\bact(?:ing)? for (?:mr|mrs|ms|miss|the|a|"
        r"our|my)|\binstructed by\b|\bconstituents?\b|\bform of authority|\bletter of authority|"
        r"\bpower of attorney|\battorney for|\bdeputy for|\badvocate for|\bsigned consent|"
        r"\bmy (?:mum|mother|father|dad|husband|wife|partner|friend|sister|brother|nan|gran|"
        r"grandmother|neighbour|cousin|uncle|aunt(?:ie)?)(?:'s)? (?:\w+ ){0,3}(?:files?|records?|"
        r"data|"
        r"information|notes)\b"
    ),
    Need.CHILD: (
        rf"\b(?:my|our|her|his|their|two|three|four|both|the) (?:\w+ )?{CHILD}\b|"
        r"\bparental responsibility\b|\bi am (?:the|his|her|their) (?:mother|father|mum|dad|parent|"
        r"guardian|carer)\b"
    ),
    Need.CHILD_WRITES: (
        r"\bi(?:'m| am) (?:only )?(?:[89]|1[0-7])(?: years? old| and| now|,|\.|$)|"
        r"\bi(?:'m| am) in year (?:[3-9]|1[0-3])\b|\bmy mum (?:said|is helping)"
    ),
    Need.DECEASED: (
        r"\bmy late\b|\bdeceased\b|\bpassed away\b|\bhas died\b|\bwho died\b|\bdied (?:in|"
        r"on|last)\b|\bprobate\b|\bexecut(?:or|rix)\b"
    ),
    Need.ADOPTION: r"\badopt(?:ed|ion|ive)\b",
    Need.EXAM_MARKS: r"\bexam (?:marks?|results?|scripts?|papers?)\b|\bgcse (?:marks?|results?)\b",
    Need.SAFE_CONTACT: (
        r"\b(?:do not|don't|please not|never) (?:call|ring|phone|write to|contact|post|"
        r"send (?:anything|letters?))\b|\b(?:my|the) (?:ex|husband|partner|"
        r"father)\b.{0,60}\b(?:must "
        r"not|"
        r"mustn't|cannot|can't|not) (?:know|find out|see|get)\b|\bsafe (?:email|address|number|"
        r"to)\b|"
        r"\bnew address\b.{0,40}\bsecret|\brefuge\b|\bdomestic (?:abuse|violence)\b"
    ),
    Need.ADJUSTMENT: (
        r"\blarge print|\bbraille|\bdyslexi\w+|\beasy read|\bbsl\b|\bsign language|"
        r"\binterpreter|\blearning (?:disabilit\w+|difficult\w+)|\b(?:can't|cannot|struggle to|"
        r"find it "
        r"hard to) read\b|\breasonable adjustment|\bscreen reader|\bvisually impaired|\bautis\w+"
    ),
    Need.CARE_EXPERIENCED: (
        r"\bcare leaver|\bi (?:was|grew up|lived|spent|went|came|ended up) .{0,40}"
        r"\b(?:in care|foster\w*|children's home|looked[- ]after)\b|\bwhen i was in (?:\w+ )?care|"
        r"\bcare[- ]experienced|\bmy time in care|\btaken into care|\bwhile i was in (?:\w+ "
        r"){0,3}care"
    ),
    Need.EARLIER_RECEIPT: (
        r"\b(?:asked|told|spoke (?:to|with)|said to|rang|phoned|called)\b.{0,60}"
        r"\b(?:my|our|the|his|her|a|your) (?:\w+ ){0,2}(?:social worker|worker|key ?worker|"
        r"personal "
        r"advis[eo]r|health visitor|teacher|receptionist|duty (?:desk|team|officer)|front desk|"
        r"reception|call centre|contact centre)\b|\b(?:asked|told) me\b.{0,40}\b(?:yesterday|today|"
        r"this|"
        r"on|last)\b|\b(?:rang|called|phoned|came in|visited)\b.{0,60}\b(?:asking|asked|wants?|to "
        r"ask)\b"
    ),
}
_COMPILED = {need: re.compile(pattern) for need, pattern in _MARKS.items()}


_AT_RISK = re.compile(
    r"\b(?:hits?|beats?|hurts?|hurting|hitting|beating|abus(?:es|ing)|neglect\w*) (?:her|his|their|"
    r"my|"
    r"our|the) (?:\w+ )?(?:kids?|child|children|baby|son|daughter|boy|girl)\b|"
    r"\b(?:bruis\w+|left alone|locked in|not safe at home|scared (?:of going|to go) home|being "
    r"hurt)\b|"
    r"\b(?:make a referral|safeguarding concern|worried (?:about|for)) .{0,30}\b(?:child|children|"
    r"kids|"
    r"baby|boy|girl)\b"
)


def is_child_at_risk(text: str) -> bool:
    """True when the words may tell of a child being hurt now; text as mail_words.plain gives it.

    Law: Children Act 1989 s.47: the desk passes it on, whatever else the mail is.
    """
    return bool(_AT_RISK.search(re.sub(r"\s+", " ", text)))


def needs_in(text: str) -> tuple[Need, ...]:
    """The open points the words of a mail show; text as mail_words.plain gives it."""
    flat = re.sub(r"\s+", " ", text)
    return tuple(need for need, pattern in _COMPILED.items() if pattern.search(flat))
