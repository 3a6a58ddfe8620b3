"""Whether the person who asks may have the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain import representation
from sar.domain.care import CARE_OFFERS, adoption_task, open_offers
from sar.domain.representation import Asking, Authority, Competence, CourtOrder, Proofs
from sar.domain.requesters import Capacity

TODAY = date(2026, 10, 15)
FIFTEEN = date(2011, 3, 1)
MOTHER = Asking(
    subject_name="Ines Example",
    subject_born_on=FIFTEEN,
    is_subject_deceased=False,
    received_on=date(2026, 9, 15),
    asker_id="mother",
    asker_name="Mary Example",
    capacity=Capacity.PARENT,
)
BIRTH = Authority("mother", "birth-certificate", None, "request")
AGREES = Competence("yes", "agrees", is_in_interests=False)


NOTHING = Proofs()


def said(asking: Asking, proofs: Proofs = NOTHING, **given: int) -> str:
    return " ".join(representation.obstacles(asking, proofs, TODAY, **given))


def test_a_person_who_asks_for_themselves_meets_no_obstacle() -> None:
    own = replace(MOTHER, asker_id="", asker_name="", capacity=None)
    assert said(own) == ""
    assert "understand the request" in " ".join(representation.prompts(own, Proofs(), TODAY))


def test_a_parent_of_a_15_year_old_shows_responsibility_and_the_child_is_heard() -> None:
    found = representation.obstacles(MOTHER, Proofs(), TODAY)
    assert len(found) == 2
    assert "has not shown proof of parental responsibility" in found[0]
    assert "is 15" in found[1]
    assert said(MOTHER, Proofs((BIRTH,), AGREES)) == ""


def test_a_proof_of_somebody_else_proves_nothing() -> None:
    theirs = replace(BIRTH, person_id="father")
    assert "has not shown" in said(MOTHER, Proofs((theirs,), AGREES))


@pytest.mark.parametrize(
    ("view", "is_clear"),
    [
        (Competence("yes", "agrees", is_in_interests=False), True),
        (Competence("yes", "objects", is_in_interests=False), False),
        (Competence("yes", "objects", is_in_interests=True), True),
        (Competence("yes", "not-asked", is_in_interests=False), False),
        (Competence("unclear", "not-asked", is_in_interests=False), False),
        (Competence("unclear", "agrees", is_in_interests=False), True),
        (Competence("no", "not-asked", is_in_interests=False), True),
    ],
)
def test_a_child_who_understands_is_followed_unless_it_is_plainly_better_not_to(
    view: Competence, is_clear: bool
) -> None:
    assert (said(MOTHER, Proofs((BIRTH,), view)) == "") is is_clear


def test_the_age_of_the_prompt_is_a_setting_and_below_it_nobody_need_be_asked() -> None:
    young = replace(MOTHER, subject_born_on=date(2015, 1, 1))
    assert said(young, Proofs((BIRTH,))) == ""
    assert "is 11" in said(young, Proofs((BIRTH,)), prompt_age=11)


def test_a_child_who_turns_18_mid_case_ends_the_parents_authority() -> None:
    grown = replace(MOTHER, subject_born_on=date(2008, 10, 1))
    text = said(grown, Proofs((BIRTH,), AGREES))
    assert "turned 18 on 1 October 2026." in text
    assert "write to Ines Example" in text
    before = replace(grown, subject_born_on=date(2008, 9, 1))
    assert "before this request came" in said(before, Proofs((BIRTH,), AGREES))
    soon = replace(MOTHER, subject_born_on=date(2008, 11, 1))
    assert said(soon, Proofs((BIRTH,), AGREES)) == ""
    prompts = " ".join(representation.prompts(soon, Proofs(), TODAY))
    assert "turns 18 on 1 November 2026" in prompts


def test_a_leap_day_child_is_18_on_the_first_of_march() -> None:
    assert representation.turned_adult_on(date(2008, 2, 29)) == date(2026, 3, 1)


def test_without_a_date_of_birth_no_parent_is_answered() -> None:
    assert "Enter the date of birth" in said(replace(MOTHER, subject_born_on=None))


@pytest.mark.parametrize(
    ("capacity", "shows", "wanted"),
    [
        (Capacity.SPECIAL_GUARDIAN, "guardianship-order", "special guardianship order"),
        (Capacity.FOSTER_CARER, "carers-agreement", "no parental responsibility"),
        (Capacity.SOLICITOR, "written-authority", "written authority"),
        (Capacity.ADVOCATE, "written-authority", "written authority"),
        (Capacity.ATTORNEY, "attorney", "power of attorney"),
        (Capacity.DEPUTY, "deputy", "Court of Protection"),
        (Capacity.ELECTED_MEMBER, "constituent", "paras 23-24"),
        (Capacity.OTHER, "written-authority", "written authority"),
    ],
)
def test_each_capacity_shows_its_own_proof(capacity: Capacity, shows: str, wanted: str) -> None:
    asking = replace(MOTHER, capacity=capacity)
    assert wanted in said(asking, Proofs((replace(BIRTH, shows="none"),), AGREES))
    assert said(asking, Proofs((replace(BIRTH, shows=shows),), AGREES)) == ""


def test_a_proof_that_ended_stops_the_case_and_one_that_will_is_told() -> None:
    ended = replace(BIRTH, expires_on=date(2026, 10, 14))
    assert "proof ended on 14 October 2026" in said(MOTHER, Proofs((ended,), AGREES))
    ends_today = replace(BIRTH, expires_on=TODAY)
    assert said(MOTHER, Proofs((ends_today,), AGREES)) == ""
    prompts = " ".join(representation.prompts(MOTHER, Proofs((ends_today,)), TODAY))
    assert "proof ends on 15 October 2026" in prompts
    assert said(MOTHER, Proofs((ended, BIRTH), AGREES)) == "", "a newer proof counts"


def test_a_power_over_money_opens_no_care_records() -> None:
    attorney = replace(MOTHER, capacity=Capacity.ATTORNEY)
    money = Authority("mother", "attorney", None, "property")
    assert "property and money only" in said(attorney, Proofs((money,)))
    assert said(attorney, Proofs((money, replace(money, scope="welfare")))) == ""


def test_the_dead_and_the_councils_own_work_make_no_request() -> None:
    dead = replace(MOTHER, is_subject_deceased=True)
    assert "Access to Health Records Act 1990" in said(dead)
    assert "open a case in their name" in said(dead)
    worker = replace(MOTHER, capacity=Capacity.SOCIAL_WORKER)
    assert "no access request" in said(worker, Proofs((BIRTH,), AGREES))
    executor = replace(MOTHER, capacity=Capacity.PERSONAL_REPRESENTATIVE)
    assert "that they have died" in said(executor)
    assert "Say in what capacity" in said(replace(MOTHER, capacity=None))


ORDER = CourtOrder("mother", "Prohibited steps order", "not-to-person", None, "No contact")


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (ORDER, "nothing may go to Mary Example"),
        (replace(ORDER, effect="no-responsibility"), "may not use parental responsibility"),
        (replace(ORDER, effect="leave", person_id="else"), "leave of the court"),
        (replace(ORDER, person_id="father"), ""),
        (replace(ORDER, effect="none"), ""),
        (replace(ORDER, ends_on=date(2026, 10, 14)), ""),
    ],
)
def test_an_order_in_force_binds_whom_it_names(order: CourtOrder, words: str) -> None:
    text = said(MOTHER, Proofs((BIRTH,), AGREES, (order,)))
    assert words in text
    assert bool(text) is bool(words)


def test_orders_in_force_stand_at_the_head_of_the_case() -> None:
    orders = [replace(ORDER, ends_on=TODAY), replace(ORDER, ends_on=date(2026, 1, 1))]
    (banner,) = representation.banners(orders, TODAY)
    assert banner == "Prohibited steps order: No contact. Ends on 15 October 2026."


@pytest.mark.parametrize(
    ("capacity", "born_on", "is_representative"),
    [
        (Capacity.PARENT, FIFTEEN, True),
        (Capacity.PARENT, date(2008, 10, 15), False),
        (Capacity.PARENT, None, None),
        (Capacity.SPECIAL_GUARDIAN, FIFTEEN, True),
        (Capacity.DEPUTY, date(1980, 1, 1), True),
        (Capacity.ATTORNEY, date(1980, 1, 1), False),
        (Capacity.SOLICITOR, FIFTEEN, False),
        (None, FIFTEEN, None),
    ],
)
def test_codes_against_parents_work_only_against_them(
    capacity: Capacity | None, born_on: date | None, is_representative: bool | None
) -> None:
    asking = replace(MOTHER, capacity=capacity, subject_born_on=born_on)
    assert representation.is_by_representative(asking, TODAY) is is_representative
    assert representation.is_by_representative(replace(asking, asker_id=""), TODAY) is False


@given(
    st.sampled_from([None, *Capacity]),
    st.one_of(st.none(), st.dates(date(1940, 1, 1), TODAY)),
    st.booleans(),
    st.sampled_from([Proofs(), Proofs((BIRTH,)), Proofs((BIRTH,), AGREES, (ORDER,))]),
)
def test_whoever_asks_each_obstacle_and_prompt_is_a_sentence(
    capacity: Capacity | None, born_on: date | None, is_dead: bool, proofs: Proofs
) -> None:
    asking = replace(
        MOTHER, capacity=capacity, subject_born_on=born_on, is_subject_deceased=is_dead
    )
    found = (
        *representation.obstacles(asking, proofs, TODAY),
        *representation.prompts(asking, proofs, TODAY),
    )
    assert all(each.endswith((".", "?")) and "{}" not in each for each in found)


def test_each_offer_stays_a_task_until_it_is_declined_or_done() -> None:
    assert open_offers({}) == tuple(CARE_OFFERS)
    left = open_offers({"support-person": "declined", "explanations": "accepted"})
    assert left == ("staged-release", "explanations", "senior-review")
    assert "AD3" in adoption_task()
