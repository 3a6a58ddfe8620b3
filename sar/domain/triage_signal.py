"""What makes a mail a rights request: phrases, their weight, and the sentence that explains them.

A signal holds one or more patterns that must all be found in the same sentence. Within a group
only the heaviest signal counts; the groups of a right add up. Four points make a request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EDUCATIONAL = "educational-record"


@dataclass(frozen=True)
class Signal:
    """A reason to think that a mail uses one right."""

    kind: str
    group: str
    weight: int
    why: str
    patterns: tuple[re.Pattern[str], ...]

    def found_in(self, sentence: str) -> bool:
        """True when every pattern occurs in this plain sentence."""
        return all(each.search(sentence) for each in self.patterns)


CHILD = (
    r"(?:(?:grand|step|god|foster )?(?:son|daughter|child|children|kid|kids|boy|boys|girl|girls|"
    r"baby|twins|nephew|niece|brother|sister|siblings?)(?:'s|s')?)"
)
# "About my daughter's school place" is about a service, not about her record.
_ERRAND = (
    r"(?! (?:school|nursery|transport|appointment|application|admissions?|places?|meals?|allowance|"
    r"trip|homework|reading|class|lunch|uniform|passport|benefits?|payment)\b)"
)
PERSON = (
    r"(?:(?:me|myself|us|ourselves|him|her|them|themselves|mine|mr|mrs|ms|miss|the above|"
    r"children)\b|"
    r"(?:my|our|the|this|his|her|their|that|your) (?:[\w'-]+ ){0,2}?"
    rf"(?:{CHILD}|famil(?:y|ies)|household|mother|mum|father|dad|parents?|husband|wife|partner|ex|"
    r"clients?|childhood|care|time|life|case|placements?|upbringing|home|constituent|carers?|"
    r"person|"
    rf"young person|name|past|situation|history|fostering|adoption)\b(?:'s)?{_ERRAND})"
)
OWNER = (
    r"\b(?:my|mine|our|his|her|their|whose|client'?s?|constituent'?s?|mother'?s|mum's|father'?s|"
    r"dad's|son's|daughter's|child's|children's|family's|person's|brother's|sister's|"
    rf"(?:about|on|regarding|concerning|of|for|(?:relating|relation|regards?) to|naming) {PERSON})"
)
# What shows that the writer wants something, and the ways of being given it.
DESIRE = (
    r"(?:\?|\b(?:please|kindly|can|could|may (?:i|we)|might|would|i'd|want\w*|wish\w*|like|"
    r"request\w*|"
    r"requir\w+|needs?|needed|ask(?:s|ed|ing)?|seek\w*|grateful|appreciate|entitled|right to|"
    r"rights?|"
    r"apply\w*|application|hop(?:e|ing)|after|let (?:me|us|him|her|them)|how (?:do|can|would|to)|"
    r"what|"
    r"interested|demand\w*|send|provide|supply|disclose|give|show|tell me|forward|trying to|should|"
    r"under the|pursuant|am owed|due|copies of|copy of|love to|support\w*|help\w*|allowed|able to|"
    r"must)\b)"
)
GET = (
    r"\b(?:cop(?:y|ies)|see|seeing|view|read|inspect|access\w*|obtain\w*|get|getting|have|receive|"
    r"send|sent to me|provide\w*|supply|supplied|give|given|disclos\w+|releas\w+|share with|show|"
    r"look (?:at|through|over)|hand (?:over|me)|forward|find out|know|collect|download|print|email "
    r"me|"
    r"post me|tell (?:me|us)|request\w*|apply\w*|application|sight of|get hold|listen to|go "
    r"through|"
    r"find|trace|locate)\b"
)
WANT_IT = (
    r"\b(?:want(?:s|ed|ing)?|needs?|requires?|request(?:s|ed|ing)?|like|after|seek(?:s|ing)?|"
    r"demand|"
    r"ask(?:s|ed|ing)? (?:you )?for|apply(?:ing)? for|application for|entitled to|am owed|"
    r"due)\b(?! to\b)"
    r".{0,60}"
)
STRONG_RECORD = (
    r"\b(?:files?|records?|case ?notes?|case ?files?|notes|paperwork|dossiers?|case history|"
    r"chronolog(?:y|ies)|life ?story (?:book|work)|logs|case recordings?)\b"
)
SOFT_RECORD = (
    r"\b(?:information|data|documents?|documentation|reports?|minutes|e-?mails?|letters|"
    r"assessments?|correspondence|recordings?|footage|cctv|statements?|referrals?|history|details|"
    r"messages|plans?|papers|photos?|photographs|transcripts?)\b"
)
HELD = (
    r"\b(?:you|ye|council|authority|borough|services?|departments?|team|school|they|staff|workers?|"
    r"rbkc|wcc|westminster|kensington|chelsea|yot|mash|centre|hub|are|is|be|being|was|were|been|"
    r"she|he|people|anyone|someone|manager|teacher|police)\b"
    r".{0,40}\b(?:hold|holds|held|holding|have|has|had|keep|keeps|kept|keeping|got|stored?|stores|"
    r"process|processes|processed|processing|collect|collected|recorded|record|wrote|written|write|"
    r"put|said|saying|know|knows|share|shared|passed|given|told|sent|disclosed|reported|noted)\b"
)
ABOUT = (
    r"\b(?:about|on|of|for|against|regarding|concerning|involving|naming|"
    rf"(?:relating|relation|relates?|regards?|related|respect) (?:to|of))\s+{PERSON}"
)
EVERYTHING = r"\b(?:everything|anything|all|what|whatever|whatsoever|any|stuff|things?|whole lot)\b"


def signal_of(kind: str, group: str, weight: int, why: str, *patterns: str) -> Signal:
    """A signal from uncompiled patterns, written for plain lower-case text."""
    return Signal(kind, group, weight, why, tuple(re.compile(each) for each in patterns))
