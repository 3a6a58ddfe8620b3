"""The questions behind each exemption with a test; of people, see `fact_questions_people.py`."""

from __future__ import annotations

from sar.domain.fact_questions_people import PEOPLE_FORMS
from sar.domain.facts import AnswerKind, FactForm, FactKind, Question

_LINE, _DAY, _CHOICE = AnswerKind.LINE, AnswerKind.DAY, AnswerKind.CHOICE
_YES_NO = (("yes", "Yes"), ("no", "No"))

_DECIDED = (
    Question(
        "decided_by",
        "Who decided this?",
        "Decided by {}",
        _LINE,
        "Say who decided it",
        hint="Name and post.",
    ),
    Question("decided_on", "When was it decided?", "on {}.", _DAY, "Enter the day it was decided"),
)

EXEMPTION_FORMS = (
    FactForm(
        FactKind.THIRD_PARTY,
        "Somebody else's information",
        "It may be left out only where they do not agree and it is not reasonable to give it "
        "without that (DPA 2018 Sch 2 para 16). Weigh each point of para 16(3).",
        (
            Question(
                "information",
                "What kind of information is it?",
                "The information: {}.",
                required="Say what kind of information it is",
            ),
            Question(
                "confidence",
                "Is a duty of confidence owed to them?",
                "A duty of confidence is owed: {}.",
                _CHOICE,
                "Say if a duty of confidence is owed",
                choices=(*_YES_NO, ("not-known", "Not known")),
            ),
            Question(
                "consent",
                "Were they asked if it may be given?",
                "Consent: {}.",
                _CHOICE,
                "Say if they were asked",
                choices=(
                    ("agreed", "Yes, and they agreed"),
                    ("refused", "Yes, and they refused"),
                    ("no-answer", "Yes, and they have not answered"),
                    ("unsafe", "No, asking would not be safe"),
                    ("not-found", "No, they cannot be found"),
                    ("too-much", "No, asking would be out of proportion"),
                ),
                refusals={
                    "agreed": "They agreed, so nothing is left out for their sake. Take the mark "
                    "back and give the information."
                },
            ),
            Question("asked_on", "When were they asked?", "Asked on {}.", _DAY),
            Question(
                "capable",
                "Can they give consent?",
                "They can give consent: {}.",
                _CHOICE,
                "Say if they can give consent",
                choices=(*_YES_NO, ("not-known", "Not known")),
            ),
            Question(
                "why",
                "Why is it not reasonable to give it without consent?",
                "Not reasonable to give it because: {}.",
                required="Say why it is not reasonable to give it without consent",
            ),
            *_DECIDED,
        ),
        codes=("TP16",),
        later=(("asked_on", "decided_on", "It was decided before they were asked."),),
    ),
    FactForm(
        FactKind.SERIOUS_HARM,
        "Serious harm",
        "Likely serious harm to the health of the person or of somebody else (DPA 2018 Sch 3 "
        "paras 5, 11 and 19). Distress is not enough.",
        (
            Question(
                "who", "Who would be harmed?", "At risk: {}.", _LINE, "Say who would be harmed"
            ),
            Question(
                "harm",
                "What serious harm is likely, and how would these words cause it?",
                "The harm: {}.",
                required="Say what serious harm is likely",
            ),
            Question(
                "prejudice",
                "How would social work suffer by it?",
                "Social work would suffer: {}.",
                hint="The law asks this for SW11.",
            ),
            Question(
                "professional",
                "Which professional gave a written view?",
                "Written view of {}",
                _LINE,
                "Say which professional gave a written view",
                hint="SW11: a senior social worker. ED19: a head teacher or educational "
                "psychologist. HD5: the health professional of the opinion.",
            ),
            Question(
                "view_on", "When did they give it?", "on {}.", _DAY, "Enter the day of their view"
            ),
            *_DECIDED,
        ),
        codes=("SW11", "ED19", "HD5"),
        later=(("view_on", "decided_on", "It was decided before the view was given."),),
    ),
    FactForm(
        FactKind.HEALTH_OPINION,
        "Opinion of a health professional",
        "Health information may be given, or kept back for harm, only on an opinion obtained in "
        "the six months that end with the day it is relied on (DPA 2018 Sch 3 paras 5 and 6).",
        (
            Question(
                "professional",
                "Who gave the opinion?",
                "Opinion of {}",
                _LINE,
                "Say who gave the opinion",
                hint="Name, post and profession.",
            ),
            Question(
                "standing",
                "Why are they the right one?",
                "({}),",
                _CHOICE,
                "Say why they are the right one",
                choices=(
                    ("now", "Now responsible for the person's care"),
                    ("last", "Last responsible for the person's care"),
                    ("suited", "Nobody is or was responsible: they have the right experience"),
                ),
            ),
            Question(
                "obtained_on",
                "When was it obtained?",
                "obtained on {}.",
                _DAY,
                "Enter the day the opinion was obtained",
            ),
            Question(
                "harm",
                "Would giving the information be likely to cause serious harm?",
                "Serious harm is likely: {}.",
                _CHOICE,
                "Say what the opinion is",
                choices=_YES_NO,
            ),
            Question(
                "opinion", "What did they say?", "They said: {}.", required="Say what they said"
            ),
        ),
        codes=("HD5", "HD6"),
    ),
    FactForm(
        FactKind.CHILD_ABUSE,
        "Child abuse data",
        "Whether the person is, was or may be at risk of abuse, asked for by a parent or a court "
        "appointee (DPA 2018 Sch 3 para 21).",
        (
            Question(
                "information",
                "What does the information say?",
                "The information: {}.",
                required="Say what the information is",
            ),
            Question(
                "interests",
                "Why is giving it not in the person's best interests?",
                "Not in their best interests because: {}.",
                required="Say why giving it is not in the person's best interests",
            ),
            Question(
                "professional",
                "Which senior social worker gave a view?",
                "View of {}.",
                _LINE,
                "Say which senior social worker gave a view",
            ),
            *_DECIDED,
        ),
        codes=("CA21",),
    ),
    FactForm(
        FactKind.CRIME,
        "Crime and law enforcement",
        "Giving these words would be likely to harm an inquiry (DPA 2018 Sch 2 para 2; ss.45(4) "
        "and 48(3) for law-enforcement records).",
        (
            Question(
                "purpose",
                "What would be harmed?",
                "At stake: {}.",
                _CHOICE,
                "Say what would be harmed",
                choices=(
                    ("prevention", "Prevention of crime"),
                    ("investigation", "Investigation of crime"),
                    ("detection", "Detection of crime"),
                    ("prosecution", "Catching or prosecuting offenders"),
                    ("tax", "A tax or duty"),
                    ("safety", "Public security, or the rights of others (Part 3 only)"),
                ),
            ),
            Question(
                "prejudice",
                "How would giving these words be likely to harm it?",
                "The harm: {}.",
                required="Say how giving these words would be likely to harm it",
            ),
            Question(
                "police",
                "Who was asked at the police, or at the body that supplied it?",
                "Asked: {}",
                _LINE,
                "Say who was asked at the police or the supplier",
            ),
            Question(
                "asked_on", "When were they asked?", "on {}.", _DAY, "Enter the day you asked"
            ),
            Question("answer", "What did they say?", "Their answer: {}."),
            *_DECIDED,
        ),
        codes=("CT2", "P3R"),
        later=(("asked_on", "decided_on", "It was decided before anybody was asked."),),
    ),
    FactForm(
        FactKind.PRIVILEGE,
        "Legal privilege",
        "A claim to privilege could be kept up, and it has not been given away (DPA 2018 Sch 2 "
        "para 19; s.45A for law-enforcement records).",
        (
            Question(
                "type",
                "What kind of privilege?",
                "Kind: {}.",
                _CHOICE,
                "Say what kind of privilege it is",
                choices=(
                    ("advice", "Advice between a lawyer and a client"),
                    ("litigation", "Papers made for court proceedings"),
                    ("confidence", "An adviser's duty of confidence"),
                ),
            ),
            Question(
                "whose", "Whose privilege is it?", "It belongs to {}.", _LINE, "Say whose it is"
            ),
            Question(
                "waived",
                "Has it been waived?",
                "Waived: {}.",
                _CHOICE,
                "Say if it has been waived",
                choices=_YES_NO,
                refusals={"yes": "Privilege that was waived cannot be claimed. Give the words."},
            ),
            Question(
                "legal",
                "Who in legal services confirmed it?",
                "Confirmed by {}",
                _LINE,
                "Say who in legal services confirmed it",
            ),
            Question(
                "confirmed_on", "When?", "on {}.", _DAY, "Enter the day legal services confirmed it"
            ),
            *_DECIDED,
        ),
        codes=("LPP19", "P3L"),
        later=(("confirmed_on", "decided_on", "It was decided before legal services confirmed."),),
    ),
    FactForm(
        FactKind.EXPECTATION,
        "Told in private",
        "The person gave it, or was examined, expecting that it stays private from whoever asks "
        "for them now, or said that it must (DPA 2018 Sch 3 paras 4 and 10).",
        (
            Question(
                "basis",
                "How do we know?",
                "It is private because: {}.",
                _CHOICE,
                "Say how we know",
                choices=(
                    ("given", "They gave it expecting that"),
                    ("examined", "They were examined expecting that"),
                    ("said", "They said that it must not be given"),
                ),
            ),
            Question(
                "lifted",
                "Have they since said that it may be given?",
                "They have lifted it: {}.",
                _CHOICE,
                "Say if they have lifted it",
                choices=_YES_NO,
                refusals={"yes": "They said that it may be given, so this code falls away."},
            ),
            Question("view", "What do they say now?", "They say: {}."),
            *_DECIDED,
        ),
        codes=("HD4", "SW10"),
    ),
    FactForm(
        FactKind.NEGOTIATION,
        "Talks with the person",
        "What the council means to do in talks with the person (DPA 2018 Sch 2 para 23). It lapses "
        "when the talks are over.",
        (
            Question("talks", "What are the talks about?", "The talks: {}.", required="Say what"),
            Question(
                "going_on",
                "Are they still going on?",
                "Still going on: {}.",
                _CHOICE,
                "Say if the talks are still going on",
                choices=_YES_NO,
                refusals={"no": "The talks are over, so NG23 has lapsed. Give the words."},
            ),
            Question(
                "prejudice",
                "How would giving these words be likely to harm them?",
                "The harm: {}.",
                required="Say how giving these words would be likely to harm the talks",
            ),
            *_DECIDED,
        ),
        codes=("NG23",),
    ),
    FactForm(
        FactKind.REFERENCE,
        "Confidential reference",
        "Given or received in confidence, for one of the purposes of DPA 2018 Sch 2 para 24.",
        (
            Question(
                "purpose",
                "What was it for?",
                "For: {}.",
                _CHOICE,
                "Say what the reference was for",
                choices=(
                    ("education", "Education, training or employment"),
                    ("volunteering", "Volunteering"),
                    ("office", "An office"),
                    ("services", "Services the person would provide"),
                ),
            ),
            Question(
                "confidence",
                "Was it given in confidence?",
                "In confidence: {}.",
                _CHOICE,
                "Say if it was given in confidence",
                choices=_YES_NO,
                refusals={"no": "It was not given in confidence, so REF24 does not cover it."},
            ),
            *_DECIDED,
        ),
        codes=("REF24",),
    ),
)

FORMS = {form.kind: form for form in (*EXEMPTION_FORMS, *PEOPLE_FORMS)}
REQUIRED_FOR = frozenset(
    {"SW11", "ED19", "HD5", "CA21", "CT2", "P3R", "LPP19", "P3L", "HD4", "SW10", "NG23", "REF24"}
)


def form_for(code: str) -> FactForm | None:
    """The questions that speak for a code, or None where the law sets no test.

    Law: DPA 2018 Sch 2 paras 2, 16, 19, 23, 24; Sch 3 paras 4, 5, 10, 11, 19, 21; ss.45(4), 45A.
    """
    forms = (form for form in EXEMPTION_FORMS if form.kind is not FactKind.HEALTH_OPINION)
    return next((form for form in forms if code in form.codes), None)


def needs_rationale(code: str) -> bool:
    """Whether a use of this code may not be approved without its answered questions.

    TP16 is weighed mark by mark, so there a missing weighing is told to the approver instead.

    Law: DPA 2018 Sch 2 paras 2, 19, 23, 24; Sch 3 paras 4, 5, 10, 11, 19, 21; s.45(7).
    """
    return code in REQUIRED_FOR
