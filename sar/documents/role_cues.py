"""What the words around a name say of the person: a worker in role, family, a victim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sar.domain.people import Role

_GRADES = (
    r"(?:(?:senior|lead|deputy|assistant|head|principal|named|designated|duty|advanced|specialist|"
    r"consultant|trainee|student|clinical|family|independent|community|education(?:al)?|children'?s|"
    r"child protection|school|youth|early help|leaving care|allocated|supervising|practice|service|"
    r"team|police|housing|welfare|attendance|pastoral|support|contact|intervention|reviewing|"
    r"safeguarding|social care|mental health|camhs|cafcass|personal|court|legal|area|residential|"
    r"detective|acting|class|form|teaching|link|liaison|outreach|domestic abuse|qualified)[ -])*"
)
_JOBS = (
    r"(?:social worker|sw|worker|manager|officer|teacher|head ?teacher|"
    r"head of (?:year|school|house)|"
    r"senco|sendco|dsl|gp|doctor|nurse|health visitor|hv|midwife|p(?:a)?ediatrician|psychologist|"
    r"psychiatrist|therapist|solicitor|barrister|guardian(?: ad litem)?|practitioner|advis[eo]r|"
    r"co-?ordinator|mentor|tutor|ta|lsa|teaching assistant|interpreter|constable|"
    r"sergeant|inspector|"
    r"d[cis]|pc|ps|iro|lado|chair(?:person)?|director|clerk|administrator|business support|"
    r"minute taker|registrar|advocate|supervisor|assessor|physiotherapist|dietitian|case ?worker|"
    r"key ?worker|counsellor|foster carer|childminder|probation officer|fgc co-?ordinator|lead|"
    r"safeguarding|cafcass|ewo|sro|oic|cin worker|ey(?:fs)? lead|ed psych|ep|consultant|head)"
)
JOB = rf"{_GRADES}{_JOBS}"
_KIN = (
    r"(?:step|half|foster|grand|great|god)?-?(?:mother|father|mum|mam|mummy|dad|daddy|brother|sister|"
    r"sibling|son|daughter|parents?)(?:-in-law)?|(?:m|p)g[mf]|gran(?:ny|dma|dad|dpa|dparents?)?|nan(?:a|ny)?|"
    r"aunt(?:ie|y)?|uncle|cousin|niece|nephew|husband|wife|spouse|fianc[eé]e?|partner|ex|kin"
)
_GROUPS = (
    (
        Role.REFERRER,
        r"referrers?|referred by|neighbours?|anonymous|next[ -]door|opposite|informant",
    ),
    (
        Role.VICTIM_WITNESS,
        r"victims?|complainants?|witness(?:es)?|survivors?|injured party|aggrieved",
    ),
    (
        Role.OTHER_CHILD,
        r"friends?|peers?|classmates?|pupils?|boyfriend|girlfriend|other child(?:ren)?",
    ),
    (Role.FAMILY, _KIN),
    (
        Role.UNKNOWN,
        (
            r"suspects?|perpetrators?|another parent|(?:male|female|man|woman|boy|girl|adult|"
            r"associate|youth|lad|lodger|driver|payee|landlord)"
        ),
    ),
)
_OF = r"(?:(?:is|was|being|named|called|known (?:only )?as|aka|a\.k\.a\.|who is)[ ]+)*"
_TITLE = r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|master)\.? )?"
_AFTER = tuple(
    (
        role,
        re.compile(rf"^(?:['’]s)?\s*[(,|–-]\s*(?:[\w'’-]+ ){{0,3}}?(?:{words})\b", re.IGNORECASE),
    )
    for role, words in _GROUPS
)
_BEFORE = tuple(
    (role, re.compile(rf"\b(?:{words})(?: \d)?[ ,:|(–-]*{_OF}[(]?{_TITLE}$", re.IGNORECASE))
    for role, words in _GROUPS
)
_NEIGHBOUR_AFTER = re.compile(
    r"^\W*(?:from|of|at|who lives|lives)\W+(?:next door|opposite|across|upstairs|"
    r"downstairs|number \d|flat \d|no\.? \d)",
    re.IGNORECASE,
)
_JOB_AFTER = re.compile(
    rf"^(?:\s*[,(|–:-]\s*(?:the |a |an |our |his |her |their )?{JOB}\b"
    rf"|\n(?:> )?{JOB}\b[^\n]{{0,50}}(?:\n|$)|\s*[(]?[1-9]\d{{1,3}}[A-Z]{{2}}\b"
    r"|\s+(?:has been|was|is)(?: appointed| allocated)? (?:as |the )?(?:new |allocated )?"
    rf"{JOB}\b)",
    re.IGNORECASE,
)
_JOB_BEFORE = re.compile(
    rf"\b{JOB}(?:[ ]*[:|,(]\s*|[ ]+(?:is|was|named|called)?[ ]*)$", re.IGNORECASE
)
_OFFICE_BEFORE = re.compile(
    r"\b(?:Dr|PC|DC|DS|DI|PS|DCI|W?PC|T/DC|Sgt|Sergeant|Insp(?:ector)?|Judge|HHJ|Cllr|Councillor|Prof(?:essor)?|"
    r"Nurse|Rev(?:erend)?)\.?\s+$"
)
_WORK_BEFORE = re.compile(
    r"(?:supervis(?:ion|ed) (?:with|by)|(?:transferred|allocated|reallocated|assigned) to|"
    r"(?:recorded|chaired|prepared|completed|authorised|approved|agreed|written|signed|countersigned|"
    r"taken|supervised|minuted|assessed|interviewed) by)\s+$",
    re.IGNORECASE,
)
_WORK_LABEL = re.compile(
    rf"^\W*(?:\d+\W+)?(?:{JOB}s?|worker|workers|minutes|minutes by|recorded by|"
    r"interviewers?|author|"
    r"chaired by|completed by|signed|authori[sz]ed(?: by)?|approved by|oic|fao|"
    r"professionals?(?: involved| present)?|"
    r"form tutor|social care|agreed by|prepared by)\s*[:|]",
    re.IGNORECASE,
)
_ROLE_LINE = re.compile(
    r"\W*(?:role|job title|designation|position|occupation|relation(?:ship)?(?: to [\w ]+)?)"
    r"\s*[:|]\s*(.+)",
    re.IGNORECASE,
)
_COPY_LABEL = re.compile(r"^\W*(?:cc|copy|copies|apologies|copied)\b", re.IGNORECASE)
_WORK_MAIL = re.compile(
    r"^\s*[<(\[]?[\w.+'-]+@(?:[\w-]+\.)*(?:gov|nhs|police|met|sch|school\w*|[\w-]+-schools?|ac|council|mod|"
    r"cafcass|nspcc|barnardos)(?:\.|\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """What the surroundings say; a weak cue gives way to any other."""

    role: Role
    is_weak: bool = False


def cue_around(before: str, after: str, line: str) -> Cue | None:
    """The role the text before, the text after and the start of the line give a name, or None."""
    if _is_worker(before, after):
        return Cue(Role.PROFESSIONAL)
    if _NEIGHBOUR_AFTER.match(after):
        return Cue(Role.REFERRER)
    for patterns, text in ((_BEFORE, before), (_AFTER, after)):
        for role, pattern in patterns:
            if pattern.search(text):
                return Cue(role)
    if _WORK_LABEL.match(line):
        return Cue(Role.PROFESSIONAL)
    if _COPY_LABEL.match(line):
        return Cue(Role.PROFESSIONAL, is_weak=True)
    return None


def role_in_form(before: str, after: str) -> Role | None:
    """The role a form's own line for it names, near a line `Name:`, or None."""
    lines = [*before.split("\n")[-3:-1], *after.split("\n")[1:3]]
    for line in lines:
        if match := _ROLE_LINE.match(line):
            return role_of_relation(match.group(1))
    return None


def role_of_relation(text: str) -> Role | None:
    """The role a table's cell such as `half-sister` or `Health visitor` names, or None."""
    if re.fullmatch(rf"\W*{JOB}\b.*", text.strip(), re.IGNORECASE | re.DOTALL):
        return Role.PROFESSIONAL
    for role, words in _GROUPS:
        if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE):
            return role
    return None


def is_work_address(email: str) -> bool:
    """True for a mailbox of a council, school, health body or police force."""
    return bool(_WORK_MAIL.match(email))


def _is_worker(before: str, after: str) -> bool:
    return bool(
        _OFFICE_BEFORE.search(before)
        or _JOB_AFTER.match(after)
        or _JOB_BEFORE.search(before)
        or _WORK_BEFORE.search(before)
        or _WORK_MAIL.match(after)
    )
