"""What else the notices say of each service: data, sources, rights, complaints, and their faults.

An empty value means that the notice is silent, or that its list did not survive in the copy read.
"""

from __future__ import annotations

from sar.domain.service_entry import Council, ServiceDetails, ServiceQuestion

_RBKC, _WCC = Council.RBKC, Council.WCC
_Q = ServiceQuestion
_GENERAL_COMPLAINTS = ((_RBKC, "rbkc-dataprotection"), (_WCC, "wcc-dataprotection"))
_DPO_COMPLAINTS = ((_WCC, "wcc-dpo"),)
_LOST = "A copy, and a list of rights that did not survive in the published copy"

_OLD = (
    "It does not tell people that they may complain to the council about how it uses their data "
    "(DPA 2018 s.164A, since 19 June 2026)."
)
_BEFORE_GDPR = "It was written before the UK GDPR and gives no contact, rights or retention."
_MISPRINT = (
    "It prints Westminster's complaint address as dataprotection@westminter.gov.uk. Nothing is "
    "ever sent there. A complaint that was sent there and never arrived: the Data Protection "
    "Officer decides the day it counts as received; record both days."
)
_NO_ARTICLE = "It speaks of agreement without naming consent or any other lawful basis."

DETAILS = {
    "SVC-01": ServiceDetails(
        data=(
            "Personal and family details",
            "Lifestyle and social circumstances",
            "Financial details",
            "Employment and education",
            "NHS number",
            "Housing needs",
            "Visual images, appearance and behaviour",
            "Licences or permits",
            "Student and pupil records",
            "Case file information",
        ),
        special_data=(
            "Race or ethnicity",
            "Political opinions",
            "Religion or philosophy",
            "Trade union membership",
            "Genetic and biometric data",
            "Health",
            "Sex life or orientation",
        ),
        rights_stated="Copy; object and restrict; deletion where there is no compelling reason; "
        "rectification; transfer to another authority; no automated decisions",
        complaint_inbox=_GENERAL_COMPLAINTS,
        notice_faults=(
            _OLD,
            _MISPRINT,
            (
                "One copy hides its addresses behind “[email protected]”: they are those printed "
                "in the other copy."
            ),
        ),
    ),
    "SVC-02": ServiceDetails(
        data=(
            "Names and dates of birth",
            "Full address and property reference number",
            (
                "Whether the family meets the programme's criteria: attendance, child in need, "
                "work and debt, domestic abuse, health, crime"
            ),
        ),
        sources=("Internal departments and partners",),
        rights_stated="Copy; “additional rights” that are not listed",
        complaint_inbox=_GENERAL_COMPLAINTS,
        notice_faults=(_OLD, "It names no controller, and the programme's old name was changed."),
        questions=(_Q.CONTROLLER,),
    ),
    "SVC-03": ServiceDetails(
        data=(
            "Name, age, gender, language, parent or carer",
            "Contact details",
            "Education and employment; for those without either also qualifications and interests",
        ),
        special_data=("Ethnicity", "Religion", "Health", "Sexual orientation", "Offending"),
        sources=("Schools and colleges", "Young person, parent or carer"),
        rights_stated=_LOST,
        complaint_inbox=_DPO_COMPLAINTS,
        high_risk=("Sexual orientation or gender identity", "Refugee or asylum status"),
        notice_faults=(_OLD, _NO_ARTICLE),
    ),
    "SVC-04": ServiceDetails(
        data=(
            "Names of the household, dates of birth, gender, address, telephone, e-mail",
            "Housing and employment status, benefits, relationship status, languages, needs",
            "GP, health visitor and supporting services",
            "Family Plan and Early Help panel papers",
        ),
        special_data=("Ethnicity", "Disability and health needs"),
        rights_stated=_LOST,
        complaint_inbox=((_WCC, "wcc-dataprotection"),),
        notice_faults=(
            _OLD,
            _NO_ARTICLE,
            (
                "It keeps data “until December 2021”, which has passed: 3 years from last contact "
                "is what counts."
            ),
        ),
    ),
    "SVC-05": ServiceDetails(
        data=(
            "Names and addresses from the Department for Work and Pensions",
            "Births in Westminster",
            "Two-year-old offer: date of birth, National Insurance or NASS number, contact",
        ),
        sources=("Department for Work and Pensions",),
        rights_stated="Copy; “additional rights” that are not listed",
        complaint_inbox=_DPO_COMPLAINTS,
        high_risk=("National Insurance number", "NASS number (asylum support)"),
        notice_faults=(_OLD, "Its complaint address is blank: use the Data Protection Officer."),
    ),
    "SVC-06": ServiceDetails(
        data=(
            "Names, dates of birth, addresses, telephone, e-mail, NHS number, pupil number",
            "Gender, languages, immigration status",
            "Education and exclusions",
            "Offences and court outcomes",
            "Witness and victim details",
            "Assessments, child protection and looked-after status, professionals' reports",
        ),
        special_data=("Ethnicity", "Religion", "Health and disability", "Criminal offences"),
        rights_stated="Copy; “no legal right to refuse processing”",
        complaint_inbox=_DPO_COMPLAINTS,
        high_risk=("Immigration status", "Victims and witnesses"),
        codes=("CT2", "P3R", "JP14"),
        notice_faults=(
            _OLD,
            (
                "It names Article 9(2)(i), public health, where 9(2)(g), substantial public "
                "interest, must be meant."
            ),
            (
                "It calls the youth offending team by two names and counts “6 permissible "
                "reasons”; there are seven."
            ),
        ),
        questions=(_Q.REGIME,),
    ),
    "SVC-07": ServiceDetails(
        data=(
            "Name, address, gender, date of birth, relationships",
            "Sexual exploitation data",
            "Snapshots from partner agencies",
        ),
        special_data=("Ethnicity", "Health", "Criminal offences"),
        sources=(
            "GPs, health visitors, school nurses and CAMHS",
            "Schools",
            "Police and probation",
            "Youth offending teams",
            "Home Office (once the UK Border Agency)",
        ),
        rights_stated=_LOST,
        complaint_inbox=_DPO_COMPLAINTS,
        purpose_limit="For immediate risk assessment only, not for later assessments outside the "
        "MASH.",
        high_risk=("Where a person at risk lives", "Immigration status"),
        codes=("TP16", "CT2", "SW10", "SW11", "CA21", "HD6"),
        notice_faults=(
            _OLD,
            "Three boroughs stand behind it and it gives no contact for Hammersmith and Fulham.",
        ),
        questions=(_Q.LEAD,),
    ),
    "SVC-08": ServiceDetails(
        data=(
            "Education, health and care assessments",
            "Annual reviews",
            "Mediation and appeals to the SEND Tribunal",
        ),
        special_data=("Health", "Disability"),
        sources=("Parents", "Young people of 16 and over who have left compulsory education"),
        rights_stated=_LOST,
        complaint_inbox=_DPO_COMPLAINTS,
        codes=("SE4",),
        notice_faults=(_OLD, "A later public copy names another lawful basis."),
    ),
    "SVC-09": ServiceDetails(
        data=(
            "What family, children's, adults' or housing services hold that bears on a referral",
        ),
        rights_stated=_LOST,
        complaint_inbox=((_RBKC, "rbkc-dataprotection"),),
        notice_faults=(_OLD, "It stands among Westminster's notices."),
    ),
    "SVC-10": ServiceDetails(
        data=("Pupil census data", "Attainment, attendance and exclusions"),
        complaint_inbox=_GENERAL_COMPLAINTS,
        notice_faults=(_OLD, _BEFORE_GDPR),
    ),
    "SVC-11": ServiceDetails(
        data=("School workforce census: sickness and recruitment",),
        sources=("Schools",),
        complaint_inbox=_GENERAL_COMPLAINTS,
        notice_faults=(_OLD, _BEFORE_GDPR),
    ),
    "SVC-12": ServiceDetails(
        data=("Name, date of birth, address, parents' names", "Anything relevant to support"),
        sources=("Schools, for young people of 13 and over",),
        complaint_inbox=_GENERAL_COMPLAINTS,
        notice_faults=(_OLD, _BEFORE_GDPR),
    ),
    "SVC-13": ServiceDetails(
        data=("Height and weight", "Totals returned to schools and the council"),
        special_data=("Health",),
        notice_faults=(_OLD, "Clinical Commissioning Groups are now Integrated Care Boards."),
    ),
    "SVC-14": ServiceDetails(
        data=("Education and training history to 20, or to 25 with special educational needs",),
        sources=(
            "Education institutions",
            "Department for Education",
            "Police",
            "Probation",
            "Health",
        ),
        complaint_inbox=_GENERAL_COMPLAINTS,
        notice_faults=(_OLD, _BEFORE_GDPR),
    ),
    "SVC-15": ServiceDetails(
        data=("Internet addresses and cookies", "What people type into online forms"),
        rights_stated=_LOST,
        complaint_inbox=_GENERAL_COMPLAINTS,
        notice_faults=(_OLD,),
    ),
    "SVC-90": ServiceDetails(
        data=(
            "Identity and characteristics",
            "Child in need, child protection and looked-after episodes, placements, outcomes",
            "Adoption orders, care leavers, carers and adopters",
            "Special educational needs personal budgets",
        ),
        special_data=("Health", "Criminal offences"),
        rights_stated="Those of the Data Protection Act 1998",
        notice_faults=(
            _OLD,
            "It lists rights in the words of the 1998 Act.",
            "It names a person as Data Protection Officer: the role is kept here, not the person.",
        ),
    ),
}
