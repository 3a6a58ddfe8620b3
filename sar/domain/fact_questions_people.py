"""Questions about people: what lets them act, what a child understands, orders, offers."""

from __future__ import annotations

from sar.domain.facts import AnswerKind, FactForm, FactKind, Question

_LINE, _DAY, _CHOICE = AnswerKind.LINE, AnswerKind.DAY, AnswerKind.CHOICE

PROOFS = (
    ("birth-certificate", "Birth certificate that names them"),
    ("responsibility-order", "Parental responsibility order or agreement"),
    ("guardianship-order", "Special guardianship order"),
    ("written-authority", "Written authority of the person, which names the request"),
    ("childs-consent", "The child's own consent"),
    ("carers-agreement", "Written agreement of the council or a parent"),
    ("attorney", "Registered lasting power of attorney"),
    ("deputy", "Court of Protection order"),
    ("constituent", "The constituent's own words that this is an access request"),
)

PEOPLE_FORMS = (
    FactForm(
        FactKind.AUTHORITY,
        "Proof of authority",
        "What was seen, and when. Send the paper back or destroy it: the case keeps only that it "
        "was seen (UK GDPR Art 5(1)(c)).",
        (
            Question(
                "shows",
                "What was seen?",
                "Seen: {}.",
                _CHOICE,
                "Say what was seen",
                choices=PROOFS,
            ),
            Question(
                "seen_on", "When was it seen?", "Seen on {}.", _DAY, "Enter the day it was seen"
            ),
            Question(
                "expires_on",
                "When does it end?",
                "Ends on {}.",
                _DAY,
                hint="Leave it blank if it does not end.",
                is_future_allowed=True,
            ),
            Question(
                "scope",
                "What does it cover?",
                "Covers: {}.",
                _CHOICE,
                "Say what it covers",
                choices=(
                    ("request", "This request"),
                    ("welfare", "Health and welfare"),
                    ("property", "Property and money only"),
                ),
            ),
        ),
        is_about_person=True,
        later=(("seen_on", "expires_on", "It had ended before it was seen."),),
    ),
    FactForm(
        FactKind.COMPETENCE,
        "What the child understands and wants",
        "No age decides this in England. Somebody who knows the child says whether the child "
        "understands what is asked and what may follow, and the child is heard.",
        (
            Question(
                "understands",
                "Does the child understand the request and what may follow?",
                "The child understands: {}.",
                _CHOICE,
                "Say if the child understands the request",
                choices=(("yes", "Yes"), ("no", "No"), ("unclear", "It is not clear")),
            ),
            Question(
                "agrees",
                "Does the child want it answered to the person who asks?",
                "The child's wish: {}.",
                _CHOICE,
                "Say what the child wants",
                choices=(
                    ("agrees", "The child agrees"),
                    ("objects", "The child does not agree"),
                    ("not-asked", "The child was not asked"),
                ),
            ),
            Question(
                "views",
                "What did the child say?",
                "In the child's words: {}.",
            ),
            Question(
                "interests",
                "Is answering in the child's best interests, and why?",
                "Best interests: {}.",
                required="Say whether answering is in the child's best interests, and why",
            ),
            Question(
                "is_in_interests",
                "So is it plainly in the child's best interests to answer?",
                "Plainly in the child's best interests: {}.",
                _CHOICE,
                "Say if answering is plainly in the child's best interests",
                choices=(("yes", "Yes"), ("no", "No")),
            ),
            Question(
                "decided_by",
                "Who says so?",
                "View of {}",
                _LINE,
                "Say whose view this is",
                hint="Name, post, and how they know the child.",
            ),
            Question("decided_on", "When?", "on {}.", _DAY, "Enter the day of the view"),
        ),
        is_about_person=True,
    ),
    FactForm(
        FactKind.COURT_ORDER,
        "Order of a court",
        "An order that bears on who may ask, who may be told, or where somebody lives.",
        (
            Question(
                "order",
                "Which order?",
                "{}.",
                _CHOICE,
                "Say which order it is",
                choices=(
                    ("care", "Care order"),
                    ("interim-care", "Interim care order"),
                    ("placement", "Placement order"),
                    ("adoption", "Adoption order"),
                    ("guardianship", "Special guardianship order"),
                    ("arrangements", "Child arrangements order"),
                    ("prohibited-steps", "Prohibited steps order"),
                    ("specific-issue", "Specific issue order"),
                    ("responsibility-ended", "Order that ends or limits parental responsibility"),
                    ("non-molestation", "Non-molestation or occupation order"),
                    ("wardship", "Wardship"),
                    ("reporting", "Order against naming or publishing"),
                    ("other", "Another order"),
                ),
            ),
            Question(
                "made_on", "When was it made?", "Made on {}.", _DAY, "Enter the day it was made"
            ),
            Question(
                "ends_on",
                "When does it end?",
                "Ends on {}.",
                _DAY,
                hint="Leave it blank if it has no end.",
                is_future_allowed=True,
            ),
            Question(
                "terms", "What does it say?", "It says: {}.", required="Say what the order says"
            ),
            Question(
                "effect",
                "What does it mean for the reply?",
                "For the reply: {}.",
                _CHOICE,
                "Say what the order means for the reply",
                choices=(
                    ("none", "Nothing stands in the way"),
                    ("not-to-person", "Nothing may go to the person it is against"),
                    ("no-responsibility", "Parental responsibility may not be used for this"),
                    ("leave", "Nothing may go to anybody without leave of the court"),
                ),
            ),
        ),
        is_about_person=True,
        later=(("made_on", "ends_on", "It ends before it was made."),),
    ),
    FactForm(
        FactKind.CARE_OFFER,
        "Offer to somebody who was in care",
        "People who were in care are offered more than paper. Note what was offered and what "
        "they said.",
        (
            Question(
                "offer",
                "What was offered?",
                "Offered: {}.",
                _CHOICE,
                "Say what was offered",
                choices=(
                    ("support-person", "A person to support them when they read it"),
                    ("staged-release", "Getting it in stages, at their pace"),
                    ("explanations", "Explanations of every gap, by somebody who knows"),
                    ("senior-review", "A look at all that is left out by a senior colleague"),
                ),
            ),
            Question(
                "outcome",
                "What came of it?",
                "{}.",
                _CHOICE,
                "Say what came of it",
                choices=(
                    ("accepted", "They would like it"),
                    ("declined", "They do not want it"),
                    ("done", "It is done"),
                ),
            ),
            Question("note", "Anything to add?", "{}."),
            Question("on", "When?", "On {}.", _DAY, "Enter the day"),
        ),
        is_about_person=True,
    ),
)
