"""Letters about changing what is held (rectify, erase, restrict, object), and about complaints."""

from __future__ import annotations

from sar.domain.clock_events import ClockEventType
from sar.domain.letter import (
    Addressee,
    Duty,
    Letter,
    LetterKind,
    Question,
)
from sar.domain.letter_requests import LAW_USED, REASONS, ROUTES
from sar.domain.rights import Right

_K = LetterKind
_RECTIFICATION = frozenset({Right.RECTIFICATION})
_ERASURE = frozenset({Right.ERASURE})
_RESTRICTION = frozenset({Right.RESTRICTION, Right.RECTIFICATION, Right.OBJECTION})
_OBJECTION = frozenset({Right.OBJECTION})
_TOLD_ON = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})
_COMPLAINT = frozenset({Right.COMPLAINT})
_RECIPIENTS = Question(
    "recipients",
    "Whom have you told, or will you tell?",
    "The register's list is here to begin with. Start each with “- ”.",
    is_required=False,
    prefill="recipients",
)
_WHY_REFUSED = Question("reasons", "Why do you refuse?", "About this request, in plain words.")

CHANGES = (
    Letter(
        _K.RECTIFICATION_DONE,
        "Record put right",
        "Says what was corrected or added, and who was told.",
        (Duty("UK GDPR Art 16", "changes"), Duty("UK GDPR Art 19", "recipients"), ROUTES),
        rights=_RECTIFICATION,
        questions=(Question("changes", "What did you correct or add?"), _RECIPIENTS),
        is_answer=True,
    ),
    Letter(
        _K.RECTIFICATION_REFUSED,
        "Record not changed",
        "Says why a record stays as it is, and offers to keep the person's own account with it.",
        (REASONS, Duty("UK GDPR Art 16", "statement_offer"), ROUTES),
        rights=_RECTIFICATION,
        questions=(_WHY_REFUSED, LAW_USED),
        is_answer=True,
    ),
    Letter(
        _K.ERASURE_DONE,
        "Information deleted",
        "Says what was deleted, what was kept and why, and who was told.",
        (Duty("UK GDPR Art 17(1)", "changes"), Duty("UK GDPR Art 19", "recipients"), ROUTES),
        rights=_ERASURE,
        questions=(
            Question("changes", "What did you delete?"),
            Question("kept", "What did you keep, and why?", is_required=False),
            _RECIPIENTS,
        ),
        is_answer=True,
    ),
    Letter(
        _K.ERASURE_REFUSED,
        "Information not deleted",
        "Says why the law makes us keep it.",
        (REASONS, Duty("UK GDPR Arts 12(4), 17(3)", "law"), ROUTES),
        rights=_ERASURE,
        questions=(
            _WHY_REFUSED,
            Question("law", "Which law do you rely on?", "For example: UK GDPR Article 17(3)(b)"),
        ),
        is_answer=True,
    ),
    Letter(
        _K.RESTRICTION_APPLIED,
        "Use of information limited",
        "Says that we only store it for now, and that we will tell the person before that ends.",
        (
            Duty("UK GDPR Art 18(1)-(2)", "changes"),
            Duty("UK GDPR Art 18(3)", "lifting_promise"),
            Duty("UK GDPR Art 19", "recipients"),
            ROUTES,
        ),
        rights=_RESTRICTION,
        questions=(
            Question("changes", "What is limited?"),
            Question("reasons", "Why, and until when?", is_required=False),
            _RECIPIENTS,
        ),
        is_answer=True,
    ),
    Letter(
        _K.RESTRICTION_LIFTING,
        "The limit is about to end",
        "Tells the person before we use the information again.",
        (
            Duty("UK GDPR Art 18(3)", "starts_on"),
            Duty("UK GDPR Art 18(3)", "reasons"),
            ROUTES,
        ),
        rights=_RESTRICTION,
        questions=(
            Question("starts_on", "From which day will you use it again?"),
            Question("reasons", "Why does the limit end?"),
        ),
    ),
    Letter(
        _K.OBJECTION_UPHELD,
        "Objection accepted",
        "Says what we have stopped doing.",
        (Duty("UK GDPR Art 21(1)", "changes"), ROUTES),
        rights=_OBJECTION,
        questions=(
            Question("changes", "What have you stopped doing?"),
            Question("kept", "What goes on, and why?", is_required=False),
        ),
        is_answer=True,
    ),
    Letter(
        _K.OBJECTION_REFUSED,
        "Objection not accepted",
        "Gives the strong reasons for going on.",
        (Duty("UK GDPR Arts 12(4), 21(1)", "reasons"), ROUTES),
        rights=_OBJECTION,
        questions=(
            Question(
                "reasons",
                "What are the compelling reasons?",
                "Weigh the person's own situation and say how you did.",
            ),
            LAW_USED,
        ),
        is_answer=True,
    ),
    Letter(
        _K.MARKETING_STOPPED,
        "Marketing stopped",
        "Says that marketing has stopped, at once and for good.",
        (Duty("UK GDPR Art 21(2)-(3)", "marketing_promise"), ROUTES),
        rights=_OBJECTION,
        questions=(Question("changes", "Which lists are they off?", is_required=False),),
        is_answer=True,
    ),
    Letter(
        _K.RECIPIENT_NOTICE,
        "Notice to a recipient",
        "Tells a body that has the information that it was corrected, deleted or limited.",
        (Duty("UK GDPR Art 19", "subject_details"), Duty("UK GDPR Art 19", "changes")),
        rights=_TOLD_ON,
        questions=(
            Question("subject_details", "Whose record is it?", prefill="subject"),
            Question("changes", "What must the recipient do?", "What changed, and since when."),
        ),
        addressee=Addressee.RECIPIENT,
    ),
    Letter(
        _K.RECIPIENTS_TOLD,
        "Who was told of a change",
        "Lists the bodies that were told, for a person who asks.",
        (Duty("UK GDPR Art 19", "recipients"),),
        rights=_TOLD_ON,
        questions=(
            Question("recipients", "Who was told?", "Start each with “- ”.", prefill="recipients"),
            Question(
                "not_told", "Who could not be told, and why?", is_required=False, prefill="not-told"
            ),
        ),
    ),
)

COMPLAINTS = (
    Letter(
        _K.COMPLAINT_ACKNOWLEDGEMENT,
        "Complaint: acknowledgement",
        "Says within 30 days that we have the complaint, and what we do next.",
        (Duty("DPA 2018 s.164A(3)", "received_on"),),
        rights=_COMPLAINT,
        questions=(
            Question("understood", "What is the complaint, as you understand it?"),
            Question("next_on", "By when will you write again?", prefill="outcome-target"),
        ),
        event=ClockEventType.COMPLAINT_ACKNOWLEDGED,
        extra_gaps=("regulator_routes",),
    ),
    Letter(
        _K.COMPLAINT_PROGRESS,
        "Complaint: how it is going",
        "Tells the person how far we have come.",
        (Duty("DPA 2018 s.164A(5)(b)", "progress"),),
        rights=_COMPLAINT,
        questions=(
            Question("progress", "How far have you come?"),
            Question("next_on", "By when will you write again?", prefill="outcome-target"),
        ),
        extra_gaps=("regulator_routes",),
    ),
    Letter(
        _K.COMPLAINT_OUTCOME,
        "Complaint: outcome",
        "Says what we found, what we do about it, and where the person can go next.",
        (
            Duty("DPA 2018 s.164A(4)(b)", "found"),
            Duty("DPA 2018 s.164A(4)(a)", "actions"),
            Duty("DPA 2018 s.165", "regulator_routes"),
        ),
        rights=_COMPLAINT,
        questions=(
            Question("found", "What did you look into, and what did you find?"),
            Question("actions", "What do you do about it?"),
        ),
        event=ClockEventType.COMPLAINT_OUTCOME_SENT,
        is_answer=True,
    ),
)
