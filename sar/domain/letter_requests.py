"""The letters about a request: receipt, proof, questions, more time, answers and refusals."""

from __future__ import annotations

from sar.domain.clock_events import ClockEventType
from sar.domain.letter import Duty, Letter, LetterKind, Question, When
from sar.domain.rights import Right

_K = LetterKind
_ACCESS = frozenset({Right.ACCESS})
ROUTES = Duty("UK GDPR Art 12(4); DPA 2018 ss.164A, 165", "complaint_routes")
REASONS = Duty("UK GDPR Art 12(4)", "reasons")
LAW_USED = Question(
    "law", "Which law do you rely on?", "For example: UK GDPR Article 17(3)(b)", is_required=False
)
_ASKED_AGAIN = Question(
    "questions", "The question that is still open", "One point a line.", prefill="open-question"
)

RECEIPT = (
    Letter(
        _K.ACKNOWLEDGEMENT,
        "Acknowledgement",
        "Says that we have the request, and by when we must answer.",
        (Duty("UK GDPR Arts 12(2), 12A(1)", "due_on"),),
    ),
    Letter(
        _K.IDENTITY_REQUEST,
        "Request for proof of identity",
        "Asks who the person is, where there is real doubt. The clock waits for it.",
        (Duty("UK GDPR Arts 12(6), 12A(2)(b)", "why"), Duty("UK GDPR Art 12(6)", "needed")),
        questions=(
            Question(
                "why",
                "Why are you not sure who they are?",
                "Proof may be asked for only where there is reasonable doubt.",
            ),
            Question("needed", "What should they send?", "Start each with “- ”.", prefill="proofs"),
        ),
        event=ClockEventType.ID_REQUESTED,
    ),
    Letter(
        _K.AUTHORITY_REQUEST,
        "Request for proof of authority",
        "Asks somebody who writes for another person to show that they may. The clock waits.",
        (Duty("UK GDPR Arts 12(6), 12A(2)", "needed"),),
        questions=(
            Question(
                "needed",
                "What should they send?",
                "Start each with “- ”. Ask only for what is necessary.",
                prefill="authority",
            ),
        ),
        event=ClockEventType.AUTHORITY_REQUESTED,
    ),
    Letter(
        _K.CLARIFICATION,
        "Question about the request",
        "Asks what is reasonably needed to find the information. The clock pauses.",
        (Duty("UK GDPR Art 12A(5)-(6)", "questions"),),
        rights=_ACCESS,
        questions=(
            Question(
                "why",
                "Why do you need to ask?",
                "Only where the information cannot be found without it.",
            ),
            Question("questions", "What do you need to know?", "Start each question with “- ”."),
        ),
        event=ClockEventType.CLARIFICATION_REQUESTED,
    ),
    Letter(
        _K.CLARIFICATION_REMINDER,
        "Reminder of our question",
        "Reminds the person once, before a request that nobody can answer is closed.",
        (Duty("UK GDPR Art 12A(5)", "questions"), Duty("UK GDPR Art 12(2)", "asked_on")),
        rights=_ACCESS,
        questions=(_ASKED_AGAIN,),
        when=When.QUESTION_OPEN,
    ),
    Letter(
        _K.CLARIFICATION_CLOSE,
        "Closing: our question was not answered",
        "Says that we stop work, why, and how to start it again.",
        (Duty("UK GDPR Art 12(4)", "questions"), ROUTES),
        rights=_ACCESS,
        questions=(_ASKED_AGAIN,),
        when=When.QUESTION_STALE,
        is_answer=True,
        extra_gaps=("asked_on",),
    ),
    Letter(
        _K.EXTENSION,
        "Extension of the time to answer",
        "Tells the person in time, and with reasons, that we need two more months.",
        (
            Duty("UK GDPR Art 12A(4)(b)", "reasons"),
            Duty("UK GDPR Art 12A(3)-(4)", "due_on"),
            ROUTES,
        ),
        questions=(
            Question(
                "reasons",
                "Why do you need more time?",
                "The request is complex, or the person has made several. Being short of staff is "
                "no reason.",
            ),
        ),
        event=ClockEventType.EXTENSION_NOTIFIED,
        extra_gaps=("first_due_on",),
    ),
)

ANSWERS = (
    Letter(
        _K.RESPONSE,
        "Response to an access request",
        "Goes with the copy: what we hold, why, who has it, how long, and every right.",
        (
            Duty("UK GDPR Art 15(1), 15(3)", "enclosed"),
            Duty("UK GDPR Art 15(1)(a)-(d), (g)-(h), 15(2)", "information_facts"),
            Duty("UK GDPR Art 15(1)(e)", "your_rights"),
            Duty("UK GDPR Art 12(4)", "left_out"),
            Duty("UK GDPR Art 15(1)(ea)-(f); DPA 2018 ss.164A, 165", "complaint_routes"),
        ),
        rights=_ACCESS,
        questions=(
            Question("enclosed", "What comes with this letter?", prefill="enclosed"),
            Question("searched", "Where did you look?", is_required=False, prefill="searches"),
            Question("left_out", "What was left out, and why?", prefill="nothing-left-out"),
        ),
        is_answer=True,
        extra_gaps=("support",),
    ),
    Letter(
        _K.NOTHING_HELD,
        "We hold nothing",
        "Says where we looked and that we found nothing.",
        (Duty("UK GDPR Art 15(1), 15(1A)", "searched"), ROUTES),
        rights=frozenset(
            {
                Right.ACCESS,
                Right.RECTIFICATION,
                Right.ERASURE,
                Right.RESTRICTION,
                Right.PORTABILITY,
                Right.OBJECTION,
            }
        ),
        questions=(
            Question("searched", "Where did you look, and how?", prefill="searches"),
            Question(
                "reasons",
                "Do you know why nothing is held?",
                "For example, that it was destroyed, and when.",
                is_required=False,
            ),
        ),
        is_answer=True,
    ),
    Letter(
        _K.REFUSAL,
        "Refusal",
        "Refuses all or part of a request with the reason, and the three ways to challenge it.",
        (REASONS, Duty("UK GDPR Art 12(4)", "law"), ROUTES),
        questions=(
            Question(
                "reasons",
                "Why do you refuse?",
                "In words the person understands, and about this request only.",
            ),
            Question("law", "Which law do you rely on?", "For example: UK GDPR Article 12(5)"),
        ),
        is_answer=True,
    ),
    Letter(
        _K.PORTABILITY,
        "Data to take elsewhere",
        "Goes with a file that another service can read.",
        (Duty("UK GDPR Art 20(1)", "enclosed"), ROUTES),
        rights=frozenset({Right.PORTABILITY}),
        questions=(
            Question("enclosed", "What is in the file, and in what form?", "For example: CSV."),
            Question("left_out", "What is not in it, and why?", is_required=False),
        ),
        is_answer=True,
    ),
    Letter(
        _K.AUTOMATED_DECISION,
        "A person has looked again",
        "Answers somebody who questioned a decision made by a computer alone.",
        (
            Duty("UK GDPR Art 22C(2)(a)", "reasons"),
            Duty("UK GDPR Art 22C(2)(c)-(d)", "decision"),
            Duty("UK GDPR Art 22C(2)(b)-(d)", "human_review"),
            ROUTES,
        ),
        rights=frozenset({Right.AUTOMATED_DECISION}),
        questions=(
            Question("decision", "What did a person decide on looking again?"),
            Question("reasons", "How was the first decision made, and what counted?"),
        ),
        is_answer=True,
    ),
    Letter(
        _K.REDIRECT_AUTHORITY,
        "Ask another authority",
        "Says who holds the records, where we do not.",
        (Duty("UK GDPR Art 12(2), 12(4)", "organisation"), ROUTES),
        questions=(
            Question("organisation", "Who holds the records?"),
            Question("organisation_contact", "How can the person reach them?"),
            Question("reasons", "Why are they not ours?", is_required=False),
        ),
        is_answer=True,
    ),
    Letter(
        _K.REDIRECT_SCHOOL,
        "Ask the school",
        "Sends a parent who asks for school records to the school that must show them.",
        (Duty("SI 2005/1437 reg 5; UK GDPR Art 12(4)", "organisation"), ROUTES),
        rights=_ACCESS,
        questions=(
            Question("organisation", "Which school?"),
            Question("organisation_contact", "How can the person reach the school?"),
        ),
        is_answer=True,
    ),
    Letter(
        _K.NOT_VALIDATED,
        "Closing: the proof did not come",
        "Says that we could not be sure who asked, and how to start again.",
        (Duty("UK GDPR Art 12(4), 12(6)", "needed"), ROUTES),
        questions=(Question("needed", "What do you still need?", prefill="open-proof"),),
        when=When.PROOF_OPEN,
        is_answer=True,
        extra_gaps=("asked_on",),
    ),
    Letter(
        _K.DECEASED,
        "The person has died",
        "Says kindly that this law covers the living, and what else can be asked.",
        (Duty("UK GDPR Arts 4(1), 12(4); DPA 2018 s.3(2)-(3)", "complaint_routes"),),
        rights=_ACCESS,
        questions=(
            Question(
                "offered",
                "What can you offer instead?",
                "For example, what the file says about the family of the person who asks.",
                is_required=False,
            ),
        ),
        is_answer=True,
    ),
)
