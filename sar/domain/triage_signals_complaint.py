"""Signals of a complaint about data, and of the parent's right to a school record."""

from __future__ import annotations

from sar.domain.rights import Right
from sar.domain.triage_signal import EDUCATIONAL, Signal, signal_of

_GRIEVANCE = (
    r"(?:complain\w*|complaints?|unacceptable|disgust\w+|appall\w+|outrag\w+|dissatisf\w+|unhappy|"
    r"not (?:happy|satisfied)|disappoint\w+|unlawful\w*|illegal\w*|breach\w*|broke(?:n)? the law|"
    r"violat\w+|ombudsman|compensation|failed|failure|fed up|furious|upset|distress\w*|"
    r"information commissioner'?s?|\bico\b|shocked|angry)"
)
_TOPIC = (
    r"(?:data|gdpr|privacy|personal information|my information|our information|confidential\w*|"
    r"subject access|\bd?sar\b|redact\w+|blacked out|crossed out|my (?:file|records?|details|data)|"
    r"request for (?:my|our|his|her) (?:file|records?|data|information)|information (?:request|"
    r"rights|was|about me)|(?:his|her|our|their) (?:file|records?|details|information))"
)
_LATE = (
    r"(?:late|overdue|out of time|deadline|(?:one|a|1) month (?:has|is|ago)|time limit|not "
    r"(?:replied|"
    r"responded|answered|had (?:a|any) (?:reply|response))|no (?:reply|response|answer)|ignor\w+|"
    r"still (?:not|haven't|waiting|nothing)|never (?:replied|answered|got|heard)|haven't "
    r"(?:replied|"
    r"responded|answered))"
)

COMPLAINT_SIGNALS: tuple[Signal, ...] = (
    signal_of(
        Right.COMPLAINT,
        "name",
        5,
        "Names the right to complain about data",
        r"\bsection 164a|\bs\.? ?164a|\bdata protection complaint|\bcomplain\w*\b.{0,60}\b(?:data "
        r"protection|data breach|gdpr|privacy|breach of (?:confiden|data))|\bgdpr complaint",
    ),
    signal_of(
        Right.COMPLAINT,
        "core",
        4,
        "Complains about how data or a request was handled",
        rf"\b{_GRIEVANCE}\b",
        rf"\b{_TOPIC}",
    ),
    signal_of(
        Right.COMPLAINT,
        "core",
        4,
        "Says data went to somebody without leave",
        r"\b(?:shared|sent|disclosed|gave|given|passed|leaked|told|emailed|e-mailed|posted|"
        r"published|"
        r"revealed|handed|discussed)\b",
        r"\b(?:my|our|his|her|personal|confidential|private|someone|somebody)\b",
        r"\bwithout (?:my|our|any|his|her|their|asking|telling)\b|\bto (?:my ex|the wrong|his ex|"
        r"her "
        r"ex|the (?:father|mother|whole|other)|a (?:neighbour|stranger|third)|my (?:neighbour|"
        r"landlord|"
        r"employer|abus\w+|husband|former))|\b(?:by mistake|in error|accidentally)\b",
        r"\b(?:data|information|details|address|report|file|records?|letter|notes|business|number|"
        r"assessment|diagnosis|documents?)\b",
    ),
    signal_of(
        Right.COMPLAINT,
        "core",
        4,
        "Says that something private was told without leave",
        r"\b(?:told|disclosed|shared|leaked|revealed|discussed|passed on|talked|spoke|looked at|"
        r"looking "
        r"at|looked up|accessed|accessing)\b.{0,100}\bwithout (?:my|our|any|asking|telling)\b",
    ),
    signal_of(
        Right.COMPLAINT,
        "told",
        3,
        "Says that something private was given away",
        r"\b(?:told|gave|given|shared|disclosed|revealed|sent|showed|leaked)\b.{0,40}\b(?:where "
        r"(?:i|we) "
        r"live|(?:my|our) (?:new |home )?(?:address|number|whereabouts)|about my|my private)\b",
    ),
    signal_of(
        Right.COMPLAINT,
        "law",
        3,
        "Says that data protection law was broken",
        r"\b(?:broken|broke|breaking|against|breach\w*|violat\w+) (?:of )?(?:the )?(?:data "
        r"protection|gdpr|"
        r"privacy|confidential\w*)\b",
    ),
    signal_of(
        Right.COMPLAINT,
        "gaps",
        3,
        "Speaks of what was left out of a file",
        r"\bredacted\b|\bblacked[ -]out\b|\bcrossed out\b|\bpages? (?:\w+ )?missing\b|\bmissing "
        r"pages?\b|"
        r"\bwithheld\b",
    ),
    signal_of(
        Right.COMPLAINT,
        "again",
        1,
        "Wants an answer looked at again",
        r"\b(?:looked at|look at (?:it|this|that)) again\b|\breview(?:ed)?\b|\breconsider\w*|\bwhy "
        r"(?:has|have|was|were|is|are)\b",
    ),
    signal_of(
        Right.COMPLAINT,
        "others",
        3,
        "Was sent what is about somebody else",
        r"\b(?:another|someone else's|somebody else's|other|wrong|different) (?:family|person|"
        r"child|"
        r"people|parent|client|resident)?(?:'s|s')? ?(?:information|details|data|names?|reports?|"
        r"files?|"
        r"records?|letter)\b",
        r"\b(?:sent|received|got|given|contains?|includes?|emailed|posted|found)\b",
    ),
    signal_of(
        Right.COMPLAINT,
        "breach",
        2,
        "Speaks of a breach",
        r"\b(?:serious|data|privacy|a|this|your|confidentiality) breach\b|\bbreach(?:ed|ing)? "
        r"(?:of )?"
        r"(?:my|our|gdpr|data|privacy|confiden)",
    ),
    signal_of(
        Right.COMPLAINT,
        "core",
        4,
        "Is not content with the answer to a request",
        r"\b(?:unhappy|not (?:happy|satisfied|content)|dissatisf\w+|disagree|challeng\w+|dispute|"
        r"appeal\w*|internal review|review)\b",
        r"\b(?:redact\w+|blacked[ -]out|withheld|missing (?:pages?|documents|records)|subject "
        r"access|"
        r"\bd?sar\b|(?:response|reply|answer|disclosure|refusal|decision).{0,40}(?:request|data|"
        r"file|"
        r"records))",
    ),
    signal_of(
        Right.COMPLAINT,
        "core",
        4,
        "Complains that a request is late",
        rf"\b{_LATE}\b",
        r"\bsubject access|\bd?sar\b|\b(?:data|information|access) request|request for (?:my|our|"
        r"his|"
        r"her)\b|\bmy (?:file|records|request|data)\b",
        r"\b(?:complain\w*|unacceptable|unlawful|breach\w*|against the law|illegal\w*|\bico\b|"
        r"information commissioner|disgust\w*|appall\w*|ridiculous|joke|fed up|legal action)\b",
    ),
)

EDUCATIONAL_SIGNALS: tuple[Signal, ...] = (
    signal_of(
        EDUCATIONAL,
        "name",
        5,
        "Names the regulations on a pupil's record",
        r"\bpupil information\b.{0,20}\bregulations|\beducational record|\bcurricular record|"
        r"\bpupil record",
    ),
    signal_of(
        EDUCATIONAL,
        "core",
        4,
        "Asks for a school record",
        r"\b(?:school|pupil|education|academic|nursery)(?:'s)? (?:records?|files?|reports?)\b|"
        r"\b(?:records?|files?)\b.{0,30}\b(?:from|at|held by|kept by) (?:his|her|the|my|their|its) "
        r"(?:\w+ ){0,2}school\b|\bschool\b.{0,30}\b(?:hold|has|have|keep)s?\b.{0,30}\b(?:on|"
        r"about)\b",
        r"\b(?:cop(?:y|ies)|see|view|read|access|obtain|get|request\w*|send|provide|have|want|like|"
        r"look|inspect|need|ask\w*)\b",
    ),
)
