"""Pages of people: who is found, what a letter carries, how a post is handed over, how many queries."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from avgust.web.accounts import actions
from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import Action, Role
from avgust.web.audit.models import Entry

DAY = date(2025, 9, 1)
LIST, INVITE = reverse("people:list"), reverse("people:invite")


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def _text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def _invitation(cast, **changes):
    return {
        "email": "New@avgust.test",
        "full_name": "Новикова Ия Львовна",
        "role": "head",
        "place": "Школа № 3",
        "since": "01.09.2025",
        **changes,
    }


FOUND = {
    "?q=БОРОВОЙ": "Боровой",
    "?q=счетова": "Счётова",
    "?q=method@": "Ключевская",
    "?role=observer": "Тихонов",
    "?state=closed": "Чужова",
}


@pytest.mark.parametrize(("query", "name"), FOUND.items(), ids=FOUND)
def test_people_are_found(cast, signed_in, query: str, name: str) -> None:
    actions.block_person(cast.foreign_officer, actor=None)
    page = _text(signed_in(cast.admin).get(LIST + query))
    assert re.findall(r'av-t" href="/people/\d+/">([^< ]+)', page) == [name]


def test_a_place_takes_in_what_stands_in_it(cast, signed_in) -> None:
    page = _text(signed_in(cast.regional_officer).get(f"{LIST}?unit={cast.units.neighbour.pk}"))
    assert "Соседов" in page
    assert "Чужова" in page
    assert "Боровой" not in page


def test_an_officer_sees_the_people_under_her_post_only(cast, signed_in) -> None:
    Post.objects.create(user=cast.head, role=Role.ANALYST, unit=cast.units.neighbour_school, since=DAY)
    page = _text(signed_in(cast.municipal_officer).get(LIST))
    assert "Боровой" in page
    assert "Соседов" not in page
    assert "Луговская" not in page
    card = _text(signed_in(cast.municipal_officer).get(reverse("people:card", args=[cast.head.pk])))
    assert "Луговская" not in card
    assert "Ещё 1 полномочие — за пределами вашей территории." in card


def test_an_invitation_from_the_form_to_the_first_sign_in(cast, signed_in) -> None:
    answer = signed_in(cast.municipal_officer).post(INVITE, _invitation(cast))
    person = User.objects.get(email="new@avgust.test")
    assert answer.url == reverse("people:card", args=[person.pk])
    assert person.is_awaited
    letter = mail.outbox[0]
    assert letter.to == ["new@avgust.test"]
    assert "руководитель организации, Школа № 3" in letter.body.replace("\u00a0", " ")
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)[1]
    assert "new@" not in link
    guest = Client()
    form = guest.get(link, follow=True)
    chosen = {"password1": "долгий пароль 7", "password2": "долгий пароль 7"}
    guest.post(form.redirect_chain[-1][0], chosen)
    guest.post(reverse("account_login"), {"login": person.email, "password": "долгий пароль 7"})
    assert guest.get("/").status_code == 200
    person.refresh_from_db()
    assert not person.is_awaited
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()  # the link works once
    codes = [entry.code for entry in Entry.objects.of(person)]
    assert codes == ["accounts.password_set", "accounts.appointed", "accounts.added"]


def test_who_has_an_account_gets_a_post_and_no_link(cast, signed_in) -> None:
    signed_in(cast.admin).post(INVITE, _invitation(cast, email=cast.outsider.email))
    assert cast.outsider.may(Action.SEE_TERRITORY, cast.units.school)
    assert "password/reset" not in mail.outbox[0].body
    cast.outsider.refresh_from_db()
    assert cast.outsider.full_name == "Гостев Олег"


WRONG = {
    "two answers": ({"place": "округ"}, "несколько"),
    "no answer": ({"place": "планетарий"}, "нет организации"),
    "a foreign one": ({"place": "Луговская школа"}, "нет организации"),
    "nowhere": ({"place": ""}, "Укажите организацию"),
    "no address": ({"email": "нет"}, "электронной почты"),
    "no such day": ({"since": "31.02.2026"}, "Такой даты нет"),
    "a head of a municipality": ({"place": "Заозёрный округ"}, "роли не бывает"),
    "a role above": ({"role": "regional_officer"}, "Выберите корректный вариант"),
    "a colleague": ({"role": "municipal_officer", "place": "Заозёрный округ"}, "Выберите корректный вариант"),
    "a closed account": ({"email": "foreign-head@avgust.test"}, "закрыта"),
}


@pytest.mark.parametrize(("changes", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_invitation_is_explained_and_writes_nothing(cast, signed_in, changes, said: str) -> None:
    actions.block_person(cast.foreign_head, actor=None)
    people, posts = User.objects.count(), Post.objects.count()
    answer = signed_in(cast.municipal_officer).post(INVITE, _invitation(cast, **changes))
    assert answer.status_code == 422
    assert said in _text(answer)
    assert (User.objects.count(), Post.objects.count(), mail.outbox) == (people, posts, [])


def test_which_of_them_is_chosen(cast, signed_in) -> None:
    client = signed_in(cast.regional_officer)
    page = _text(client.post(INVITE, _invitation(cast, place="школа")))
    assert page.count('type="radio" name="unit"') == 2
    chosen = _invitation(cast, place="школа", asked="школа", unit=cast.units.neighbour_school.pk)
    assert client.post(INVITE, chosen).status_code == 302
    assert Post.objects.get(user__email="new@avgust.test").unit == cast.units.neighbour_school


def test_a_post_is_handed_over_the_next_day(cast, signed_in) -> None:
    post, last = cast.head.posts.get(), timezone.localdate()
    data = {
        "until": last.strftime("%d.%m.%Y"),
        "email": "heir@avgust.test",
        "full_name": "Наследов Пётр Ильич",
    }
    answer = signed_in(cast.municipal_officer).post(reverse("people:end_post", args=[post.pk]), data)
    assert answer.status_code == 302
    heir = User.objects.get(email="heir@avgust.test")
    assert heir.posts.get().since == last + timedelta(days=1)
    assert not heir.may(Action.SEE_TERRITORY)
    assert cast.head.may(Action.SEE_TERRITORY, cast.units.school)
    assert mail.outbox[0].to == ["heir@avgust.test"]
    card = _text(signed_in(cast.admin).get(reverse("people:card", args=[cast.head.pk])))
    assert re.search(r"преемник:.*Наследов Пётр Ильич", card)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": "01.01.2001"}, "раньше, чем начались"),
        ({"email": "head@avgust.test"}, "другой человек"),
        ({"email": "heir@avgust.test"}, "не может быть пустым"),
    ],
    ids=["too early", "to the same person", "a new person without a name"],
)
def test_a_wrong_handover_ends_nothing(cast, signed_in, changes, said: str) -> None:
    post = cast.head.posts.get()
    answer = signed_in(cast.admin).post(
        reverse("people:end_post", args=[post.pk]), {"until": "01.09.2026", **changes}
    )
    assert answer.status_code == 422
    assert re.search(said, _text(answer))
    post.refresh_from_db()
    assert post.until is None


def test_a_closed_account_is_out_at_once_and_opens_again(cast, signed_in) -> None:
    guest = Client()
    guest.post(reverse("account_login"), {"login": cast.head.email, "password": "a long password"})
    assert guest.get("/").status_code == 200
    admin = signed_in(cast.admin)
    admin.post(reverse("people:block", args=[cast.head.pk]))
    assert guest.get("/").status_code == 302
    assert not cast.head.usersession_set.exists()
    admin.post(reverse("people:unblock", args=[cast.head.pk]))
    guest.post(reverse("account_login"), {"login": cast.head.email, "password": "a long password"})
    assert guest.get("/").status_code == 200


def test_lost_second_factors_are_taken_off_with_a_reason_and_a_letter(cast, signed_in) -> None:
    Authenticator.objects.create(user=cast.head, type="totp", data={"secret": "x"})
    data = {"reason": "Телефон утерян, пришёл с паспортом"}
    signed_in(cast.admin).post(reverse("people:reset_second_factor", args=[cast.head.pk]), data)
    assert not Authenticator.objects.filter(user=cast.head).exists()
    assert mail.outbox[0].to == [cast.head.email]
    entry = Entry.objects.of(cast.head).get()
    assert (entry.code, entry.reason) == ("accounts.factor_reset", data["reason"])


def test_an_erased_person_stays_closed_and_nameless(cast, signed_in) -> None:
    admin = signed_in(cast.admin)
    admin.post(reverse("people:erase", args=[cast.head.pk]))
    card = _text(admin.get(reverse("people:card", args=[cast.head.pk])))
    assert "Боровой" not in card
    assert "стёртая учётная запись" in card
    admin.post(reverse("people:unblock", args=[cast.head.pk]))
    assert not User.objects.get(pk=cast.head.pk).is_active


def test_a_letter_that_is_not_taken_is_said_and_can_be_sent_again(cast, signed_in, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client = signed_in(cast.admin)
    page = _text(client.post(INVITE, _invitation(cast), follow=True))
    assert "Письмо не отправлено" in page
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person = User.objects.get(email="new@avgust.test")
    client.post(reverse("people:invite_again", args=[person.pk]))
    assert mail.outbox[0].to == [person.email]


@pytest.fixture
def many(cast):
    people = User.objects.bulk_create(
        User(email=f"p{n}@avgust.test", full_name=f"Человек № {n}") for n in range(120)
    )
    Post.objects.bulk_create(
        Post(user=person, role=Role.HEAD, unit=cast.units.school, since=DAY) for person in people
    )
    return cast


@pytest.mark.parametrize("query", ["", "?q=человек&role=head&page=2", "?state=awaited"])
def test_the_list_takes_few_queries(many, signed_in, django_assert_max_num_queries, query: str) -> None:
    client = signed_in(many.regional_officer)
    with django_assert_max_num_queries(12):
        assert client.get(LIST + query).status_code == 200


def test_the_card_takes_few_queries(many, signed_in, django_assert_max_num_queries) -> None:
    client = signed_in(many.admin)
    with django_assert_max_num_queries(20):
        client.get(reverse("people:card", args=[many.head.pk]))
