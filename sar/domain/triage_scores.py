"""Adds up the signals of a mail, sentence by sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sar.domain import triage_context as context
from sar.domain.rights import Right
from sar.domain.triage_signal import DESIRE, EDUCATIONAL, Signal
from sar.domain.triage_signals import IN_ONE, IN_TWO
from sar.domain.triage_signals_access import LEAN_SIGNS
from sar.domain.triage_signals_change import RECTIFICATION_SIGNALS
from sar.domain.triage_signals_use import KEEP_WHY

_QUOTE = 140
_CLEAR = 2
_LEAN = 5
_NAMED = ("name", "law")
_WISH = re.compile(DESIRE)
# A sentence on another right asks for access too only if it says so outright.
_PLAIN_ASK = re.compile(
    r"\b(?:cop(?:y|ies)|see|view|read|inspect|access|obtain|receive|send|provide|supply|disclose|"
    r"release|look at|hand over|give me|know what|find out)\b"
)


@dataclass(frozen=True)
class Hit:
    """One signal found, and the words it was found in."""

    kind: str
    group: str
    weight: int
    why: str
    words: str

    @property
    def sentence(self) -> str:
        """The reason an officer reads, with the words that gave it."""
        shown = self.words if len(self.words) <= _QUOTE else f"{self.words[:_QUOTE].rstrip()}..."
        return f'{self.why}: "{shown}"' if shown else f"{self.why}."


@dataclass(frozen=True)
class Scores:
    """The heaviest hit of each group of each right."""

    hits: tuple[Hit, ...] = ()
    is_history: bool = False
    asks_beyond_school: bool = False
    penalty: int = 0

    def total(self, kind: str) -> int:
        """Points for one right, never below nought."""
        return max(0, sum(each.weight for each in self._best(kind)) - self.penalty)

    @property
    def best(self) -> int:
        """The most points any right has."""
        return max((self.total(each) for each in {hit.kind for hit in self.hits}), default=0)

    def strongest(self, kind: str) -> int:
        """The weight of the heaviest single reason for one right."""
        return max((each.weight for each in self._best(kind)), default=0)

    @property
    def is_marketing(self) -> bool:
        """True when adverts or newsletters are to stop."""
        return self.has(Right.OBJECTION, "marketing")

    def has(self, kind: str, *groups: str) -> bool:
        """True when any of these groups was hit."""
        return any(each.kind == kind and each.group in groups for each in self.hits)

    def reasons(self, kind: str) -> tuple[str, ...]:
        """Sentences for one right, heaviest first."""
        ordered = sorted(self._best(kind), key=lambda each: -each.weight)
        return tuple(each.sentence for each in ordered)

    def without_group(self, group: str) -> Scores:
        """The same without the hits of one group."""
        return replace(self, hits=tuple(each for each in self.hits if each.group != group))

    def lowered(self, points: int) -> Scores:
        """The same with points taken from every right."""
        return replace(self, penalty=self.penalty + points)

    def plus(self, kind: str, weight: int, why: str) -> Scores:
        """The same with one more reason."""
        return replace(self, hits=(*self.hits, Hit(kind, why, weight, why, "")))

    def _best(self, kind: str) -> tuple[Hit, ...]:
        best: dict[str, Hit] = {}
        for each in self.hits:
            known = best.get(each.group)
            if each.kind == kind and (known is None or each.weight > known.weight):
                best[each.group] = each
        return tuple(best.values())


def scores_of(lines: tuple[str, ...]) -> Scores:
    """The signals found in plain sentences, each judged with what its sentence is about."""
    hits = [hit for line in lines for hit in _hits(line, IN_ONE)]
    for first, second in itertools.pairwise(lines):
        hits += _hits(f"{first} {second}", IN_TWO)
    for three in zip(lines, lines[1:], lines[2:], strict=False):
        hits += _hits(" ".join(three), RECTIFICATION_SIGNALS)
    is_history = any(context.is_history(line) for line in lines)
    if is_history:
        hits += [_grievance(line) for line in lines if context.is_grievance(line)]
    return Scores(
        tuple(hits),
        is_history=is_history,
        asks_beyond_school=any(_asks_beyond_school(line) for line in lines),
    )


def _grievance(line: str) -> Hit:
    return Hit(Right.COMPLAINT, "core", 4, "Complains about a request made before", line)


def _leaning(line: str) -> list[Hit]:
    """A request for access made of small signs, none of them enough alone."""
    holder = LEAN_SIGNS[3].search(line) or LEAN_SIGNS[4].search(line)
    if not (holder and LEAN_SIGNS[1].search(line) and _WISH.search(line)):
        return []
    signs = 1 + sum(1 for each in LEAN_SIGNS if each.search(line))
    if signs < _LEAN:
        return []
    return [Hit(Right.ACCESS, "core", 4, "Several words together ask for what is held", line)]


def _hits(line: str, signals: Iterable[Signal]) -> list[Hit]:
    found = [
        Hit(each.kind, each.group, each.weight, each.why, line)
        for each in signals
        if each.found_in(line)
    ]
    if signals is IN_ONE:
        found += _leaning(line)
    found = _without_echoes(line, found)
    if context.asks_for_figures(line):
        return []
    if context.is_not_asking(line):
        return [each for each in found if each.kind == Right.COMPLAINT]
    if context.is_history(line):
        return [each for each in found if _outlives_history(each)]
    if context.GENERAL.search(line) and not any(each.group == "core" for each in found):
        return [each for each in found if each.kind != Right.ACCESS or each.group != "name"]
    return found


def _without_echoes(line: str, found: list[Hit]) -> list[Hit]:
    """Drops hits of one right that only echo the words of another in the same sentence."""
    if any(each.kind != Right.ACCESS and each.weight >= _CLEAR for each in found) and not (
        _PLAIN_ASK.search(line)
    ):
        found = [each for each in found if each.kind != Right.ACCESS or each.group in _NAMED]
    if any(each.why == KEEP_WHY for each in found):
        found = [each for each in found if each.kind != Right.ERASURE]
    if any(each.kind == Right.OBJECTION for each in found) and not context.is_grievance(line):
        found = [each for each in found if each.kind != Right.COMPLAINT]
    return found


def _outlives_history(hit: Hit) -> bool:
    """Naming a right in a sentence on an earlier request uses no right anew; a complaint does."""
    if hit.kind == Right.COMPLAINT:
        return True
    return hit.kind not in (Right.ACCESS, EDUCATIONAL) and hit.group not in _NAMED


def _asks_beyond_school(line: str) -> bool:
    """True for a sentence that asks for records and is not about a school's."""
    groups = {(each.kind, each.group) for each in _hits(line, IN_ONE)}
    return (Right.ACCESS, "core") in groups and not any(kind == EDUCATIONAL for kind, _ in groups)
