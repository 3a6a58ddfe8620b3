"""Bodies the notices say data was shared with, under the names they have today."""

from __future__ import annotations

from sar.domain.service_entry import Recipient


def _named(*names: str) -> tuple[Recipient, ...]:
    return tuple(Recipient(name) for name in names)


HOME_OFFICE = Recipient(
    "Home Office", ("UK Border Agency", "UK Boarder Agency", "UKBA", "Border Agency")
)
ICB = Recipient(
    "NHS Integrated Care Board", ("Clinical Commissioning Group", "CCG", "Primary Care Trust")
)
PROBATION = Recipient(
    "Probation Service",
    (
        "National Probation Service",
        "probation trusts",
        "Community Rehabilitation Companies",
        "CRC",
    ),
)
PUBLIC_HEALTH = Recipient("UK Health Security Agency", ("Public Health England", "PHE"))
FAMILIES_EVALUATION = Recipient(
    "Ministry of Housing, Communities and Local Government",
    (
        "Department for Levelling Up, Housing and Communities",
        "Troubled Families",
        "Troubled Families Unit",
    ),
)

GENERAL = (
    *_named(
        "Council departments",
        "Partner organisations",
        "Third-party contractors",
        "Department for Work and Pensions",
        "Police",
        "Health and social care organisations",
        "Health authorities",
        "Housing associations",
        "Landlords",
        "Schools and other places of education",
        "London Fire Brigade",
    ),
    PROBATION,
)
SUPPORTING_FAMILIES = (
    *_named(
        "Westminster Family Hub programme",
        "Department for Work and Pensions",
        "Office for National Statistics",
        "Metropolitan Police",
        "Registered housing providers",
        "Children's centres",
        "Schools",
        "Voluntary and private partners",
    ),
    PROBATION,
    PUBLIC_HEALTH,
    FAMILIES_EVALUATION,
)
PARTICIPATION = _named(
    "Department for Education (totals)",
    "Council departments",
    "Westminster Employment Service",
    "Commissioned and partner support services",
    "Prospects Services",
)
FAMILY_HUB = _named(
    "Westminster Children's Services",
    "Central London Community Healthcare (health visiting)",
    "Central and North West London NHS (school nursing)",
    "Early Help panel services",
    "Services on the Family Plan",
    "Voluntary sector partners",
)
CHILDRENS_CENTRES = _named(
    "Children's social care",
    "Police (safeguarding)",
    "Department for Work and Pensions",
    "Partner organisations, with consent",
)
YOUTH_OFFENDING = (
    *_named(
        "Family Services",
        "MASH",
        "Supporting Families",
        "Antisocial behaviour and community safety teams",
        "Integrated Gangs Unit",
        "Housing",
        "Education and special educational needs teams",
        "Legal services",
        "Other youth offending services",
        "Youth offending team volunteers",
        "Borough police",
        "Metropolitan Police",
        "Crown Prosecution Service",
        "Youth Justice Board",
        "Ministry of Justice",
        "HM Courts and Tribunals Service",
        "Lawyers for the council and the young person",
        "Cafcass",
        "CAMHS",
        "Drug and alcohol services",
        "Schools",
        "Youth Crime Prevention Partnership",
        "Scrutiny committees (totals)",
        "Public Health (totals)",
    ),
    PROBATION,
    HOME_OFFICE,
)
MASH = (
    *_named(
        "Front-door teams of Hammersmith and Fulham, Kensington and Chelsea, and Westminster",
        "Metropolitan Police",
        "NHS bodies: GPs, health visitors, school nurses, CAMHS",
        "Education",
        "Housing",
        "Youth offending teams",
        "Domestic violence, alcohol and drug services",
        "MASE panel members",
    ),
    PROBATION,
    HOME_OFFICE,
)
SEND = _named(
    "Schools and settings consulted for Section I",
    "SEND Tribunal",
    "Mediation services",
    "Law-enforcement bodies",
)
RESCUE_AND_RESPONSE = _named(
    "Rescue and Response team, through Brent Council", "Rescue and Response service providers"
)
PUPIL_DATA = _named(
    "Department for Education",
    "Post-16 providers",
    "Schools (destinations)",
    "Early Years",
    "Youth Support",
    "Admissions",
    "Supporting Families",
    "Early Help",
    "Children's social care",
    "School Improvement",
    "Special educational needs team",
    "Attendance, child employment, elective home education and missing education (ACE)",
    "School nursing",
    "Health visiting",
    "MASH",
    "The pupil's borough of residence, approved by the Bi-Borough Education Data Manager",
)
WORKFORCE = _named("Schools (sickness and recruitment)")
YOUTH_SUPPORT = _named("Youth support service providers", "Schools")
HEALTH = (*_named("Schools (totals)", "Council (totals)"), ICB)
TRAINING_HISTORY = (
    *_named(
        "Education institutions", "Department for Education", "Police", "Health", "Training support"
    ),
    PROBATION,
)
WEBSITES = _named("Open Objects (web host)")
ISLINGTON = (
    *_named(
        "Department for Education (National Pupil Database)",
        "Adult social care",
        "Finance",
        "Contractors",
        "NHS",
        "Other councils",
        "Police",
        "Schools",
        "Ofsted",
        "Support services",
        "Courts",
        "Safeguarding agencies",
    ),
    HOME_OFFICE,
    FAMILIES_EVALUATION,
)
