"""What can be wrong with a file, in words the person who supplied it can act on."""

from enum import StrEnum


class DocumentFault(StrEnum):
    """Why a document could not be used."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    UNSUPPORTED = "unsupported"
    INFECTED = "infected"
    MISMATCHED = "mismatched"  # the content is not what the name says
    TIMED_OUT = "timed-out"
    TOO_BIG = "too-big"
    TOOL_MISSING = "tool-missing"
    TOOL_FAILED = "tool-failed"
    LEAK_FOUND = "leak-found"


class DocumentError(Exception):
    """A document cannot be used; `fault` says why in a word, the message in a sentence."""

    def __init__(self, fault: DocumentFault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.sentence = sentence


class LeakFoundError(DocumentError):
    """The independent check found, or could not rule out, something withheld in an output."""

    def __init__(self, sentence: str) -> None:
        super().__init__(DocumentFault.LEAK_FOUND, sentence)
