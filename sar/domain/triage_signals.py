"""Every signal, and those looked for over two sentences as well as in one."""

from __future__ import annotations

from sar.domain.rights import Right
from sar.domain.triage_signal import Signal
from sar.domain.triage_signals_access import ACCESS_IN_PAIRS, ACCESS_SIGNALS
from sar.domain.triage_signals_change import (
    ERASURE_IN_PAIRS,
    ERASURE_SIGNALS,
    RECTIFICATION_SIGNALS,
)
from sar.domain.triage_signals_complaint import COMPLAINT_SIGNALS, EDUCATIONAL_SIGNALS
from sar.domain.triage_signals_use import USE_IN_PAIRS, USE_SIGNALS

IN_ONE: tuple[Signal, ...] = (
    *ACCESS_SIGNALS,
    *RECTIFICATION_SIGNALS,
    *ERASURE_SIGNALS,
    *USE_SIGNALS,
    *COMPLAINT_SIGNALS,
    *EDUCATIONAL_SIGNALS,
    *ACCESS_IN_PAIRS,
    *ERASURE_IN_PAIRS,
)
IN_TWO: tuple[Signal, ...] = (
    *RECTIFICATION_SIGNALS,
    *(each for each in USE_SIGNALS if each.kind == Right.AUTOMATED_DECISION),
    *ACCESS_IN_PAIRS,
    *ERASURE_IN_PAIRS,
    *USE_IN_PAIRS,
)
