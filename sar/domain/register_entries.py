"""Register rows SVC-01 to SVC-09: the services with a notice of their own."""

from __future__ import annotations

from sar.domain import register_recipients as recipients
from sar.domain.service_entry import (
    Basis,
    Council,
    LawfulBasis,
    RetentionTrigger,
    ServiceEntry,
    ServiceRegime,
)

RBKC, WCC, LBHF = Council.RBKC, Council.WCC, Council.LBHF
TASK, OBLIGATION = LawfulBasis.PUBLIC_TASK, LawfulBasis.LEGAL_OBLIGATION
GENERAL_INBOXES = ((RBKC, "rbkc-dataprotectionact"), (WCC, "wcc-dataprotection"))

OWN_NOTICES = (
    ServiceEntry(
        id="SVC-01",
        name="Children's Services",
        synonyms=(
            "children's services",
            "children's social care",
            "social services",
            "social care",
            "social work",
            "social worker",
            "looked after",
            "in care",
            "leaving care",
            "care leaver",
            "fostering",
            "foster care",
            "adoption",
            "child protection",
            "child in need",
            "children and families",
        ),
        councils=(RBKC, WCC),
        controller="Each council for itself",
        bases=(
            Basis(
                (TASK,),
                "Public task: Crime and Disorder Act 1998 s.115, Children Act 1989 s.17, Children "
                "Act 2004 s.11, Education Act 1996 s.537A, Welfare Reform Act 2012 ss.131 and "
                "134, Digital Economy Act 2017",
            ),
        ),
        regime=ServiceRegime.UK_GDPR,
        retention="As the corporate retention schedule says.",
        retention_trigger=RetentionTrigger.CORPORATE_SCHEDULE,
        sar_inbox=GENERAL_INBOXES,
        recipients=recipients.GENERAL,
        team="children-social-care",
        quirks=(
            (
                "One notice says copied data can move to another authority. That is a transfer "
                "between authorities, not portability under Article 20."
            ),
            "London Fire Brigade is named in one notice only; the list holds both.",
        ),
    ),
    ServiceEntry(
        id="SVC-02",
        name="Supporting Families",
        synonyms=("supporting families", "troubled families", "supporting families programme"),
        councils=(WCC, RBKC),
        controller="Not named in the notice",
        bases=(
            Basis(
                (LawfulBasis.UNSTATED,),
                "No Article named: Crime and Disorder Act 1998, Children Acts 1989 and 2004, "
                "Welfare Reform Act 2012, Localism Act 2011, Local Government Act 1972",
                note="Public task assumed. The Data Protection Officer to confirm.",
            ),
        ),
        regime=ServiceRegime.UK_GDPR,
        retention="Up to 1 year after the end of the programme.",
        retention_trigger=RetentionTrigger.PROGRAMME_END,
        sar_inbox=GENERAL_INBOXES,
        recipients=recipients.SUPPORTING_FAMILIES,
        team="supporting-families",
        quirks=(
            (
                "The notice is Westminster's, its postal address is Kensington and Chelsea's and "
                "its e-mail Westminster's: ask which borough."
            ),
        ),
    ),
    ServiceEntry(
        id="SVC-03",
        name="Participation (NEET) tracking",
        synonyms=(
            "neet",
            "prospects",
            "participation tracking",
            "not in education, employment or training",
            "careers service",
            "connexions",
        ),
        councils=(WCC, RBKC),
        controller="Westminster City Council; Prospects Services is its processor",
        bases=(Basis((OBLIGATION, TASK), "Statutory duty, no Article named"),),
        regime=ServiceRegime.UK_GDPR,
        retention="Until the young person turns 25.",
        retention_trigger=RetentionTrigger.TWENTY_FIFTH_BIRTHDAY,
        sar_inbox=GENERAL_INBOXES,
        recipients=recipients.PARTICIPATION,
        team="neet-tracking",
        quirks=(
            "Prospects loses access when its contract ends: collect what it holds before then.",
            "A request that reaches Prospects has reached the council.",
        ),
    ),
    ServiceEntry(
        id="SVC-04",
        name="Family Hubs",
        synonyms=(
            "family hub",
            "family hubs",
            "bessborough",
            "church street family hub",
            "queens park family hub",
            "queen's park family hub",
            "early help",
            "family plan",
        ),
        councils=(WCC,),
        controller="Westminster City Council; each partner for its own records",
        bases=(
            Basis(
                (LawfulBasis.CONSENT, TASK),
                '"With your agreement", no Article named',
                note="Treated as consent or public task. The Data Protection Officer to say.",
            ),
        ),
        regime=ServiceRegime.UK_GDPR,
        retention="Up to 3 years from last contact.",
        retention_trigger=RetentionTrigger.LAST_CONTACT,
        sar_inbox=((WCC, "wcc-dataprotection"),),
        recipients=recipients.FAMILY_HUB,
        team="family-hubs",
        quirks=(
            (
                'The notice also says "until December 2021", which has passed: the notice is out '
                "of date."
            ),
        ),
    ),
    ServiceEntry(
        id="SVC-05",
        name="Children's Centres",
        synonyms=("children's centre", "childrens centre", "children's centres", "sure start"),
        councils=(WCC,),
        controller="Westminster City Council",
        bases=(
            Basis(
                (OBLIGATION, TASK),
                "Children Act 2004, Childcare Act 2006, Children and Families Act, Education Act "
                "1996; no Article survives in the notice",
                note="The Data Protection Officer to confirm.",
            ),
        ),
        regime=ServiceRegime.UK_GDPR,
        retention="Until the end of the academic year in which the youngest child turns 6.",
        retention_trigger=RetentionTrigger.YOUNGEST_CHILD_TURNS_SIX,
        sar_inbox=((WCC, "wcc-dataprotectionact"),),
        recipients=recipients.CHILDRENS_CENTRES,
        team="childrens-centres",
        quirks=(
            "The complaint address in the notice is blank: use the Data Protection Officer.",
            "Holds National Insurance and NASS numbers: treat them as high risk.",
        ),
    ),
    ServiceEntry(
        id="SVC-06",
        name="Youth Offending Team",
        synonyms=(
            "youth offending",
            "youth offending team",
            "youth offending service",
            "youth justice",
            "yot",
            "yos",
            "yjs",
        ),
        councils=(WCC, RBKC),
        controller="Westminster City Council; Kensington and Chelsea has a like notice",
        bases=(
            Basis(
                (OBLIGATION, LawfulBasis.LAW_ENFORCEMENT),
                "Article 6(1)(c); Article 10",
            ),
        ),
        regime=ServiceRegime.SPLIT_PART_3,
        retention="Youth Justice Board policy; nothing is deleted while the inquiry hold is on.",
        retention_trigger=RetentionTrigger.INQUIRY_HOLD,
        sar_inbox=GENERAL_INBOXES,
        recipients=recipients.YOUTH_OFFENDING,
        team="youth-offending",
        quirks=(
            (
                'The notice says there is "no legal right to refuse processing". That removes the'
                " right to object, not access, rectification, restriction or complaint: log and "
                "answer every request."
            ),
            "Ask at triage which records are kept for law enforcement (DPA 2018 Sch 7 para 46).",
            (
                '"Goddard Enquiry" is the Independent Inquiry into Child Sexual Abuse: records '
                "are on hold."
            ),
            "YOT and YOS are one team.",
        ),
        special_category_stated="Article 9(2)(i)",
        special_category_suggested="Article 9(2)(g)",
    ),
    ServiceEntry(
        id="SVC-07",
        name="MASH and MASE panel",
        synonyms=(
            "mash",
            "mase",
            "multi-agency safeguarding hub",
            "multi agency safeguarding",
            "multi-agency sexual exploitation",
            "front door",
            "safeguarding hub",
        ),
        councils=(RBKC, WCC, LBHF),
        controller="Not named; joint in practice between three councils",
        bases=(
            Basis(
                (OBLIGATION, TASK),
                '"Legal obligation" or public task: Children Act 1989 ss.17 and 47, Children Act '
                "2004 ss.10 and 11",
            ),
        ),
        regime=ServiceRegime.UK_GDPR,
        retention='A "formalised council retention schedule".',
        retention_trigger=RetentionTrigger.CORPORATE_SCHEDULE,
        sar_inbox=((RBKC, "rbkc-dataprotectionact"), (WCC, "wcc-accesstochildrensservices")),
        recipients=recipients.MASH,
        team="mash",
        quirks=(
            (
                "Three boroughs, one mailbox at Westminster, the method on Kensington and "
                "Chelsea's site, no contact for Hammersmith and Fulham: choose a lead."
            ),
            "Collected for immediate risk assessment only, not for later assessments.",
        ),
    ),
    ServiceEntry(
        id="SVC-08",
        name="SEND and Educational Psychology",
        synonyms=(
            "send",
            "special educational needs",
            "sen team",
            "ehcp",
            "ehc plan",
            "education, health and care plan",
            "education health and care",
            "educational psychology",
            "educational psychologist",
            "ed psych",
        ),
        councils=(WCC, RBKC),
        controller="Westminster City Council",
        bases=(
            Basis((OBLIGATION, TASK), 'Article 6(1)(c) and "tasks in the public interest"'),
            Basis(
                (TASK,),
                "Article 6(1)(e), in a later public copy",
                note="The day of the change is not known; the Data Protection Officer to "
                "confirm. The right to object is open under it.",
            ),
        ),
        regime=ServiceRegime.UK_GDPR,
        retention="Until 25, or 6 years from last involvement where that is later.",
        retention_trigger=RetentionTrigger.LATER_OF_25_AND_LAST_INVOLVEMENT,
        sar_inbox=GENERAL_INBOXES,
        recipients=recipients.SEND,
        team="send-ep",
        quirks=("A young person past compulsory school age acts for themselves.",),
    ),
    ServiceEntry(
        id="SVC-09",
        name="London Rescue and Response (County Lines)",
        synonyms=("rescue and response", "county lines", "rescue & response"),
        councils=(RBKC,),
        controller="Royal Borough of Kensington and Chelsea",
        bases=(Basis((TASK,), '"Public task functions"'),),
        regime=ServiceRegime.UK_GDPR,
        retention="7 years; the notice does not say from when, so from case closure.",
        retention_trigger=RetentionTrigger.CASE_CLOSURE,
        sar_inbox=((RBKC, "rbkc-dataprotection"),),
        recipients=recipients.RESCUE_AND_RESPONSE,
        team="rescue-and-response",
        quirks=(
            (
                "The notice is in Westminster's bundle but is about Kensington and Chelsea "
                "residents: the controller is Kensington and Chelsea."
            ),
        ),
    ),
)
