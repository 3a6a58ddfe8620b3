"""What people who were in care are offered, and where adoption records are asked for."""

from __future__ import annotations

from collections.abc import Mapping

CARE_OFFERS: Mapping[str, str] = {
    "support-person": "Offer a person to support them when they read their records.",
    "staged-release": "Offer the records in stages, at the pace they choose.",
    "explanations": "Offer somebody who can explain every gap and every hard word.",
    "senior-review": "Have a senior colleague look at all that is left out before it is approved.",
}
_ADOPTION = (
    "There are adoption records. They are not given under this right (AD3): tell the person how to "
    "ask the adoption service, which acts under the adoption regulations, and note whom you asked."
)


def open_offers(outcomes: Mapping[str, str]) -> tuple[str, ...]:
    """The offers that nobody has made yet, or that were accepted and are not done.

    Law: UK GDPR Art 12(1)-(2), the right is made easy to use; Equality Act 2010 s.20.
    """
    settled = {"declined", "done"}
    return tuple(each for each in CARE_OFFERS if outcomes.get(each) not in settled)


def adoption_task() -> str:
    """Where adoption records are asked for.

    Law: DPA 2018 Sch 4 para 3; Adoption Agencies Regulations 2005 reg 41; Adoption and Children
    Act 2002 ss.56-65.
    """
    return _ADOPTION
