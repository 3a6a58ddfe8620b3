"""Signals of a request to see or have what is held."""

from __future__ import annotations

import re

from sar.domain.rights import Right
from sar.domain.triage_signal import (
    ABOUT,
    CHILD,
    DESIRE,
    EVERYTHING,
    GET,
    HELD,
    OWNER,
    SOFT_RECORD,
    STRONG_RECORD,
    WANT_IT,
    Signal,
    signal_of,
)

ACCESS_SIGNALS: tuple[Signal, ...] = (
    signal_of(
        Right.ACCESS,
        "name",
        4,
        "Uses the words subject access request, or access to records",
        r"\bsubject[ -]?access|\b(?:d\.?)?s\.?a\.?r'?s?\b|\bright (?:of|to) (?:data )?access|"
        r"\baccess to (?:(?:my|our|his|her|their|the|all|any|[a-z]+'s) ){0,3}(?:[\w']+ ){0,3}"
        r"(?:files?|records)\b|"
        r"\baccess to (?:my|our|his|her|their) (?:[\w']+ ){0,3}(?:data|information)\b|"
        r"\baccess to (?:any |all )?personal (?:data|information)\b|"
        r"\b(?:data protection|gdpr)\b.{0,60}\b(?:mak\w+|submit\w*|put in) (?:a|this|my) request|"
        r"\b(?:whether|if) (?:or not )?(?:you|the council) (?:are |is )?(?:hold|have|process|"
        r"keep)\w*\b.{0,40}\b(?:my|about me|on me|personal data)\b|"
        r"\bdata (?:subject )?(?:access )?request|"
        r"\brequest(?:ing)? (?:for )?(?:my |our |his |her )?personal (?:data|information)",
    ),
    signal_of(
        Right.ACCESS,
        "law",
        4,
        "Names the law on access",
        r"\bart(?:icle)?\.? ?15\b|\bsection 45 of the data|\bsection 7 of the data protection",
    ),
    signal_of(
        Right.ACCESS,
        "act",
        1,
        "Names data protection law",
        r"\bdata protection act|\bgdpr\b|\bdpa ?(?:2018|1998)?\b|\baccess to personal files act",
    ),
    signal_of(
        Right.ACCESS,
        "time",
        1,
        "Names the time the law allows",
        r"\b(?:within|in) (?:one|a|1|the|30|40|28|thirty|forty)? ?(?:statutory |calendar )?"
        r"(?:month|days|calendar)|\bstatutory (?:time|period|deadline)",
    ),
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Asks for records about a person",
        DESIRE,
        rf"{GET}.{{0,120}}{STRONG_RECORD}|{STRONG_RECORD}.{{0,120}}{GET}",
        OWNER,
    ),
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Asks for records about a person",
        rf"{WANT_IT}{STRONG_RECORD}",
        OWNER,
    ),
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Asks for what is held about a person",
        DESIRE,
        rf"{SOFT_RECORD}|{EVERYTHING}",
        HELD,
        ABOUT,
    ),
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Asks for a copy of papers about a person",
        r"\b(?:cop(?:y|ies)|all|every|any|full|complete|entire)\b.{0,60}"
        rf"(?:{SOFT_RECORD})",
        r"\b(?:about|on|concerning|regarding|(?:relating|relation|related|regards?|referring) to|"
        r"of|"
        r"for|that mention(?:s|ing)?|mentioning|involving) "
        rf"(?:me|myself|us|him|her|them|(?:my|our|his|her|their) (?:late |own |two |three |{CHILD}|"
        r"self|family|case|time|client|mother|father|mum|dad|childhood|involvement|care)|"
        r"the (?:family|child|children|above))\b"
        r"|\b(?:my|our|his|her|their) (?:personal |own |private )?(?:data|information)\b",
        DESIRE,
    ),
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Asks for papers about a person",
        DESIRE,
        r"\b(?:minutes|reports?|assessments?|e-?mails?|correspondence|statements?|referrals?|"
        r"recordings?|footage|cctv|transcripts?|documents?|photographs?|messages|letters)\b.{0,80}"
        r"\b(?:about|concerning|regarding|relating to|in relation to|naming|mentioning) "
        rf"(?:me|us|myself|him|her|them|our family|my family|(?:my|our) {CHILD})(?!['\w])",
    ),
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Wants to know what is in the records",
        r"\b(?:what|wat|everything|anything|all that|whatever)(?:'s| is| was|s)? (?:\w+ "
        r"){0,2}(?:in|on) "
        r"(?:my|our|his|her|their) (?:\w+ ){0,2}(?:files?|records?|notes|case ?file)\b",
    ),
    signal_of(
        Right.ACCESS,
        "bare",
        3,
        "Asks for papers only a case file has",
        DESIRE,
        r"\b(?:cop(?:y|ies)|see|read|send|forward|provide|supply|let me have|disclose|release|"
        r"access|"
        r"obtain|want)\b(?:(?!comments|views|for the|before|after|from the).){0,60}\b(?:case "
        r"(?:recordings?|notes?|files?)|strategy (?:meeting|"
        r"discussion)|"
        r"core group|chronology|(?:lac|looked[- ]after|iro) reviews?|assessments?|conference "
        r"minutes|"
        r"social work records|placement logs?|life story)\b",
    ),
    signal_of(
        Right.ACCESS,
        "file",
        2,
        "Wants to see a file",
        DESIRE,
        r"\b(?:see|read|view|get|obtain|access|cop(?:y|ies) of|find)\b.{0,20}\b(?:the|any|all|a|"
        r"old|whole|"
        r"full|complete) (?:\w+ )?(?:files?|records|case notes|paperwork)\b",
    ),
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Asks which data is held and what is done with it",
        r"\b(?:which|what|how much)\b.{0,40}\b(?:my|our|his|her) (?:\w+ )?(?:details|data|"
        r"information)\b"
        r".{0,40}\b(?:do you|you|are|is|does) (?:\w+ )?(?:store|hold|keep|have|process|collect|use|"
        r"held|"
        r"kept|stored)\w*\b",
    ),
    signal_of(
        Right.ACCESS,
        "bare",
        4,
        "Asks for a recording or notes",
        rf"{WANT_IT}\b(?:recordings?|transcripts?|tapes?|(?:typed|written|interview|meeting|visit) "
        rf"notes)\b",
    ),
    signal_of(
        Right.ACCESS,
        "exist",
        3,
        "Asks whether there are records",
        r"\bis there (?:a|any|my) (?:\w+ )?(?:file|record)\b|"
        r"\b(?:are there|is there|do you|does the council|would you|have you|did you|you) (?:\w+ )?"
        r"(?:any |still |have |hold |keep |kept |got ){1,3}(?:any |my |our |old |the )*(?:records?|"
        r"files?|"
        r"paperwork)\b|\bare there (?:any )?records\b|\b(?:records?|paperwork|files?|"
        r"anything)\b.{0,20}\bexists?\b|"
        r"\b(?:anything|something|whatever|records|photos|photographs|papers) (?:that )?(?:was|"
        r"were|is|are|"
        r"has been|have been|might be|may be|there) (?:still )?(?:kept|held|left|saved|there|"
        r"survive\w*|"
        r"is|are|about)\b",
        r"\?|\bif\b|\bwhether\b",
    ),
    signal_of(
        Right.ACCESS,
        "recorded",
        3,
        "Wants to know what was written down",
        DESIRE,
        r"\bwhat (?:(?:is|was|has|have|had|they|you|she|he|been|being|social|services|workers?|"
        r"council|"
        r"people|staff|team|school|the|your|my) ){1,5}"
        r"(?:recorded|written|wrote|said|noted|kept|held|put down|got on file)\b",
    ),
    signal_of(
        Right.ACCESS,
        "how",
        2,
        "Asks how to get it",
        r"\bhow (?:do|can|would|should|might) (?:i|we) (?:go about )?(?:get|see|apply|ask|request|"
        r"obtain|"
        r"access|find|view|read)\w*\b",
    ),
    signal_of(
        Right.ACCESS,
        "entitled",
        2,
        "Speaks of a right to know",
        r"\b(?:entitled|right|rights|allowed) to (?:know|see|have|read|access|view|a copy)\b",
    ),
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Asks for a recording of themselves",
        DESIRE,
        r"\b(?:recordings?|transcripts?|footage|cctv|voicemails?|tapes?)\b.{0,30}\b(?:of|from|"
        r"with) "
        r"(?:me|us|my|our|the (?:call|meeting|interview|contact))\b",
    ),
    signal_of(
        Right.ACCESS,
        "all",
        3,
        "Asks for everything a service has",
        DESIRE,
        r"\b(?:everything|all (?:of )?(?:it|the (?:papers|paperwork|documents|information|data)))\b"
        r".{0,30}\b(?:from|held by|at) (?:the|your|social)\b",
    ),
    signal_of(
        Right.ACCESS,
        "core",
        3,
        "Asks for a report or an assessment about a person",
        DESIRE,
        r"\b(?:cop(?:y|ies)|see|read|send me|have sight|sight of)\b.{0,60}\b(?:my|our|his|her|"
        r"their|"
        rf"{CHILD})\b.{{0,40}}{SOFT_RECORD}",
    ),
    signal_of(
        Right.ACCESS,
        "core",
        3,
        "Wants to find out about their own past",
        DESIRE,
        r"\b(?:find out|know|understand|learn|piece together|discover|make sense|answers?|tell me|"
        r"fill in|remember|trace|look into|help(?:s|ed)? me(?: to)? (?:get|have|find)|knowing|"
        r"finding out|understanding)\b.{0,100}(?:\bwhy (?:i|we) (?:was|were|went|got|had|came|"
        r"ended|didn't)\b|\bmy (?:childhood|past|early (?:life|years)|life|story|birth|time|years|"
        r"background|history|roots|family|real|biological|birth)\b|\bwhat happened (?:to|when|with|"
        r"in)\b|\bwhere i (?:lived|was)|\bwho (?:i (?:lived|was)|looked after|my (?:real|birth|"
        r"biological|"
        r"foster|parents?|mother|father|family))|\bgaps in my\b|\b(?:the|my) (?:years|time|period) "
        r"(?:that )?i\b|\bwhere i c[ao]me from\b)",
    ),
    signal_of(
        Right.ACCESS,
        "care",
        2,
        "Was in care or known to children's services",
        r"\b(?:in(?:to)? (?:your |the council's |council |local authority |foster )?care\b|"
        r"in(?:to)? the care of|care leaver|"
        r"(?:grew|brought) up in|children's home|foster(?:ed| care| carers?| home| parents?)|"
        r"looked[- ]after|adopted|ward of court|run by the council|nursery home|taken (?:off|from) "
        r"(?:our|my)|put (?:with|into) |care home|placed "
        r"(?:in|with)|under the social|social services|care order|"
        r"section 20|taken away from|removed from (?:my|our))\b",
    ),
)
# Said over two sentences: what is held, then the wish to have it.
ACCESS_IN_PAIRS: tuple[Signal, ...] = (
    signal_of(
        Right.ACCESS,
        "core",
        4,
        "Speaks of what is held about a person and asks for it",
        rf"{HELD}.{{0,60}}(?:{ABOUT})|{STRONG_RECORD}|\bwhat (?:you|they)(?: lot| guys| "
        rf"people)? "
        r"(?:have|hold|got|wrote|kept|know)\b",
        r"\b(?:send|give|show|see|read|have|provide|want|like|get|cop(?:y|ies) of) (?:me |us |to "
        r"see |"
        r"a copy of |copies of |to read |to have )*(?:them|it all|those|these|all of (?:it|"
        r"them))\b(?! to you)|"
        r"\b(?:send|give|show|get) (?:me |us )?(?:it|that)\b|\btell me what (?:it|they|that|"
        r"those)\b|"
        r"\bget (?:all )?(?:of )?(?:that|this|it|them)\b|"
        r"\b(?:copy of|want to see|like to see|like to read|want to read|sight of) (?:it|that|"
        r"this)\b|"
        r"\bi (?:want|would like|wish|need) to (?:see|read|have|know) (?:it|them|what|all|that)\b",
        rf"{OWNER}|\b(?:on me|i|i'm)\b",
    ),
)

# Each a small sign that somebody asks for what is held about them; five together are a request.
_TIE = (
    r"\b(?:about|on|of|in which|concerning|regarding|relating to|to do with|naming|involving) "
    r"(?:me|us|i|myself|herself|himself|themselves|ourselves|him|her|them|(?:my|our) (?:\w+ )?"
    rf"(?:family|{CHILD}|household))\b|\bas (?:the|her|his|their) parents?\b|"
    r"\b(?:my|our) (?:personal|own)\b|\bwhere i am\b"
)
_KEPT = (
    r"\b(?:held|hold|holds|store|stored|kept|keep|keeps|recorded|written|said|wrote|identified|"
    r"logged)\b"
)
LEAN_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{GET}|\b(?:furnish|obliged if|arrange for|come and|in writing)\b",
        rf"{STRONG_RECORD}|{SOFT_RECORD}|{EVERYTHING}|\b(?:material|evidence|which)\b",
        STRONG_RECORD,
        _TIE,
        _KEPT,
        r"\b(?:all|every|any|complete|entire|exactly|full|whole|everything|anything)\b",
    )
)
