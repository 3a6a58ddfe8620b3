import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.domain.permissions import PERMISSIONS, Permission, Role, may_approve, permissions_of

ROLES = st.frozensets(st.sampled_from(Role))
PEOPLE = st.frozensets(st.text(min_size=1, max_size=3))


@given(ROLES, st.sampled_from(Role))
def test_nobody_gains_by_losing_a_role(roles: frozenset[Role], lost: Role) -> None:
    assert permissions_of(roles - {lost}) <= permissions_of(roles)


@given(ROLES, ROLES)
def test_two_roles_give_what_each_gives_and_no_more(
    some: frozenset[Role], others: frozenset[Role]
) -> None:
    assert permissions_of(some | others) == permissions_of(some) | permissions_of(others)


def test_without_a_role_nothing_is_allowed() -> None:
    assert permissions_of(frozenset()) == frozenset()


def test_every_permission_is_held_by_some_role_and_every_role_holds_some() -> None:
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)
    assert all(PERMISSIONS[role] for role in Role)


def test_permissions_read_noun_colon_verb_in_alphabetical_order() -> None:
    values = [each.value for each in Permission]
    assert values == sorted(values)
    for each in Permission:
        noun, _, verb = each.value.partition(":")
        assert (noun, verb) == tuple(each.name.lower().replace("_", "-").split("-", 1))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.TEAM_MEMBER])
def test_administrators_and_teams_open_no_case_record_or_bundle(role: Role) -> None:
    nouns = {each.value.partition(":")[0] for each in PERMISSIONS[role]}
    assert not nouns & {"bundle", "case", "clock", "disclosure", "message", "record", "redaction"}


def test_no_one_role_can_both_submit_and_approve() -> None:
    for role, held in PERMISSIONS.items():
        assert not {Permission.REDACTION_SUBMIT, Permission.REDACTION_APPROVE} <= held, role
        assert not {Permission.REDACTION_MARK, Permission.REDACTION_APPROVE} <= held, role


@given(PEOPLE, st.text(min_size=1, max_size=3))
def test_only_somebody_who_had_no_part_in_it_may_approve(
    authors: frozenset[str], approver: str
) -> None:
    assert may_approve(authors | {approver}, approver) is False
    assert may_approve(authors - {approver}, approver) is True


def test_every_role_has_words_for_the_screens() -> None:
    assert len({role.label for role in Role}) == len(Role)
