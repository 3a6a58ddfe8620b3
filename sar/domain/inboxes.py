"""Every place a request can arrive: mailboxes, telephones, post and front desks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum

from sar.domain.errors import DomainError
from sar.domain.service_entry import Council


class Channel(StrEnum):
    """How something arrives."""

    MAIL = "mail"
    PHONE = "phone"
    POST = "post"
    VISIT = "visit"
    STAFF = "staff"
    PROCESSOR = "processor"


class Purpose(StrEnum):
    """What the notices give an address for; a request is valid at any of them."""

    SAR = "sar"
    COMPLAINT = "complaint"
    DPO = "dpo"
    SERVICE = "service"


@dataclass(frozen=True)
class Inbox:
    """A receipt point; the slug also names its drop folder.

    `aliases` are received here and never written to when they are in `never_send_to`.
    """

    slug: str
    address: str
    council: Council
    purpose: Purpose
    channel: Channel = Channel.MAIL
    service_ids: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    never_send_to: tuple[str, ...] = ()
    note: str = ""
    is_live: bool = True

    @property
    def is_ours(self) -> bool:
        """False for an address of another authority."""
        return self.council.is_served


_R, _W = Council.RBKC, Council.WCC
_TYPO = "dataprotection@westminter.gov.uk"

MAILBOXES = (
    Inbox(
        "rbkc-dataprotectionact",
        "dataprotectionact@rbkc.gov.uk",
        _R,
        Purpose.SAR,
        service_ids=("SVC-01", "SVC-15"),
    ),
    Inbox(
        "rbkc-dataprotection",
        "dataprotection@rbkc.gov.uk",
        _R,
        Purpose.COMPLAINT,
        service_ids=("SVC-01", "SVC-09"),
        note="Complaint address, and the contact for Rescue and Response. Kensington and Chelsea "
        "publishes no Data Protection Officer address.",
    ),
    Inbox(
        "wcc-dataprotection",
        "dataprotection@westminster.gov.uk",
        _W,
        Purpose.SAR,
        service_ids=("SVC-01", "SVC-02", "SVC-04", "SVC-15"),
        aliases=(_TYPO,),
        never_send_to=(_TYPO,),
        note="A notice misprints this address as westminter.gov.uk. If a complaint was sent there "
        "and never arrived, the Data Protection Officer decides the day it counts as received: "
        "record both days.",
    ),
    Inbox(
        "wcc-dataprotectionact",
        "dataprotectionact@westminster.gov.uk",
        _W,
        Purpose.SAR,
        service_ids=("SVC-05",),
        note="Printed in the Children's Centres notice only. Check that this mailbox is live.",
    ),
    Inbox(
        "wcc-accesstochildrensservices",
        "accesstochildrensservices@westminster.gov.uk",
        _W,
        Purpose.SAR,
        service_ids=("SVC-07", "SVC-01"),
        note="Children's files and MASH. MASH is three councils: choose which one leads.",
    ),
    Inbox(
        "wcc-dpo",
        "dpo@westminster.gov.uk",
        _W,
        Purpose.DPO,
        service_ids=("SVC-03", "SVC-05", "SVC-06", "SVC-07", "SVC-08"),
        note="Also the complaint address for MASH, and for Children's Centres, whose own is blank.",
    ),
    Inbox(
        "islington-foia",
        "foia@islington.gov.uk",
        Council.ISLINGTON,
        Purpose.SAR,
        service_ids=("SVC-90",),
        note="Islington's Information Governance Team. Another authority: pass on, do not answer.",
    ),
)
OTHER_POINTS = (
    Inbox(
        "wcc-phone-childrens-files",
        "020 7641 4000",
        _W,
        Purpose.SAR,
        Channel.PHONE,
        ("SVC-07", "SVC-01"),
        aliases=("0207 641 4000",),
        note="A spoken request starts the clock that day.",
    ),
    Inbox(
        "wcc-phone-bessborough",
        "020 7641 5676",
        _W,
        Purpose.SERVICE,
        Channel.PHONE,
        ("SVC-04",),
        aliases=("02076415676",),
        note="Bessborough Family Hub manager. A spoken request starts the clock that day.",
    ),
    Inbox(
        "rbkc-post-supporting-families",
        "Supporting Families, Children's Services, Kensington Town Hall, Horton Street, London "
        "W8 7NX",
        _R,
        Purpose.SERVICE,
        Channel.POST,
        ("SVC-02",),
        note="Kensington and Chelsea's address printed on a Westminster notice: ask which borough.",
    ),
    Inbox(
        "wcc-visit-bessborough",
        "Bessborough Family Hub, SW1V 2JD",
        _W,
        Purpose.SERVICE,
        Channel.VISIT,
        ("SVC-04",),
    ),
    Inbox(
        "wcc-visit-church-street",
        "Church Street Family Hub, NW8 8DE",
        _W,
        Purpose.SERVICE,
        Channel.VISIT,
        ("SVC-04",),
    ),
    Inbox(
        "wcc-visit-queens-park",
        "Queen's Park Family Hub, W9 3AL",
        _W,
        Purpose.SERVICE,
        Channel.VISIT,
        ("SVC-04",),
        note="Serves Bayswater too.",
    ),
    *(
        Inbox(
            f"{council.value.lower()}-staff",
            f"Any member of staff of {council.label}",
            council,
            Purpose.SERVICE,
            Channel.STAFF,
            note="Told to, or sent to, any member of staff: received that day.",
        )
        for council in (_R, _W)
    ),
    Inbox(
        "wcc-processor-prospects",
        "Prospects Services",
        _W,
        Purpose.SERVICE,
        Channel.PROCESSOR,
        ("SVC-03",),
        note="Works for the council: received the day it reaches Prospects.",
    ),
    Inbox(
        "rbkc-processor-rescue-and-response",
        "Rescue and Response providers",
        _R,
        Purpose.SERVICE,
        Channel.PROCESSOR,
        ("SVC-09",),
        note="Works for the council: received the day it reaches the provider.",
    ),
)
INBOXES: tuple[Inbox, ...] = (*MAILBOXES, *OTHER_POINTS)

DOMAIN_TYPOS = {
    "westminter.gov.uk": "westminster.gov.uk",
    "westminister.gov.uk": "westminster.gov.uk",
    "rkbc.gov.uk": "rbkc.gov.uk",
}
_DOMAINS = {
    "rbkc.gov.uk": Council.RBKC,
    "westminster.gov.uk": Council.WCC,
    "lbhf.gov.uk": Council.LBHF,
    "brent.gov.uk": Council.BRENT,
    "islington.gov.uk": Council.ISLINGTON,
}
_OBSCURED = re.compile(r"e-?mail\W{0,3}protected", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


def canonical_address(text: str) -> str:
    """The address in one form: no display name, lower case, published misprints put right.

    Raises:
        DomainError: the text is a web page's "[email protected]", or holds no address.
    """
    if _OBSCURED.search(text):
        raise DomainError(
            "That is where a web page hid an address, not an address. Look it up and type it in."
        )
    address = _bare(text).casefold()
    if not _ADDRESS.fullmatch(address):
        raise DomainError("That is not an e-mail address.")
    local, _, domain = address.rpartition("@")
    return f"{local}@{DOMAIN_TYPOS.get(domain, domain)}"


def inbox_for(address: str) -> Inbox | None:
    """The published mailbox an address means, or None when it is not one of them."""
    try:
        wanted = canonical_address(address)
    except DomainError:
        return None
    return next((each for each in MAILBOXES if each.address == wanted), None)


def inbox(slug: str) -> Inbox:
    """The receipt point with this slug.

    Raises:
        DomainError: there is none.
    """
    found = next((each for each in INBOXES if each.slug == slug), None)
    if found is None:
        raise DomainError(f"There is no receipt point called {slug}.")
    return found


def council_of(address: str) -> Council | None:
    """The authority whose domain an address is in; any of its staff can receive a request."""
    try:
        domain = canonical_address(address).rpartition("@")[2]
    except DomainError:
        return None
    for known, council in _DOMAINS.items():
        if domain == known or domain.endswith(f".{known}"):
            return council
    return None


def can_send_to(address: str) -> bool:
    """False for text that is no address and for misprinted domains, which belong to strangers."""
    try:
        wanted = canonical_address(address)
    except DomainError:
        return False
    return wanted == _bare(address).casefold()


def _bare(text: str) -> str:
    shown = re.sub(r"mailto:", "", text.replace("\u00a0", " ").strip(), flags=re.IGNORECASE)
    return (parseaddr(shown)[1] or shown).strip().strip("<>").rstrip(".,;")
