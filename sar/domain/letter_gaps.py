"""Every gap a letter's text may have, and the words the letters have in common."""

from __future__ import annotations

from sar.domain.letter_text import Gap, GapKind

_DAY, _PARAGRAPHS = GapKind.DAY, GapKind.PARAGRAPHS


def _ours(name: str, meaning: str) -> Gap:
    """A passage whose words a council cannot change, because the law wants them."""
    return Gap(name, meaning, _PARAGRAPHS)


_GAPS = (
    # from the case
    Gap("about", "whom the information is about: “you”, or their name"),
    Gap("asked", "what they asked, to follow “You asked”"),
    Gap("council", "the name of the council"),
    Gap("reference", "our reference"),
    Gap("received_on", "the day we received the request", _DAY),
    Gap("due_on", "the day the law wants an answer by", _DAY),
    Gap("first_due_on", "the day an answer was due before the extension", _DAY),
    Gap("asked_on", "the day we asked for what we still wait for", _DAY),
    # from the law
    _ours("complaint_routes", "the three ways to complain: to us, to the regulator, to a court"),
    _ours("regulator_routes", "the ways open after our answer to a complaint"),
    _ours("information_facts", "for each service: why, what, who, how long, from where"),
    _ours("your_rights", "what else the person can ask us to do"),
    _ours("statement_offer", "the offer to keep the person's own account with the record"),
    _ours("lifting_promise", "the promise to tell the person before a restriction ends"),
    _ours("marketing_promise", "that marketing has stopped, and stays stopped"),
    _ours("human_review", "that a person can look again, hear the person's side and change it"),
    _ours("support", "people to talk to when reading is hard"),
    # from the officer
    Gap("own_words", "what the officer adds in their own words", _PARAGRAPHS),
    Gap("why", "why we have to ask", _PARAGRAPHS),
    Gap("needed", "what the person is to send us", _PARAGRAPHS),
    Gap("questions", "what we need to know", _PARAGRAPHS),
    Gap("reasons", "the reasons, in full", _PARAGRAPHS),
    Gap("law", "the part of the law we rely on"),
    Gap("enclosed", "what comes with the letter", _PARAGRAPHS),
    Gap("left_out", "what was left out, and why", _PARAGRAPHS),
    Gap("searched", "where we looked, and what we found there", _PARAGRAPHS),
    Gap("changes", "what we have done", _PARAGRAPHS),
    Gap("kept", "what we keep, and why", _PARAGRAPHS),
    Gap("offered", "what we can offer instead", _PARAGRAPHS),
    Gap("recipients", "the bodies we have told, or will tell", _PARAGRAPHS),
    Gap("not_told", "who could not be told, and why", _PARAGRAPHS),
    Gap("subject_details", "how the recipient can tell whose record it is", _PARAGRAPHS),
    Gap("starts_on", "the day it begins", _DAY),
    Gap("decision", "what was decided, and by what kind of person", _PARAGRAPHS),
    Gap("understood", "the complaint, as we understand it", _PARAGRAPHS),
    Gap("progress", "how far we have come", _PARAGRAPHS),
    Gap("next_on", "the day we will write again by", _DAY),
    Gap("found", "what we looked into and what we found", _PARAGRAPHS),
    Gap("actions", "what we have done, or will do, about it", _PARAGRAPHS),
    Gap("organisation", "the body to ask instead"),
    Gap("organisation_contact", "how to reach that body", _PARAGRAPHS),
)
GAPS: dict[str, Gap] = {each.name: each for each in _GAPS}
EVERYWHERE = (
    "about",
    "asked",
    "council",
    "reference",
    "received_on",
    "own_words",
    "complaint_routes",
)
