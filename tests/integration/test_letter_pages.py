"""Every letter of the catalogue, set for real: whole, tagged, plain, and safe from long words."""

from __future__ import annotations

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest

from sar.documents.letter_page import LetterPage, letter_pdf, letter_text
from sar.documents.letter_passages import passages
from sar.documents.letter_texts import shipped_text
from sar.documents.letterhead import COUNCILS, Officer
from sar.domain.letter import Addressee, Letter, LetterKind
from sar.domain.letter_catalogue import LETTERS, gaps_in
from sar.domain.letter_text import fill, read_text
from sar.domain.register import SERVICES, service
from sar.domain.regulator import Regulator
from tests.reading import BANNED, reading_grade

EACH = pytest.mark.parametrize("each", LETTERS.values(), ids=lambda each: each.kind.value)
PLAIN_ENOUGH = 7
GIVEN = {
    "about": "you",
    "asked": "for a copy of the information we hold about you",
    "reference": "WCC-2026-000004",
    "received_on": "21 October 2026",
    "due_on": "21 January 2027",
    "first_due_on": "23 November 2026",
    "asked_on": "26 October 2026",
    "starts_on": "4 January 2027",
    "next_on": "18 December 2026",
    "own_words": "Thank you for telling me about this on the phone.",
    "why": "We know two people of this name, and not the address you gave.",
    "needed": "- a photo of your passport\n- a letter with your address on it",
    "questions": "- Which years do you mean?\n- Which school was it?",
    "reasons": "Your records are in three places. Some are on paper from before 2004.",
    "law": "UK GDPR Article 17(3)(b)",
    "enclosed": "A copy of your records: 214 pages in one file.",
    "left_out": "We left out facts about other people. Each gap has a code that says why.",
    "searched": "- The case system: we found records.\n- The paper store: one box was lost.",
    "changes": "We changed your date of birth on the front sheet.",
    "kept": "We kept the notes of the court case, because the law says so.",
    "recipients": "- The school\n- The police",
    "subject_details": "Name: Amina Warsame\n\nDate of birth: 4 March 2011",
    "offered": "You can come and talk to us about your own family.",
    "not_told": "One charity has closed.",
    "decision": "A manager read your form again and gave you a place.",
    "understood": "You say that we sent your letter to an old address.",
    "progress": "We have spoken to the team and wait for a list.",
    "found": "Nobody had changed the address. That should not have happened.",
    "actions": "We have changed it, and told the team to check before each letter.",
    "organisation": "Islington Council",
    "organisation_contact": "7 Newington Barrow Way, London N7 7EP",
}
# What the law wants to be read in each letter, beside the words of the officer.
ROUTES = ("You can complain to us.", "section 164A", "section 165", "You can go to court.")
SAID: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.ACKNOWLEDGEMENT: ("received your request on 21 October 2026", "21 January 2027"),
    LetterKind.IDENTITY_REQUEST: ("not the address you gave", "Our time to answer starts"),
    LetterKind.AUTHORITY_REQUEST: ("sure that you are allowed to", "Our time to answer starts"),
    LetterKind.CLARIFICATION: ("Which years", "do not count towards our time"),
    LetterKind.CLARIFICATION_REMINDER: ("Which years", "26 October 2026", "on hold"),
    LetterKind.CLARIFICATION_CLOSE: ("Why we stopped", "How to start again", *ROUTES),
    LetterKind.EXTENSION: ("three places", "answer you by 21 January 2027", "only once", *ROUTES),
    LetterKind.RESPONSE: (
        "Yes, we hold information about you",
        "Why we use it",
        "What kinds we hold",
        "Who we share it with",
        "How long we keep it",
        "Where it came from",
        "Decisions by computers",
        "Other countries",
        "put right something that is wrong",
        "delete something",
        "only store something",
        "stop using something",
        "What we left out and why",
        *ROUTES,
    ),
    LetterKind.NOTHING_HELD: ("do not hold any", "The case system", *ROUTES),
    LetterKind.REFUSAL: ("three places", "UK GDPR Article 17(3)(b)", *ROUTES),
    LetterKind.RECTIFICATION_DONE: ("date of birth on the front", "The police", *ROUTES),
    LetterKind.RECTIFICATION_REFUSED: ("three places", "add your own account", *ROUTES),
    LetterKind.ERASURE_DONE: ("What we deleted", "What we kept and why", "The police", *ROUTES),
    LetterKind.ERASURE_REFUSED: ("three places", "UK GDPR Article 17(3)(b)", *ROUTES),
    LetterKind.RESTRICTION_APPLIED: ("only store", "tell you before this ends", *ROUTES),
    LetterKind.RESTRICTION_LIFTING: ("from 4 January 2027", "three places", *ROUTES),
    LetterKind.OBJECTION_UPHELD: ("What we have stopped", *ROUTES),
    LetterKind.OBJECTION_REFUSED: ("three places", "weighed your reasons", *ROUTES),
    LetterKind.MARKETING_STOPPED: ("at once, and it has no end", *ROUTES),
    LetterKind.PORTABILITY: ("form that a computer can read", *ROUTES),
    LetterKind.AUTOMATED_DECISION: (
        "How the first decision was made",
        "tell us your side",
        "person to look at the decision",
        "ask us to change it",
        *ROUTES,
    ),
    LetterKind.RECIPIENT_NOTICE: ("UK GDPR Article 19", "Amina Warsame", "date of birth"),
    LetterKind.RECIPIENTS_TOLD: ("The police", "could not tell"),
    LetterKind.COMPLAINT_ACKNOWLEDGEMENT: ("received your complaint on 21 October 2026",),
    LetterKind.COMPLAINT_PROGRESS: ("spoken to the team",),
    LetterKind.COMPLAINT_OUTCOME: ("What we found", "What we do about it", *ROUTES[2:]),
    LetterKind.REDIRECT_AUTHORITY: ("We do not hold it", "Islington Council", *ROUTES),
    LetterKind.REDIRECT_SCHOOL: ("within 15 school days", "for free", *ROUTES),
    LetterKind.NOT_VALIDATED: ("passport", "How to start again", *ROUTES),
    LetterKind.DECEASED: ("while they live", "Access to Health Records Act 1990", *ROUTES),
}


def page_of(
    each: Letter,
    council: str = "WCC",
    regulator: Regulator | None = None,
    services: tuple[str, ...] = ("SVC-01", "SVC-06"),
    **given: object,
) -> LetterPage:
    """The letter with every gap filled; `given` replaces what it says or whom it goes to."""
    of, gaps = COUNCILS[council], gaps_in(each)
    held = passages(of, regulator or Regulator(), [service(each) for each in services])
    values = {**GIVEN, "council": of.name, **held}
    values |= {name: str(words) for name, words in given.items() if name in GIVEN}
    more = {name: value for name, value in given.items() if name not in GIVEN}
    blocks = fill(read_text(shipped_text(each.kind), gaps, each.required_gaps), gaps, values)
    usual: dict[str, object] = {
        "addressee": "Ayesha Begum",
        "address": ("Flat 3", "12 Chapel Street", "London NW1 5DP"),
        "dated_on": date(2026, 11, 20),
    }
    return LetterPage(
        council=of,
        reference=str(values["reference"]),
        blocks=blocks,
        **{**usual, **more},  # type: ignore[arg-type]
    )


def words_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def squeezed(text: str) -> str:
    """Without spaces, which a line end may add or take."""
    return "".join(text.split())


@EACH
def test_each_letter_is_a_tagged_pdf_in_british_english_with_its_title(each: Letter) -> None:
    page = page_of(each)
    with pikepdf.open(io.BytesIO(letter_pdf(page))) as letter:
        assert str(letter.Root.Lang) == "en-GB"
        assert bool(letter.Root.MarkInfo.Marked)
        assert bool(letter.Root.ViewerPreferences.DisplayDocTitle)
        with letter.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == page.title
        tags = _tags(letter.Root.StructTreeRoot.K)
    assert tags.count("/H1") == 1
    assert "/H2" in tags
    assert "/P" in tags


def _tags(element: object) -> list[str]:
    if isinstance(element, pikepdf.Array):
        return [tag for each in element for tag in _tags(each)]
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return []
    own = str(element.S)
    return [own, *(_tags(element.K) if "/K" in element else [])]


@EACH
def test_each_letter_says_what_the_law_wants_in_pdf_and_in_text(each: Letter) -> None:
    page = page_of(each)
    printed, mailed = squeezed(words_of(letter_pdf(page))), squeezed(letter_text(page))
    for words in (*SAID[each.kind], "WCC-2026-000004", "20 November 2026", "Dear Ayesha Begum"):
        assert squeezed(words) in printed, words
        assert squeezed(words) in mailed, words


@EACH
def test_each_letter_to_a_requester_is_plain(each: Letter) -> None:
    text = letter_text(page_of(each, services=("SVC-01",)))
    assert BANNED.search(text) is None
    assert reading_grade(text) <= PLAIN_ENOUGH


@pytest.mark.parametrize("entry", SERVICES, ids=lambda entry: entry.id)
def test_what_is_said_of_each_service_is_plain(entry: object) -> None:
    page = page_of(LETTERS[LetterKind.RESPONSE], services=(entry.id,))  # type: ignore[attr-defined]
    text = letter_text(page)
    assert BANNED.search(text) is None
    assert reading_grade(text) <= PLAIN_ENOUGH


@EACH
def test_a_letter_nobody_added_to_names_no_worker_and_leaves_no_hole(each: Letter) -> None:
    required = {question.gap for question in each.questions if question.is_required}
    asked = {question.gap for question in each.questions} - required | {"own_words", "due_on"}
    text = letter_text(page_of(each, **dict.fromkeys(asked, "")))
    assert "None" not in text
    assert "{{" not in text
    assert not re.search(r"\n\n\n", text)
    assert text.rstrip().endswith("Yours sincerely\n\nInformation team\nWestminster City Council")


@pytest.mark.parametrize("code", COUNCILS)
def test_a_letter_carries_its_own_councils_details_and_the_regulator_that_is_set(
    code: str,
) -> None:
    regulator = Regulator("Information Commission", ("1 New Street", "Leeds"), "0300 1", "ic.uk")
    page = page_of(LETTERS[LetterKind.REFUSAL], code, regulator)
    text = words_of(letter_pdf(page))
    other = next(each for each in COUNCILS.values() if each.code != code)
    assert COUNCILS[code].name in text
    assert COUNCILS[code].email in text
    assert other.name not in text
    assert "Information Commission" in text
    assert "1 New Street, Leeds" in text
    assert "Information Commissioner" not in text


def test_an_officer_who_signs_is_named_and_can_be_reached() -> None:
    officer = Officer("Sam Okoro", "information officer", "sam@example.org", "020 7000 0000")
    text = letter_text(page_of(LETTERS[LetterKind.REFUSAL], officer=officer))
    assert "You can talk to Sam Okoro, information officer." in text
    assert "sam@example.org or ring 020 7000 0000" in text
    assert text.rstrip().endswith("Sam Okoro\ninformation officer\nWestminster City Council")


def test_the_same_letter_is_the_same_bytes() -> None:
    one, two = (letter_pdf(page_of(LETTERS[LetterKind.EXTENSION])) for _ in range(2))
    assert one == two


NAMES = {
    "Arabic": ("نور الهدى عبد الرحمن", "DejaVu"),
    "Somali": ("Cabdiraxmaan Maxamed Cabdullaahi Xasan", "NotoSans"),
    "Bengali": ("মোহাম্মদ আব্দুল্লাহ আল মামুন", "Bengali"),
    "Chinese": ("歐陽慧敏", "Droid"),
    "Vietnamese": ("Nguyễn Thị Ánh Tuyết", "NotoSans"),
    "Tigrinya": ("ትርሃስ ገብረመድህን", "Ethiopic"),
    "Punjabi": ("ਹਰਪ੍ਰੀਤ ਕੌਰ", "Gurmukhi"),
}


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_any_script_is_drawn_with_letters_of_that_script(script: str) -> None:
    name, font = NAMES[script]
    data = letter_pdf(page_of(LETTERS[LetterKind.ACKNOWLEDGEMENT], addressee=name, about=name))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = " ".join(str(each.BaseFont) for each in dict(pdf.pages[0].resources.Font).values())
    assert font in fonts.replace("-", "")


def test_long_names_and_addresses_stay_on_the_paper() -> None:
    data = letter_pdf(
        page_of(
            LETTERS[LetterKind.REDIRECT_AUTHORITY],
            addressee="Wolfeschlegelsteinhausenbergerdorff-" * 5,
            address=("The Very Long Name Of A House That Goes On " * 4, "x" * 180, "London"),
            organisation="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3,
            reasons="y" * 400,
        )
    )
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            assert all(left >= 0 and right <= width - 30 for left, _, right, _ in boxes)
            assert all(bottom >= 0 and top <= height for _, bottom, _, top in boxes)
    finally:
        document.close()


def test_what_a_person_wrote_is_shown_and_not_obeyed() -> None:
    typed = "{{ 7*7 }} {% include 'cover.html' %} <img src='file:///etc/hostname'> & co"
    page = page_of(LETTERS[LetterKind.REFUSAL], addressee=typed, reasons=typed)
    assert squeezed(words_of(letter_pdf(page))).count(squeezed(typed)) == 3


@EACH
def test_a_letter_fits_on_few_pages(each: Letter) -> None:
    document = pypdfium2.PdfDocument(letter_pdf(page_of(each)))
    limit = 3 if each.kind is LetterKind.RESPONSE else 2
    assert len(document) <= limit
    document.close()


def test_only_the_notice_to_a_recipient_goes_to_somebody_else() -> None:
    others = [each.kind for each in LETTERS.values() if each.addressee is Addressee.RECIPIENT]
    assert others == [LetterKind.RECIPIENT_NOTICE]
