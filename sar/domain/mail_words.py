"""The words of a mail that its writer wrote: no quoted mail, signature, disclaimer or spelling."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 24_000
_LONGEST_SENTENCE = 800

_FORWARD = re.compile(
    r"^[ >]*(?:-{2,} ?(?:original|forwarded) (?:message|mail|email)|begin forwarded message|"
    r"_{10,}\s*\n[ >]*from:)",
    re.IGNORECASE | re.MULTILINE,
)
_REPLY = re.compile(
    r"^[ >]*(?:on\b.{4,200}\bwrote ?:|le\b.{4,120}\ba écrit ?:|-{2,} ?original message)"
    r"|^[ >]*from: .{1,200}\n[ >]*(?:sent|date|to): ",
    re.IGNORECASE | re.MULTILINE,
)
_WRAPPED_REPLY = re.compile(r"^([ >]*on\b[^\n]{4,160})\n([^\n]{0,120}wrote ?:)", re.I | re.M)
_HEADER_LINE = re.compile(r"^[ >]*(?:from|to|cc|sent|date|subject|reply-to) ?:.*$", re.I | re.M)
_SIGNATURE = re.compile(r"^--\s*$|^sent from (?:my|outlook|yahoo|mail for)\b.*$", re.I | re.M)
_DISCLAIMER = re.compile(
    r"^[^\w\n]{0,10}(?:(?:this|the) (?:e-?mail|message|communication)\b.{0,120}\b(?:confidential|"
    r"intended|"
    r"privileged|virus)|if you (?:are not|have received this).{0,80}(?:recipient|error)|"
    r"(?:to find out|for (?:more )?information on|for details of) how (?:we|the council)\b|"
    r"(?:disclaimer|privacy notice|privacy policy|caution|external email|external)\s*[:\]]|"
    r"(?:please )?(?:consider|think of) the environment|scanned (?:for|by)\b).*$",
    re.IGNORECASE | re.MULTILINE,
)
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_SPELLINGS = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "wot": "what",
    "wat": "what",
    "wanna": "want to",
    "wana": "want to",
    "gimme": "give me",
    "gonna": "going to",
    "plz": "please",
    "pls": "please",
    "wen": "when",
    "abt": "about",
    "info": "information",
    "docs": "documents",
    "recs": "records",
    "dont": "don't",
    "didnt": "didn't",
    "havent": "haven't",
    "isnt": "isn't",
    "doesnt": "doesn't",
    "im": "i'm",
    "ive": "i've",
    "youve": "you've",
    "thats": "that's",
    "whats": "what's",
    "acess": "access",
    "acces": "access",
    "subjet": "subject",
    "protecion": "protection",
    "infomation": "information",
    "informations": "information",
    "recieve": "receive",
    "recieved": "received",
    "recods": "records",
    "reccords": "records",
    "fille": "file",
    "delate": "delete",
    "eraze": "erase",
    "mums": "mum's",
    "dads": "dad's",
    "sons": "son's",
    "daughters": "daughter's",
    "childs": "child's",
    "childrens": "children's",
}
_WORD = re.compile(r"[a-z']+")
_ABBREVIATION = re.compile(r"\b(mr|mrs|ms|dr|st|no|art|arts|sch|para|s|ss|e\.g|i\.e|d\.o\.b|ref)\.")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)]|\([a-z0-9]\))\s)")


def is_forward(subject: str, body: str) -> bool:
    """True when the mail passes on another one."""
    return bool(re.match(r"\s*(?:fw|fwd|tr|wg)\s*:", subject, re.I) or _FORWARD.search(body))


def is_reply(subject: str) -> bool:
    """True when the subject answers an earlier mail."""
    return bool(re.match(r"\s*(?:re|aw|sv)\s*(?:\[\d+\])?\s*:", subject, re.IGNORECASE))


def own_words(subject: str, body: str) -> str:
    """The body without quoted mail, signature and disclaimers; a forward keeps what it passes on.

    A reply with nothing of its own keeps what it quotes, so that nothing is judged empty.
    """
    text = _WRAPPED_REPLY.sub(r"\1 \2", body[:MOST_CHARACTERS].replace("\r", ""))
    if is_forward(subject, text):
        kept = _HEADER_LINE.sub("", _FORWARD.sub("\n\n", text))
        kept = re.sub(r"^[ ]*>+ ?", "", kept, flags=re.MULTILINE)
    else:
        kept = _before_quote(text)
        if len(kept.split()) < 2:
            kept = text
    return _DISCLAIMER.sub("", _without_signature(kept)).strip()


def plain(text: str) -> str:
    """Lower case, one kind of quote and dash, common spellings put right, lines kept."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold()
    return _WORD.sub(lambda found: _SPELLINGS.get(found.group(), found.group()), folded)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences and list items of plain text, each on one line."""
    guarded = _ABBREVIATION.sub(r"\1", text)
    pieces = (re.sub(r"\s+", " ", each).strip() for each in _SENTENCE.split(guarded))
    return tuple(
        each[start : start + _LONGEST_SENTENCE]
        for each in pieces
        for start in range(0, len(each), _LONGEST_SENTENCE)
    )


def _before_quote(text: str) -> str:
    found = _REPLY.search(text)
    # A quote at the very top means the answer is written below it.
    kept = text[: found.start()] if found and found.start() > 0 else text
    lines = [line for line in kept.split("\n") if not line.lstrip().startswith(">")]
    return "\n".join(lines)


def _without_signature(text: str) -> str:
    found = _SIGNATURE.search(text)
    return text[: found.start()] if found and found.start() > 20 else text
