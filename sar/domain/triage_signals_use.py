"""Signals of the rights over how data is used: limit, object, take away, ask for a person."""

from __future__ import annotations

from sar.domain.rights import Right
from sar.domain.triage_signal import CHILD, Signal, signal_of

_PERSONAL = (
    r"\b(?:my|our|me|us|mine|his|her|him|their|them|personal|family(?:'s)?|"
    rf"{CHILD}|people's|client'?s?)\b"
)
_DATA = (
    r"\b(?:data|information|details|names?|records?|files?|photos?|photographs?|pictures|images?|"
    r"address|reports?|story)\b"
)
_USE = (
    r"(?:process|processing|use|using|used|shar(?:e|ed|ing)|pass(?:ed|ing)?|giv(?:e|en|ing)|"
    r"send(?:ing)?|profil\w+|collect\w*|disclos\w+|hand(?:ed|ing)? over|tell(?:ing)?|going to|go "
    r"to|seen by|publish\w*)"
)
_STOP = (
    r"(?:stop|cease|don't|do not|no longer|not to|not want|refuse|never|not be|rather you didn't|"
    r"not happy (?:for|with|about)|not (?:agree|consent)|forbid)"
)

# "Do not delete it" is the opposite of asking for deletion.
KEEP_WHY = "Asks for records to be kept and not deleted"

USE_SIGNALS: tuple[Signal, ...] = (
    signal_of(
        Right.RESTRICTION,
        "name",
        4,
        "Names the right to limit how data is used",
        r"\brestrict\w* (?:what|how) you\b|"
        r"\brestrict\w*\b.{0,30}\b(?:process|us(?:e|ing)\b|data|information|records?|file)|"
        r"\brestriction (?:of|on) (?:the )?(?:process|use)|\bart(?:icle)?\.? ?18\b|"
        r"\bright to restrict",
    ),
    signal_of(
        Right.RESTRICTION,
        "core",
        4,
        "Asks for use to stop until something is settled",
        r"\b(?:stop|pause|freeze|halt|suspend|hold off|don't|do not|not to|not be|not|refrain from|"
        r"without)\b.{0,20}\b(?:us(?:e|ed|ing)|shar(?:e|ed|ing)|process\w*|act(?:ing)? on|rely\w*|"
        r"relied|do(?:ing)? anything|touch\w*|circulat\w*)\b.{0,100}\b(?:until|while|whilst|"
        r"pending|"
        r"till|before|in the meantime)\b|\b(?:until|while|whilst|pending|in the meantime)\b.{0,100}"
        r"\b(?:stop|pause|freeze|don't|do not|not)\b.{0,20}\b(?:us(?:e|ed|ing)|shar(?:e|ed|ing)|"
        r"process\w*|rely\w*|relied|circulat\w*)\b",
    ),
    signal_of(
        Right.RESTRICTION,
        "core",
        4,
        "Asks for records to be frozen",
        r"\b(?:lock|freeze|ring-?fence|quarantine|put (?:a |an )?(?:hold|freeze|lock|block|stop) "
        r"on|"
        r"seal)\b.{0,40}\b(?:files?|records?|data|information|reports?)\b",
    ),
    signal_of(
        Right.RESTRICTION,
        "core",
        4,
        KEEP_WHY,
        r"\b(?:don't|do not|please not|must not|mustn't|should not|shouldn't|not be|not to|never)\b"
        r".{0,20}\b(?:delet\w+|destroy\w*|eras\w+|shred\w*|dispos\w+|wip\w+)\b",
    ),
    signal_of(
        Right.RESTRICTION,
        "keep",
        3,
        "Asks for records to be kept",
        r"\b(?:retain|preserve|(?:please|must|make sure you|sure that you) (?:\w+ )?keep|hold on "
        r"to|"
        r"safeguard)\b.{0,60}\b(?:records?|files?|data|information|documents?|evidence|emails)\b",
    ),
    signal_of(
        Right.OBJECTION,
        "name",
        4,
        "Objects to how data is used",
        r"\bobject(?:s|ed|ion|ions|ing)?\b.{0,60}\b(?:process\w*|us(?:e|ed|ing)\b|shar\w+|data\b|"
        r"information|details|collect\w*|passed|profil\w+|research|marketing)|"
        r"\bart(?:icle)?\.? ?21\b|\bright to object",
    ),
    signal_of(
        Right.OBJECTION,
        "core",
        4,
        "Asks for data to stop being used or shared",
        rf"\b{_STOP}\b(?:(?! and ).){{0,50}}\b{_USE}\b",
        _DATA,
        _PERSONAL,
    ),
    signal_of(
        Right.OBJECTION,
        "core",
        4,
        "Takes back consent to the use of data",
        r"\b(?:withdraw\w*|revok\w+|retract\w*|tak(?:e|ing) back|cancel\w*)\b.{0,40}\b(?:consent|"
        r"permission|agreement)\b",
        r"\b(?:data|information|shar\w+|process\w*|details|photos?|pictures|images?|research|"
        r"record\w*|"
        r"contact|programme|hub|newsletter|marketing)\b",
    ),
    signal_of(
        Right.OBJECTION,
        "core",
        4,
        "Opts out of a use of data",
        r"\bopt(?:ing|ed)?[ -]?(?:me |us |him |her |them |my \w+ |out)",
        r"\bout\b",
        r"\b(?:data|shar\w+|research|newsletter|marketing|mailing|surveys?|emails?|information|"
        r"evaluation|study|studies)\b",
    ),
    signal_of(
        Right.OBJECTION,
        "marketing",
        4,
        "Asks for adverts or newsletters to stop",
        r"\b(?:stop|unsubscribe|remov\w+|tak(?:e|ing)|opt\w*|no more|don't|do not|off|no "
        r"longer)\b.{0,60}"
        r"\b(?:newsletters?|mailing lists?|marketing|promotion\w*|e-?mail(?:ing)? lists?|leaflets?|"
        r"adverts?|junk mail|distribution list|bulletins?|spamming)\b",
    ),
    signal_of(
        Right.OBJECTION,
        "marketing",
        3,
        "Asks to come off a list",
        r"\boff (?:the|your|this|all) (?:e-?mail(?:ing)? |contact |distribution |circulation "
        r")?lists?\b"
        r"(?! for)",
    ),
    signal_of(
        Right.OBJECTION,
        "mails",
        3,
        "Asks for mails to stop",
        r"\b(?:no more|stop (?:sending|getting|the)|stop (?:e-?mail|text|spam)ming|don't (?:send|"
        r"want)|"
        r"do not (?:send|want))\b.{0,30}\b(?:e-?mails|texts|mailings|flyers|invitations|surveys|"
        r"promotions)\b",
    ),
    signal_of(
        Right.PORTABILITY,
        "name",
        4,
        "Names the right to take data elsewhere",
        r"\bportab\w+|\bart(?:icle)?\.? ?20\b|\bright to (?:data )?transfer",
    ),
    signal_of(
        Right.PORTABILITY,
        "format",
        3,
        "Asks for a form a computer can read",
        r"\bmachine[- ]?readable|\bcommonly used(?:,)? .{0,20}format|\bstructured\b.{0,40}\bformat|"
        r"\b(?:csv|json|xml)\b",
        r"\b(?:my|our|data|information|record|file)\b",
    ),
    signal_of(
        Right.PORTABILITY,
        "core",
        3,
        "Asks for data to go to another provider",
        r"\b(?:transfer|transmit|port|move|send|export|pass)\w*\b.{0,60}\b(?:data|information|"
        r"details|"
        r"account|profile)\b.{0,60}\b(?:another|new|different|other)\b.{0,20}\b(?:provider|service|"
        r"organisation|organization|app|controller|supplier|company|platform)\b",
    ),
    signal_of(
        Right.AUTOMATED_DECISION,
        "name",
        4,
        "Names decisions made without a person",
        r"\b(?:rating|score|risk|result|allocation|outcome)\b.{0,40}\b(?:calculated|generated|"
        r"worked out|made|set|"
        r"decided)\b.{0,20}\b(?:automatic\w*|by (?:a )?(?:computer|system|software|machine))|"
        r"\bautomated (?:decision|process|individual|means|system|score)\w*|\bart(?:icle)?\.? "
        r"?22\w?\b|"
        r"\b(?:done|run|worked out|allocat\w+|processed|picked|chosen|selected|identified|judged|"
        r"rated|graded|ranked|denied|declined|"
        r"targeted)\b"
        r".{0,80}\b(?:by|using|through) (?:a |an |your |the )?(?:computer|machine|algorithm|"
        r"software|ai|"
        r"automat)\w*|"
        r"\b(?:decision|decided|refus\w+|reject\w+|scored|assessed)\b.{0,100}\b(?:automatically|no "
        r"human|"
        r"without (?:any |a )?(?:human|person|people|anyone))\b|"
        r"\bsolely (?:automated|by (?:a )?(?:computer|machine))|\bautomatic decision|\b(?:decided|"
        r"decision|made|assessed|scored|refused|rejected|turned down|flagged)\b.{0,40}\b(?:by|"
        r"using|"
        r"with|through)\b.{0,20}\b(?:computers?|machines?|algorithms?|software|ai|bot|automatic\w*|"
        r"artificial intelligence)\b|\b(?:computer|algorithm|system|software|ai) (?:said|says|"
        r"decided|"
        r"rejected|refused|scored|flagged|turned)\b",
    ),
    signal_of(
        Right.AUTOMATED_DECISION,
        "core",
        3,
        "Asks for a person to look at a computer's decision",
        r"\b(?:human|real person|a person|someone|somebody|officer|member of "
        r"staff)\b.{0,60}\b(?:review|"
        r"look|check|reconsider|intervene|intervention|decide|explain)\w*\b",
        r"\b(?:computer|automat\w+|algorithm\w*|system|score|software|ai|decision)\b",
    ),
    signal_of(
        Right.AUTOMATED_DECISION,
        "core",
        2,
        "Objects to being scored or profiled",
        r"\b(?:profil(?:ed|ing)|risk scor\w+|predict\w+|algorithm\w*)\b",
        r"\b(?:my|me|our|us|his|her|him)\b",
    ),
)

# Said over two sentences: what is done with data, then that it must not be.
USE_IN_PAIRS: tuple[Signal, ...] = (
    signal_of(
        Right.OBJECTION,
        "core",
        4,
        "Speaks of a use of data and refuses it",
        r"\b(?:will be|being|be|is|are|was|were|been) (?:\w+ )?(?:used|shared|passed|sent|given|"
        r"processed|"
        r"collected|disclosed)\b",
        _DATA,
        _PERSONAL,
        r"\b(?:do not|don't|did not|didn't|never|not) (?:consent|agree|agreed|consented|want this|"
        r"give "
        r"(?:my |our )?(?:permission|consent))\b|\bexclude (?:me|us|him|her|them|my|our)\b|"
        r"\bobject to "
        r"(?:this|that|it)\b",
        r"\b(?:research|evaluation|statistics|profil\w+|school|nhs|dwp|police|other|partners?|"
        r"study|"
        r"government|programme|third part\w+|agenc\w+|shared|sharing)\b",
    ),
)
