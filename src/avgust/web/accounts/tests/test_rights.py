"""The table of rights, spelt out a second time, and where a right reaches."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import RIGHTS, Action, Role, roles_that_may
from avgust.web.territory.models import Unit

ROLES = (
    "regional_officer", "municipal_officer", "head", "deputy", "staff", "methodologist", "analyst", "observer",
    "admin",
)  # fmt: skip
MATRIX = {
    #                      region municip head  deputy staff method analyst observer admin
    "territory.see":      "yes    yes    yes    yes    yes    yes    yes    yes    yes",
    "territory.edit":     "yes    no     no     no     no     no     no     no     yes",
    "documents.see":      "yes    yes    no     no     no     yes    yes    yes    no",
    "documents.upload":   "yes    yes    no     no     no     yes    no     no     no",
    "documents.review":   "yes    yes    no     no     no     yes    no     no     no",
    "documents.delete":   "yes    yes    no     no     no     no     no     no     no",
    "programmes.adopt":   "yes    yes    no     no     no     no     no     no     no",
    "programmes.see":     "yes    yes    yes    yes    no     yes    yes    yes    yes",
    "programmes.edit":    "yes    yes    no     no     no     no     no     no     no",
    "programmes.export":  "yes    yes    yes    yes    no     yes    yes    yes    no",
    "programmes.publish": "yes    yes    no     no     no     no     no     no     no",
    "decisions.prepare":  "yes    yes    no     no     no     yes    no     no     no",
    "control.see":        "yes    yes    yes    yes    no     yes    yes    yes    yes",
    "control.report":     "yes    yes    yes    yes    no     yes    no     no     no",
    "control.decide":     "yes    yes    no     no     no     no     no     no     no",
    "control.errands":    "yes    yes    yes    yes    yes    yes    no     no     no",
    "acts.see":           "yes    yes    yes    yes    no     yes    yes    yes    yes",
    "acts.write":         "yes    yes    yes    yes    no     yes    no     no     no",
    "acts.agree":         "yes    yes    yes    yes    no     yes    no     no     no",
    "acts.templates":     "yes    yes    no     no     no     yes    no     no     no",
    "assessments.see":    "yes    yes    yes    yes    no     yes    yes    no     no",
    "assessments.import": "yes    yes    yes    yes    no     no     yes    no     no",
    "assessments.advise": "yes    yes    no     no     no     yes    no      no       no",
    "journal.see":        "yes    yes    no     no     no     no     yes    no     yes",
    "accounts.invite":    "yes    yes    no     no     no     no     no     no     yes",
    "accounts.manage":    "no     no     no     no     no     no     no     no     yes",
}  # fmt: skip


@pytest.mark.parametrize("action", Action)
def test_table(action: Action) -> None:
    allowed = dict(zip(ROLES, MATRIX[action].split(), strict=True))
    assert {role: "yes" if action in RIGHTS[Role(role)] else "no" for role in ROLES} == allowed
    assert roles_that_may(action) == {role for role, said in allowed.items() if said == "yes"}


def test_every_role_has_a_row() -> None:
    assert set(RIGHTS) == set(Role)


REACH = {
    # person: units where the person may see the territory
    "regional_officer": "region ministry municipality authority school kindergarten neighbour neighbour_school",
    "municipal_officer": "municipality authority school kindergarten",
    "head": "school",
    "observer": "municipality authority school kindergarten",
    "foreign_officer": "neighbour neighbour_school",
    "outsider": "",
}


@pytest.mark.parametrize("person", REACH)
def test_reach(cast, person: str) -> None:
    user = cast.people()[person]
    names = cast.units.__dataclass_fields__
    reached = {name for name in names if user.may(Action.SEE_TERRITORY, getattr(cast.units, name))}
    assert reached == set(REACH[person].split())
    in_scope = set(Unit.objects.in_scope_of(user).values_list("pk", flat=True))
    assert in_scope == {getattr(cast.units, name).pk for name in reached}


def test_a_right_without_a_unit_is_a_right_anywhere(cast) -> None:
    assert cast.municipal_officer.may(Action.UPLOAD_DOCUMENT)
    assert not cast.head.may(Action.UPLOAD_DOCUMENT)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [(0, None, True), (0, 0, True), (-5, -1, False), (1, None, False), (-5, 5, True)],
    ids=["from today", "today only", "ended yesterday", "from tomorrow", "in its middle"],
)
def test_a_post_holds_on_its_days(cast, since: int, until: int | None, holds: bool) -> None:
    today = timezone.localdate()
    Post.objects.create(
        user=cast.outsider,
        role=Role.HEAD,
        unit=cast.units.school,
        since=today + timedelta(days=since),
        until=None if until is None else today + timedelta(days=until),
    )
    assert cast.outsider.may(Action.SEE_TERRITORY, cast.units.school) is holds


def test_who_may_not_sign_in_may_nothing(cast) -> None:
    cast.regional_officer.is_active = False
    assert not cast.regional_officer.may(Action.SEE_TERRITORY, cast.units.school)
    assert not Unit.objects.visible_to(cast.regional_officer).exists()
    assert not Unit.objects.visible_to(AnonymousUser()).exists()


def test_rights_are_read_once(cast, django_assert_num_queries) -> None:
    user, unit = User.objects.get(pk=cast.municipal_officer.pk), Unit.objects.get(pk=cast.units.school.pk)
    with django_assert_num_queries(2):  # the posts, the line above the unit
        for action in Action:
            user.may(action, unit)


@pytest.mark.parametrize(
    ("full_name", "short"),
    [
        ("Ларина Елена Андреевна", "Е. А. Ларина"),
        ("Ларина Елена", "Е. Ларина"),
        ("Ларина", "Ларина"),
        ("", "a@b.test"),
        ("Кызы Айгуль Мурат кызы", "А. М. Кызы"),
    ],
)
def test_short_name(full_name: str, short: str) -> None:
    assert User(email="a@b.test", full_name=full_name).short_name == short


def test_post_reads_with_its_role(cast) -> None:
    assert str(cast.head.current_posts[0]).endswith("Школа № 3")
    assert cast.head.current_posts[0].since == date(2020, 9, 1)
