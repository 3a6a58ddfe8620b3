"""Health information in a council's records: what may leave, what may be kept back, and when."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from sar.domain.dates import date_words
from sar.domain.exemptions import HealthOpinion, is_opinion_fresh

_HARM_CODES = frozenset({"HD5", "HD6"})
_HEALTH_WORDS = re.compile(
    r"\b(camhs|clinic(al)?|discharge summary|gp (letter|notes|record|report|summary)|"
    r"health (assessment|opinion|record|report|summary|visitor)|hospital|medical|"
    r"mental health|midwi(fe|fery)|paediatric\w*|patient|psychiatr\w+|psychologic\w+|"
    r"therap(y|ist) (notes|report))\b",
    re.IGNORECASE,
)


def looks_like_health(name: str) -> bool:
    """Whether the name of a record suggests that it holds health information.

    A suggestion only: an officer says if it does.

    Law: DPA 2018 Sch 3 para 2(1), data concerning health.
    """
    return bool(_HEALTH_WORDS.search(re.sub(r"[_\W]+", " ", name)))


def health_obstacle(
    title: str,
    opinion: HealthOpinion | None,
    relied_on: date,
    codes: Collection[str],
    *,
    is_known: bool,
    is_kept_back: bool,
) -> str:
    """Why a record of health information can neither leave nor be kept back yet; or nothing.

    `codes` are those of the marks on it. `is_known`: the person has seen it or knows it already.
    `is_kept_back`: no page of it would be given, and none for harm to health.

    Law: DPA 2018 Sch 3 paras 5 and 6: an opinion obtained in the six months that end with the day
    it is relied on; s.205(2)(j): that day is not moved to a working day.
    """
    is_harm_claimed = bool(_HARM_CODES & set(codes))
    if not is_harm_claimed and (is_known or is_kept_back):
        return ""
    if opinion is None:
        return _NO_OPINION.format(title)
    if opinion.obtained_on > relied_on:
        return f"“{title}”: the opinion of a health professional has a day that is still to come."
    if not is_opinion_fresh(opinion, relied_on):
        return _OLD.format(title, date_words(opinion.obtained_on))
    if is_harm_claimed is opinion.is_test_met:
        return ""
    return (_NO_HARM if is_harm_claimed else _HARM).format(title)


_NO_OPINION = (
    "“{}” is health information. Ask the health professional responsible for the person's care if "
    "giving it would be likely to cause serious harm, and write down the opinion; or say that the "
    "person has seen it already."
)
_OLD = (
    "“{}”: the opinion of {} is more than six months old. Ask for a new one before it is relied on."
)
_NO_HARM = (
    "“{}”: the opinion says that serious harm is not likely. Take back what is left out under HD5 "
    "or HD6."
)
_HARM = (
    "“{}”: the opinion says that serious harm is likely. Leave out under HD5 what would cause it."
)
