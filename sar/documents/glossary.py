"""Short words that social-care records use, for the page that helps a person read their file."""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORT_WORDS: dict[str, str] = {
    "ABE": "Achieving Best Evidence: how police and social workers interview a child",
    "ASB": "Anti-social behaviour",
    "CAF": "Common Assessment Framework: a form about what help a child needs",
    "CAFCASS": "The service that tells the family courts what is best for a child",
    "CAMHS": "Child and Adolescent Mental Health Services",
    "CAWN": "Child abduction warning notice",
    "CIC": "Child in care",
    "CIN": "Child in need",
    "CLA": "Child looked after by the council",
    "CP": "Child protection",
    "CPC": "Child protection conference",
    "CPP": "Child protection plan",
    "CSE": "Child sexual exploitation",
    "CYP": "Child or young person",
    "DOB": "Date of birth",
    "DV": "Domestic violence",
    "DVA": "Domestic violence and abuse",
    "EDT": "Emergency duty team: social workers at night and weekends",
    "EHCP": "Education, health and care plan",
    "EPO": "Emergency protection order",
    "EWO": "Education welfare officer",
    "FGC": "Family group conference",
    "FGM": "Female genital mutilation",
    "GP": "Family doctor",
    "HV": "Health visitor, or home visit",
    "ICO": "Interim care order, or the Information Commissioner's Office",
    "ICPC": "Initial child protection conference",
    "IRO": "Independent reviewing officer",
    "ISO": "Interim supervision order",
    "LAC": "Looked after child",
    "LADO": "The person who deals with claims against people who work with children",
    "MARAC": "A meeting about people at high risk of domestic abuse",
    "MASH": "Multi-Agency Safeguarding Hub: where worries about a child are first looked at",
    "MGM": "Mother's mother",
    "NFA": "No further action",
    "NRPF": "No recourse to public funds",
    "PEP": "Personal education plan",
    "PGM": "Father's mother",
    "PLO": "Public Law Outline: steps before and during a court case about care",
    "PR": "Parental responsibility",
    "RCPC": "Review child protection conference",
    "SEN": "Special educational needs",
    "SENCO": "The teacher in charge of special educational needs",
    "SGO": "Special guardianship order",
    "SSW": "Supervising social worker, or senior social worker",
    "SW": "Social worker",
    "TAC": "Team around the child: a meeting of the people who help",
    "TAF": "Team around the family: a meeting of the people who help",
    "UASC": "Child who came to this country alone to seek safety",
    "YOT": "Youth offending team",
    "YP": "Young person",
}
_CAPITALS = re.compile(r"\b[A-Z]{2,7}\b")


def short_words_in(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The short words that stand in these texts, with what they mean, in alphabetical order."""
    found = {word for text in texts for word in _CAPITALS.findall(text)}
    return tuple((word, SHORT_WORDS[word]) for word in sorted(found & SHORT_WORDS.keys()))
