"""Signals of a request to put data right or to delete it."""

from __future__ import annotations

from sar.domain.rights import Right
from sar.domain.triage_signal import CHILD, Signal, signal_of

RECORD_TOPIC = (
    r"(?:files?|records?|reports?|assessments?|plans?|system|database|notes?|minutes|"
    r"date of birth|dob|birthday|surnames?|names?|address(?:es)?|spelling|spelt|spelled|ethnicity|"
    r"gender|nationality|religion|details|information|data|chronolog(?:y|ies)|ehcp?|entry|entries|"
    r"recorded|written|listed|says?|states?|stated|statement|document|log|diagnosis|history)"
)
_WRONG = (
    r"(?:wrong(?:ly)?|disput\w+|refut\w+|incorrect(?:ly)?|inaccura\w+|false(?:ly)?|untrue|not true|"
    r"isn't true|"
    r"wasn't true|(?:not|isn't|aren't|wasn't) (?:correct|right|accurate|factual)|mistakes?|"
    r"mistaken|"
    r"errors?|misspel\w+|mis-spel\w+|out[- ]of[- ]date|outdated|misleading|lies|a lie|fabricated|"
    r"never happened|made up|mixed (?:me )?up|someone else's|somebody else's|instead of|should (?:"
    r"say|read)|not my|isn't my|never (?:said|did|had|been|lived)(?! (?:shown|given|told|sent|"
    r"asked|allowed|able))|incomplete|missing from)"
)
_FIX = (
    r"(?:correct(?:ed|ing|ion|ions)?|rectif\w+|amend\w*|fix(?:ed)?|put(?:ting)? (?:it |this |that |"
    r"them |these |things )?right|alter(?:ed)?|set the record straight|edit(?:ed)?|revis\w+|"
    r"replac\w+|change[ds]?|changing|updat\w+|add (?:a|my) (?:note|statement|comment|version|side)|"
    r"sort(?:ed)? (?:it|this|that)?|remove[d]?)"
)

RECTIFICATION_SIGNALS: tuple[Signal, ...] = (
    signal_of(
        Right.RECTIFICATION,
        "name",
        4,
        "Names the right to have data put right",
        r"\brectif\w+|\bart(?:icle)?\.? ?16\b|\bright to (?:have .{0,40} )?correct",
    ),
    signal_of(
        Right.RECTIFICATION,
        "core",
        4,
        "Says a record is wrong and asks for it to be put right",
        rf"\b{_WRONG}\b",
        rf"\b{RECORD_TOPIC}\b",
        rf"\b{_FIX}\b",
    ),
    signal_of(
        Right.RECTIFICATION,
        "core",
        4,
        "Asks for a record to be corrected",
        r"\b(?:correct|correcting|amend|amending|rectify|fix|alter|edit)\b.{0,40}\b(?:my|our|his|"
        r"her|"
        rf"their|the|this|these|{CHILD})\b.{{0,40}}\b(?:files?|records?|reports?|minutes|notes|"
        r"information|data|details|date of birth|dob|names?|surname|spelling|ethnicity|gender|"
        r"address|assessment|chronology|errors?|mistakes?|inaccura\w+)\b",
    ),
    signal_of(
        Right.RECTIFICATION,
        "core",
        2,
        "Says that a record is wrong",
        rf"\b{_WRONG}\b",
        rf"\b{RECORD_TOPIC}\b",
        r"\b(?:i|we|my|me|our|us|his|her|him|their|you)\b",
    ),
    signal_of(
        Right.RECTIFICATION,
        "core",
        3,
        "Asks for a change to the records",
        r"\b(?:change|update|correct|amend|fix|put right|sort out)\b (?:your|the|my|our|his|her|"
        r"their|"
        r"this on your|it on your|that on your|it in your) (?:\w+ )?(?:records?|files?|system|"
        r"database)\b",
    ),
    signal_of(
        Right.RECTIFICATION,
        "says",
        2,
        "Disputes what a record says",
        r"\b(?:minutes|reports?|files?|records?|assessments?|notes|chronology|system|plan|"
        r"statement)\b"
        r".{0,40}\b(?:says?|states?|shows?|claims?|suggests?|implies|describes?) (?:that |how "
        r")?(?:i|we|my|"
        r"he|she|our|they|me|us)\b",
    ),
    signal_of(
        Right.RECTIFICATION,
        "down",
        2,
        "Says how a person is recorded",
        r"\b(?:you|they|it|system|file|records?|letters?) (?:still )?(?:have|has|had|got|keep|"
        r"keeps|"
        r"shows?|call\w*) (?:me|him|her|us|them|my \w+|our \w+)\b.{0,20}\b(?:as|down|listed|"
        r"recorded|wrong\w*|calling)\b|\b(?:recorded|listed|put|shown) (?:me |him |her |us |down "
        r")+as\b|"
        r"\b(?:is|was|are|am) (?:still )?(?:recorded|listed|shown|down)\b.{0,40}\bas\b|"
        r"\bkeep calling\b",
    ),
    signal_of(
        Right.RECTIFICATION,
        "fix",
        2,
        "Asks for a change to what is recorded",
        r"\b(?:please|kindly|can|could|want|need|would like|wish|ask\w*|request\w*|must|should|"
        r"demand)\b.{0,60}"
        rf"\b{_FIX}\b",
        r"\b(?:it|this|that|these|them|file|record|report|system|minutes|notes|chronology|errors?|"
        r"inaccura\w+|mistakes?|to (?:say|show|read|reflect))\b|"
        r"\b(?:amend|rectify|correct|change|fix)\W*$",
    ),
)

_DELETE = (
    r"(?:delet\w+|eras\w+|destroy(?:ed|ing)?|wip(?:e|ed|ing)|shred(?:ded|ding)?|expung\w+|"
    r"get rid of|getting rid of|purg\w+|scrub(?:bed)?|forget(?:ten)?|dispos\w+ of)"
)
_DELETE_SOFT = r"(?:remov\w+|tak(?:e|en|ing) (?:me|us|him|her|them|my|our|everything)|clear(?:ed)?)"
_DATA = (
    r"(?:data|information|details|files?|records?|names?|photos?|photographs?|pictures|images?|"
    r"recordings?|history|profile|account|everything|all of it|footage|documents?|numbers?|"
    r"referrals?|allegations?|paperwork|email address|fingerprints?|notes|reports?|assessments?)"
)

ERASURE_SIGNALS: tuple[Signal, ...] = (
    signal_of(
        Right.ERASURE,
        "name",
        4,
        "Names the right to have data deleted",
        r"\bright (?:to be forgotten|of erasure|to erasure|to (?:have .{0,40} )?(?:erase|"
        r"delet)\w*)|"
        r"\berasure\b|\bart(?:icle)?\.? ?17\b",
    ),
    signal_of(
        Right.ERASURE,
        "core",
        4,
        "Asks for data to be deleted",
        rf"\b{_DELETE}\b.{{0,80}}\b{_DATA}\b|\b{_DATA}\b.{{0,80}}\b{_DELETE}\b",
        r"\b(?:my|our|me|us|his|her|him|their|personal|you (?:have|hold|keep|got)|held|about|"
        rf"{CHILD})\b",
    ),
    signal_of(
        Right.ERASURE,
        "core",
        4,
        "Asks to be taken out of a system",
        rf"\b(?:{_DELETE}|{_DELETE_SOFT})\b.{{0,80}}\b(?:from|off|out of)\b.{{0,30}}\b(?:systems?|"
        r"databases?|records|computers?|files|website|servers?|books)\b",
        r"\b(?:my|our|me|us|his|her|him|their|them|personal|everything|all)\b",
    ),
    signal_of(
        Right.ERASURE,
        "core",
        4,
        "Says the council should no longer hold data",
        r"\b(?:no (?:right|reason|business|need|grounds|basis) (?:to|for|in)?.{0,20}(?:hold|keep|"
        r"retain|stor|hav)\w*|(?:stop|cease) (?:holding|keeping|storing)|should(?:n't| not|n't "
        r"still| "
        r"no longer)(?: still| be)* (?:hold|keep|retain|stor)\w*|(?:don't|do not) want "
        r".{0,30}(?:hold|"
        r"keep|retain|stor)(?:e|ing|ed)?)\b",
        rf"\b{_DATA}\b|\b(?:about|on) (?:me|us|my|him|her|them)\b",
    ),
    signal_of(
        Right.ERASURE,
        "core",
        3,
        "Asks for data to be removed",
        rf"\b{_DELETE_SOFT}\b.{{0,40}}\b(?:my|our|his|her|all|any|personal|{CHILD})\b.{{0,40}}"
        r"\b(?:data|information|details|photos?|photographs?|pictures|images?|files?|records?)\b",
    ),
)
ERASURE_IN_PAIRS: tuple[Signal, ...] = (
    signal_of(
        Right.ERASURE,
        "core",
        4,
        "Speaks of what is held and asks for it to be deleted",
        r"\b(?:it|them|those|these|this|that|all) (?:\w+ ){0,3}(?:deleted|erased|removed|destroyed|"
        r"wiped|gone|shredded)\b|\b(?:delete|erase|destroy|wipe|shred|remove|get rid of) (?:it|"
        r"them|"
        r"those|these|this|that|all)\b",
        rf"\b{_DATA}\b|\bstuff\b|\bwhat (?:you|they) (?:hold|have|got|keep|know)\b",
        r"\b(?:my|our|me|us|his|her|their|you (?:have|hold|keep|kept|got)|recorded|on us)\b",
    ),
)
