"""Who is writing, and what a mail is when it is not a rights request."""

from __future__ import annotations

import re

from sar.domain.errors import DomainError
from sar.domain.inboxes import canonical_address, council_of
from sar.domain.mail import MailFacts
from sar.domain.service_entry import Council
from sar.domain.triage_signal import CHILD

_AUTO_SUBJECT = re.compile(
    r"^\s*(?:automatic (?:reply|response)|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the "
    r")?office|"
    r"away from (?:the )?office|on (?:annual )?leave|read:|accepted:|declined:|tentative:|"
    r"cancell?ed:|"
    r"réponse automatique|we have received your (?:email|message|enquiry))",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"^\s*(?:undeliver(?:able|ed)|delivery (?:status notification|has failed|failure)|mail "
    r"delivery "
    r"(?:failed|system)|returned mail|failure notice|message not delivered|not read:)",
    re.IGNORECASE,
)
_AUTO_BODY = re.compile(
    r"\b(?:i am|i'm|i will be|we are) (?:currently )?(?:out of (?:the )?office|on (?:annual|"
    r"maternity|"
    r"sick|paternity)? ?leave|away from)|\bthis is an? (?:automated|automatic) (?:reply|response|"
    r"message|acknowledgement|email)|\bthis (?:mailbox|inbox) is not monitored|\bi (?:have "
    r")?no(?:w)? "
    r"(?:longer )?(?:left|work (?:for|at))|\bthank you for (?:your email|"
    r"contacting).{0,80}\b(?:aim to|"
    r"will) (?:reply|respond|get back)"
)
_AGENCY_DOMAINS = re.compile(
    r"(?:^|\.)(?:police\.uk|cafcass\.gov\.uk|justice\.gov\.uk|hmcts\.net|cps\.gov\.uk|nhs\.net|"
    r"nhs\.uk|"
    r"sch\.uk|dwp\.gov\.uk|homeoffice\.gov\.uk|hmrc\.gov\.uk|ofsted\.gov\.uk|gov\.uk|"
    r"judiciary\.uk)$"
)
_AGENCY_WORDS = re.compile(
    r"\bschedule 2,? (?:part 1,? )?para\w*|\bsection 29\b|\bs\.? ?29\b|\bprevention (?:or|and|of) "
    r".{0,30}"
    r"detection|\bapprehension (?:or|and) prosecution|\bcrime reference|\bcad (?:ref|number)|"
    r"\binvestigating officer|\bdetective (?:constable|sergeant|inspector)|\b(?:dc|ds|di|pc) "
    r"[a-z]+ "
    r"\d{3,}|\bwe are investigating|\bour investigation into|\bsafeguarding checks?|\bsection 7 "
    r"report|"
    r"\blocal authority checks?|\bannex d\b|\b2013 protocol|\bthird[- ]party material|\bform f\b|"
    r"\b(?:are|is) (?:they|he|she|this (?:family|child|person)|the family|either|anyone) (?:\w+ "
    r")?known "
    r"(?:to|by)|\bknown to (?:your|children's|social) (?:services|social care)\?|\bproduction "
    r"order|"
    r"\bwitness summons|\bdbs (?:check|disclosure)|\b(?:fostering|adoption|agency|viability|"
    r"kinship) "
    r"(?:check|assessment of)|\bstatutory check|\bcafcass\b|\bcoroner|\binquest\b|\bserious case "
    r"review|\bpractice review|\brapid review|"
    r"\bchild(?:ren)? (?:has|have) (?:moved|"
    r"transferred|started|enrolled)\b|\bsharing (?:of )?information under section 47"
)
_PROCEEDINGS = re.compile(
    r"\bcase management (?:order|hearing)|\bdirections (?:order|hearing|of the court)|\bthreshold "
    r"document|\badvocates'? meeting|\bposition statement|\bdisclosure (?:into|in) (?:the |these )?"
    r"(?:\w+ )?proceedings|\bcourt bundle|\bevidence bundle|\bcpr\b|\bpre-?action|\bletter before "
    r"(?:claim|action)|\bjudicial review|\bfinal hearing|\bissues resolution|\bfiled and served|"
    r"\bpursuant to (?:the|paragraph|an) .{0,20}order|\border of (?:the court|his honour|her "
    r"honour|"
    r"district judge)|\bcase number [a-z]{2}\d"
)
_SELLING = re.compile(
    r"\b(?:webinar|training (?:course|session|day)|conference|book your place|register (?:now|"
    r"today|"
    r"here)|free trial|demo\b|our (?:product|software|solution|platform|clients include)|special "
    r"offer|"
    r"view (?:this email )?in (?:your )?browser|sponsor\w*|cpd\b|white ?paper|discount|sign up|"
    r"early bird|case study|return on investment|brochure|pricing|no obligation|compliance "
    r"solution|"
    r"click (?:here|the link|below)|limited time|outsourced|audits?|quote\b|"
    r"we (?:offer|specialise|can help you)|unsubscribe|seo\b|our services)\b"
)
_FRAUD = re.compile(
    r"\bverify your (?:account|identity|mailbox)|\bpassword (?:expires|will expire|expir)|"
    r"\bmailbox "
    r"(?:is )?(?:almost )?full|\b(?:bitcoin|crypto\w*|lottery|casino|viagra|inheritance|"
    r"beneficiary|next of kin fund|million (?:usd|dollars|pounds))\b|\baccount (?:will be|has "
    r"been) "
    r"(?:suspended|deactivated)|\bwire transfer|\bloan offer|\boverdue invoice|\binvoice attached|"
    r"\bupdate your payment"
)
GENERAL = re.compile(
    r"\b(?:training|webinar|backlog|how many|statistics|stats|figures|numbers? of|total number|"
    r"average|polic(?:y|ies)|procedures?|guidance|template|newsletter|conference|performance|"
    r"toolkit|"
    r"compliance rate|workshop|quarter(?:ly)?|audit of|board report|agenda|team meeting|rota|"
    r"software|supplier|tender|vacancy|journalist|reporter|press|piece on|interview|phd|students?|"
    r"research\w*|dissertation)\b"
)
_STAFF_BUSINESS = re.compile(
    r"\b(?:shared drive|case management system|log ?in|permissions?|search(?:es)? (?:request|"
    r"return|form)|nil return|no (?:records|trace) (?:held|found)|"
    r"attach(?:ed|ing)|enclosed|uploaded|please (?:upload|review|approve|redact|complete|search)|"
    r"redactions?|bundle|exemptions?|sign[- ]off|meeting|reminder|deadline|for information|fyi|"
    r"as requested|you asked for|due on)\b"
)
_RELAY = re.compile(
    r"\b(?:mum|mother|father|dad|parents?|client|young person|service user|resident|care leaver|"
    r"she|"
    r"he|they|family|caller|lady|gentleman|man|woman|individual|person|grandmother|carer|leaver|"
    r"applicant|tenant|mr|mrs|ms|miss)\b.{0,80}\b(?:asked|asks|asking|wants?|would like|wishes|"
    r"requested|requesting|is after|demand\w*|wanting|made a|enquir\w+)\b"
)
_FIRST_PERSON = re.compile(
    r"\b(?:about|on|regarding|concerning|relating to|of) (?:me|myself|us)\b|\b(?:my|our) (?:own |"
    r"full |"
    r"entire |old |whole |personal |social \w+ |care |case |complete |late |adopt\w+ |foster |"
    r"childhood )*"
    rf"(?:files?|records?|data|information|notes|childhood|case ?file|history|paperwork|{CHILD})\b"
)
_CLIENT = re.compile(
    r"\b(?:my|our|the) client|\bwe act\b|\bi act\b|\bacting for\b|\binstructed (?:by|to)\b|"
    r"\bform of authority|\bsigned (?:consent|authority|mandate)|\bon behalf of\b"
)
_FOI = re.compile(r"\bfreedom of information|\bf\.?o\.?i\.?a?\b|\benvironmental information reg")
_COMPLAINT = re.compile(
    r"\b(?:complain(?:t|ts|ing)?|stage (?:1|2|one|two)|unacceptable|disgust\w+|appalling|"
    r"ombudsman)\b"
)
_SHARP = re.compile(
    r"\b(?:not (?:at all )?(?:happy|satisfied|content)|unhappy|dissatisf\w+|internal review|"
    r"complain\w*|complaint|unacceptable|ico|information commissioner'?s?|unlawful|against "
    r"the "
    r"law|broke(?:n)? the law|breach\w*|legal action|disgust\w*|appall\w*|ombudsman)\b"
)
_FIGURES = re.compile(
    r"\bhow many (?!pages|times|documents)|\b(?:total )?numbers? of (?:children|requests|people|"
    r"cases|"
    r"families|complaints|breaches)|\bpercentage|\bstatistics"
)
_HISTORY = re.compile(
    r"\b(?:i|we)(?:'ve|'d| have| had)? (?:already |previously |first |recently |originally "
    r")?(?:sent|made|"
    r"submitted|put in|lodged|requested|applied|emailed|e-mailed|wrote|filed|raised|"
    r"asked)\b.{0,140}"
    r"\b(?:ago|in (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|20\d\d)|on (?:the )?\d|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|last (?:week|"
    r"month|"
    r"year)|(?:weeks?|months?) (?:back|now)|already|back in|dated|\d{1,2}(?:st|nd|rd|th)?[ /.-])"
    r"|\b(?:days?|weeks?|months?) (?:ago )?since (?:i|we) (?:first )?(?:asked|requested|sent|made|"
    r"wrote|applied)\b"
    r"|\b(?:follow(?:ing)?[- ]up|further to|chas(?:e|ing)|status of|progress (?:of|on|with)|update "
    r"on|"
    r"news (?:of|on|about)|regarding|about|re|with|(?:response|reply|answer|refusal|delay|handling|"
    r"outcome) (?:to|of|in|with)|acknowledg\w+ (?:of )?) ?:? (?:on )?(?:my|our|the) "
    r"(?:\w+ ){0,3}(?:subject access(?: request)?|d?sars?|(?:data|access|information) request|"
    r"request)\b"
    r"|\bmy (?:\w+ ){0,2}(?:subject access request|d?sar|request)\b.{0,60}\b(?:dated|of \d|made on|"
    r"sent on|submitted|ref\w*|was (?:due|sent|made|received)|is (?:now )?(?:late|overdue|due)|"
    r"number|acknowledged|still)\b"
    r"|\b(?:rbkc|wcc|d?sar|your ref(?:erence)?)[ :/#-]{0,3}(?:no ?|number )?[a-z]*[-/ ]?\d{2,}"
    r"|\b(?:as (?:you )?(?:requested|asked)|you (?:asked|requested)|in (?:reply|response|answer) "
    r"to your)"
    r"\b.{0,80}\b(?:attach\w*|enclos\w*|my (?:id|passport|driving|proof|birth)|here (?:is|are)|"
    r"clarif\w*)"
    r"|\b(?:attach\w*|enclos\w*|here (?:is|are))\b.{0,60}\b(?:my )?(?:id\b|identification|passport|"
    r"driving "
    r"licen[cs]e|proof of|birth certificate|utility bill)\b"
)
_EARLIER = r"\b(?:my|our|the) (?:\w+ ){0,2}(?:subject access(?: request)?|d?sar|request)\b"
_SLOW = (
    r"\b(?:late|overdue|time limit|deadline|gone past|nobody (?:has )?(?:answer|repl)\w*|no "
    r"(?:reply|"
    r"response|answer)|not (?:replied|responded|answered|had)|ignor(?:ed|ing)|still (?:waiting|"
    r"nothing|"
    r"not|no)|haven't (?:replied|responded|answered|had))\b"
)
_OVERDUE = re.compile(rf"{_EARLIER}.{{0,100}}{_SLOW}|{_SLOW}.{{0,100}}{_EARLIER}")
_NOT_ASKING = re.compile(
    r"\bmy name (?:given|mentioned|known|used)\b|"
    r"(?:\bnot|\bnever|n't|\bno longer) (?:\w+ ){0,3}(?:asking for|requesting|want(?:ing)? (?:to "
    r"see|a "
    r"copy)|need (?:a copy|to see)|making an? (?:d?sar|subject|data|access|request)|a (?:subject "
    r"access|"
    r"d?sar))|\b(?:withdraw\w*|cancel\w*|drop\w*|ignore|disregard|scrap) (?:my|the|this|our) "
    r"(?:\w+ ){0,3}(?:request|d?sar)\b|"
    r"\b(?:check|search|look in) (?:your|my|our|the|his|her) (?:records|files|system)|"
    r"\bfor (?:my|our|your) (?:own )?records\b|"
    r"\b(?:i|we)(?: will|'ll| can| have| am going to| are going to|'ve) (?:also |now |then "
    r")?(?:send|sent|"
    r"forward\w*|provide\w*|given?|attach\w*|enclos\w*)\b(?!.*\b(?:please|would like|want|"
    r"request)\b)|"
    r"\b(?:may|might|in case i|will) (?:later |one day |soon )?need (?:my|our|the|this|it|these)\b|"
    r"\bthank(?:s| you)(?: very much| so much)? for (?:sending|providing|letting me have|giving me|"
    r"(?:the|my|your) (?:\w+ ){0,2}(?:files?|records?|copy|copies|documents|bundle|disclosure|"
    r"response|acknowledgement))|\bwe (?:have )?received your (?:request|subject access)"
)


def automatic_kind(mail: MailFacts, own: str) -> str:
    """The sentence that says a machine wrote this, or nothing; own is plain text."""
    if mail.is_bounce or _BOUNCE_SUBJECT.search(mail.subject):
        return "A mail system wrote this to say that a mail was not delivered."
    if mail.is_auto_reply or _AUTO_SUBJECT.search(mail.subject):
        return "This is an automatic reply."
    is_short = len(own.split()) < 120
    if is_short and _AUTO_BODY.search(own) and not _FIRST_PERSON.search(own):
        return "This reads like an automatic reply."
    return ""


def is_sales(mail: MailFacts, text: str) -> bool:
    """True for adverts, newsletters and attempts at fraud."""
    offers = len(set(_SELLING.findall(text)))
    if _FRAUD.search(text) or offers >= 3:
        return True
    return offers >= 1 and (mail.is_bulk or (offers >= 2 and not is_personal(text)))


def is_agency(mail: MailFacts, text: str) -> bool:
    """True when a public body asks about somebody for its own work."""
    if is_personal(text) or _CLIENT.search(text):
        return False
    return bool(_AGENCY_WORDS.search(text)) or is_from_agency(mail)


def is_from_agency(mail: MailFacts) -> bool:
    """True for a sender at the police, courts, NHS, a school or another council."""
    sender = council_of(mail.from_)
    if sender is not None and sender.is_served:
        return False
    return bool(_AGENCY_DOMAINS.search(_domain(mail.from_)))


def is_from_staff(mail: MailFacts) -> bool:
    """True for a sender inside one of the two councils."""
    return council_of(mail.from_) in (Council.RBKC, Council.WCC)


def is_personal(text: str) -> bool:
    """True when the writer speaks of their own or their child's information."""
    return bool(_FIRST_PERSON.search(text))


def is_proceedings(text: str) -> bool:
    """True for a lawyer's letter inside a court case."""
    return bool(_PROCEEDINGS.search(text))


def is_staff_business(mail: MailFacts, text: str) -> bool:
    """True when staff write about work on requests rather than pass one on."""
    return (
        is_from_staff(mail)
        and bool(_STAFF_BUSINESS.search(text) or GENERAL.search(text))
        and not is_relayed(text)
        and not is_personal(text)
    )


def is_relayed(text: str) -> bool:
    """True when somebody reports what another person asked for."""
    return bool(_RELAY.search(text))


def names_freedom_of_information(text: str) -> bool:
    """True when the freedom of information law is named."""
    return bool(_FOI.search(text))


def complains(text: str) -> bool:
    """True for a complaint about anything."""
    return bool(_COMPLAINT.search(text))


def is_history(sentence: str) -> bool:
    """True when a sentence tells of a request made before, or brings what was asked for."""
    return bool(_HISTORY.search(sentence) or _OVERDUE.search(sentence))


def is_grievance(sentence: str) -> bool:
    """True when a sentence complains in so many words, or threatens to go to the regulator."""
    return bool(_SHARP.search(sentence))


def asks_for_figures(sentence: str) -> bool:
    """True when a sentence asks how many, which is nobody's own data."""
    return bool(_FIGURES.search(sentence))


def is_not_asking(sentence: str) -> bool:
    """True when a sentence says that nothing is asked, withdraws, or gives thanks."""
    return bool(_NOT_ASKING.search(sentence))


def _domain(address: str) -> str:
    try:
        return canonical_address(address).rpartition("@")[2]
    except DomainError:
        return ""
