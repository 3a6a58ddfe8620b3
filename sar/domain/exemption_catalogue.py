"""Catalogue rows from DPA 2018 Schedule 2: third parties, crime, functions, privilege, research."""

from __future__ import annotations

from sar.domain.exemption import ACCESS_ONLY, PART_FOUR, PART_ONE, Exemption, ExemptionKind

_PRESUMED = (
    "Presumed reasonable to disclose: the name stays in unless a written reason overrides it."
)

THIRD_PARTY = (
    Exemption(
        code="TP16",
        label="Third-party information",
        citation="DPA 2018 Sch 2 para 16",
        applies_when="The words are about another person who can be identified, also as a source, "
        "from what the requester is likely to know or find out.",
        bites_on=ACCESS_ONLY,
        test="No consent, and not reasonable to disclose without it. Weigh the kind of "
        "information, any duty of confidence, steps taken to seek consent, whether the person can "
        "consent, and any refusal (para 16(3)).",
        consult="The other person, where that is safe and possible.",
        plain_words="This is about another person.",
        rank=1,
    ),
    Exemption(
        code="RP17-H",
        label="Health professional named",
        citation="DPA 2018 Sch 2 para 17(2)",
        applies_when="The person named helped compile a health record or treated the subject.",
        bites_on=ACCESS_ONLY,
        test=_PRESUMED,
        consult="None, unless someone could be seriously harmed.",
        plain_words="This names a health worker who did their job, so we have left it in.",
        kind=ExemptionKind.PRESUMPTION,
    ),
    Exemption(
        code="RP17-S",
        label="Social-care worker named",
        citation="DPA 2018 Sch 2 para 17(3)",
        applies_when="The person named is or was a children's court officer, an employee of a "
        "body with social services functions, or paid for a similar service, and acted as such.",
        bites_on=ACCESS_ONLY,
        test=_PRESUMED,
        consult="None, unless someone could be seriously harmed.",
        plain_words="This names a care worker who did their job, so we have left it in.",
        kind=ExemptionKind.PRESUMPTION,
    ),
    Exemption(
        code="RP17-E",
        label="Education worker named",
        citation="DPA 2018 Sch 2 para 17(4)",
        applies_when="The person named is a teacher, an employee of a listed school, or a local "
        "authority employee who maintains it, and acted as such.",
        bites_on=ACCESS_ONLY,
        test=_PRESUMED,
        consult="None, unless someone could be seriously harmed.",
        plain_words="This names someone who worked at a school, so we have left it in.",
        kind=ExemptionKind.PRESUMPTION,
    ),
)

CRIME_AND_FUNCTIONS = (
    Exemption(
        code="CT2",
        label="Crime and taxation",
        citation="DPA 2018 Sch 2 para 2(1)",
        applies_when="Disclosure would be likely to prejudice the prevention, investigation or "
        "detection of crime, a prosecution, or the collection of tax.",
        bites_on=PART_ONE,
        test="Likely prejudice, shown for these words. Paras 2(2)-(3) let the council rely on the "
        "supplier's exemption, for Articles 13 to 15 only.",
        consult="The police or the body that supplied it.",
        plain_words="Sharing this could stop someone from looking into a crime.",
        rank=5,
        can_hide_use=True,
    ),
    Exemption(
        code="CT3",
        label="Risk-assessment classification",
        citation="DPA 2018 Sch 2 para 3",
        applies_when="A score given by a council system that finds benefit or tax fraud.",
        bites_on=PART_FOUR,
        test="Disclosure would stop the system working.",
        consult="The fraud team.",
        plain_words="This is part of a check for fraud. Sharing it would stop the check working.",
    ),
    Exemption(
        code="IM4",
        label="Immigration control",
        citation="DPA 2018 Sch 2 para 4",
        applies_when="Information used for immigration control.",
        bites_on=("13", "14", "15", "17", "18", "21"),
        test="Only the Home Secretary may rely on it.",
        consult="Data Protection Officer.",
        plain_words="This is about the control of who may stay in the country.",
        refusal_reason="The immigration exemption belongs to the Home Secretary. The councils "
        "cannot use it for themselves. If giving the words would hinder an inquiry into a crime, "
        "look at CT2; otherwise ask the Data Protection Officer.",
    ),
    Exemption(
        code="LD5-1",
        label="Information the law makes public",
        citation="DPA 2018 Sch 2 para 5(1)",
        applies_when="A law makes the council publish the information.",
        bites_on=PART_ONE,
        test="Only so far as the right would prevent that publication.",
        consult="Legal services.",
        plain_words="A law says that this must be made public.",
    ),
    Exemption(
        code="LD5-2",
        label="Disclosure required by law or a court",
        citation="DPA 2018 Sch 2 para 5(2)",
        applies_when="A law or a court order makes the council disclose the information.",
        bites_on=PART_ONE,
        test="Only so far as the right would prevent that disclosure.",
        consult="Legal services.",
        plain_words="A law or a court has told us what to do with this.",
    ),
    Exemption(
        code="LD5-3",
        label="Legal proceedings and rights",
        citation="DPA 2018 Sch 2 para 5(3)",
        applies_when="Disclosure is needed for legal proceedings, legal advice or legal rights.",
        bites_on=PART_ONE,
        test="Only so far as the right would prevent that disclosure.",
        consult="Legal services.",
        plain_words="This is needed for a legal case or to protect legal rights.",
        rank=14,
    ),
    Exemption(
        code="FP7",
        label="Protecting the public",
        citation="DPA 2018 Sch 2 para 7",
        applies_when="A function in the paragraph's table, such as dealing with malpractice, "
        "charities, or health and safety.",
        bites_on=PART_ONE,
        test="The function's own condition is met, and disclosure would be likely to prejudice it.",
        consult="The team that carries out the function.",
        plain_words="Sharing this could get in the way of work that keeps people safe.",
        rank=16,
    ),
    Exemption(
        code="CC10",
        label="Children Act complaint investigation",
        citation="DPA 2018 Sch 2 para 10(2)(c)(iii)",
        applies_when="The council is considering a complaint under Children Act 1989 s.24D or "
        "s.26.",
        bites_on=PART_ONE,
        test="Likely to prejudice the way the complaint is considered.",
        consult="The children's complaints team.",
        plain_words="This is about a complaint that is still being looked at.",
        rank=15,
    ),
    Exemption(
        code="MO11",
        label="Monitoring officer and listed regulators",
        citation="DPA 2018 Sch 2 para 11",
        applies_when="A function of the monitoring officer or another listed regulator.",
        bites_on=PART_ONE,
        test="Likely to prejudice the function.",
        consult="The monitoring officer.",
        plain_words="Sharing this could get in the way of a check on how the council acts.",
    ),
    Exemption(
        code="JP14",
        label="Judicial proceedings",
        citation="DPA 2018 Sch 2 para 14(3)",
        applies_when="Disclosure would be likely to prejudice the independence of judges or court "
        "proceedings, such as live care proceedings.",
        bites_on=PART_ONE,
        test="Likely prejudice, shown for these words.",
        consult="Legal services.",
        plain_words="Sharing this could harm a court case.",
        rank=9,
    ),
    Exemption(
        code="LPP19",
        label="Legal privilege",
        citation="DPA 2018 Sch 2 para 19",
        applies_when="Advice between a lawyer and client, or papers made for a court case.",
        bites_on=PART_FOUR,
        test="A claim to privilege could be kept up, or the adviser owes a duty of confidence. "
        "Record whose privilege it is and that it has not been waived.",
        consult="Legal services.",
        plain_words="This is private advice from a lawyer.",
        rank=2,
    ),
    Exemption(
        code="SI20",
        label="Self-incrimination",
        citation="DPA 2018 Sch 2 para 20",
        applies_when="Disclosure would show that the council committed an offence.",
        bites_on=PART_FOUR,
        test="A real risk of proceedings; not for offences under the Data Protection Act.",
        consult="Legal services.",
        plain_words="The law lets us keep this back because it could be used against us in court.",
    ),
    Exemption(
        code="MF22",
        label="Management forecasting",
        citation="DPA 2018 Sch 2 para 22",
        applies_when="Plans of the council, such as a change of teams not yet announced.",
        bites_on=PART_FOUR,
        test="Likely to prejudice the plan.",
        consult="The manager who owns the plan.",
        plain_words="This is about council plans that are not public yet.",
    ),
    Exemption(
        code="NG23",
        label="Negotiations",
        citation="DPA 2018 Sch 2 para 23",
        applies_when="A record of what the council means to do in talks with the data subject, "
        "such as a settlement or placement fees.",
        bites_on=PART_FOUR,
        test="Likely to prejudice the talks; lapses when they are over.",
        consult="Legal services.",
        plain_words="This is about talks we are having with you that have not finished.",
    ),
    Exemption(
        code="REF24",
        label="Confidential reference",
        citation="DPA 2018 Sch 2 para 24",
        applies_when="A reference given or received in confidence for education, training, work, "
        "volunteering, an office or services.",
        bites_on=PART_FOUR,
        test="None beyond confidence: check that it was given in confidence.",
        consult="None.",
        plain_words="This is a private reference.",
        rank=12,
    ),
    Exemption(
        code="EX25S",
        label="Exam scripts",
        citation="DPA 2018 Sch 2 para 25(1)",
        applies_when="What a candidate wrote in an exam.",
        bites_on=PART_FOUR,
        test="None.",
        consult="None.",
        plain_words="These are answers written in an exam.",
    ),
    Exemption(
        code="EX25M",
        label="Exam marks",
        citation="DPA 2018 Sch 2 para 25(2)-(4)",
        applies_when="Marks asked for before the results are announced.",
        bites_on=(),
        test="Moves the date only: the earlier of 5 months from the request and 40 days from the "
        "announcement.",
        consult="None.",
        plain_words="You will get these marks after the results come out.",
    ),
    Exemption(
        code="JN26",
        label="Journalism, academic work, art and literature",
        citation="DPA 2018 Sch 2 para 26",
        applies_when="Kept to publish work in the public interest.",
        bites_on=PART_ONE,
        test="A reasonable belief that publication is in the public interest and that the right "
        "would not fit with it. Rare in a council.",
        consult="Data Protection Officer.",
        plain_words="This is kept for a news story, a study or a work of art.",
    ),
    Exemption(
        code="RS27",
        label="Research and statistics",
        citation="DPA 2018 Sch 2 para 27",
        applies_when="Kept only for research or statistics.",
        bites_on=("15", "16", "18(1)", "21(1)"),
        test="The right would prevent or seriously impair the research; Article 84B safeguards "
        "are in place; results name nobody.",
        consult="The team that runs the research.",
        plain_words="This is kept only for research that does not name anyone.",
    ),
    Exemption(
        code="AR28",
        label="Archiving in the public interest",
        citation="DPA 2018 Sch 2 para 28",
        applies_when="Kept as an archive in the public interest.",
        bites_on=("15", "16", "18(1)", "19", "20", "21(1)"),
        test="The right would prevent or seriously impair the archive; Article 84B safeguards are "
        "in place.",
        consult="The archivist.",
        plain_words="This is kept in an archive for history.",
    ),
)

SCHEDULE_TWO = THIRD_PARTY + CRIME_AND_FUNCTIONS
