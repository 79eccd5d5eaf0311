"""Saved views: names, order, sharing, the first view, and that an old one survives a new page."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avgust.web.accounts.models import Post
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.programmes.actions.saved_views import (
    MOST,
    delete_view,
    move_view,
    open_first,
    rename_view,
    save_view,
    share_view,
)  # fmt: skip
from avgust.web.programmes.saved_views import FirstView, SavedView


def saved(programme: Any, actor: Any, name: str = "Кадры", **options: Any) -> SavedView:
    return save_view(programme, **({"actor": actor, "name": name, "layout": "table", "query": {}} | options))


def names(programme: Any, user: Any) -> list[str]:
    return [view.name for view in SavedView.objects.visible_to(user).filter(programme=programme)]


def test_what_is_shown_is_kept_and_comes_back(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.head)
    answer = client.post(
        reverse("programmes:saved_views", args=[programme.pk]),
        {
            "name": "  Питание   и осень ",
            "query": "?theme=meals&due=2025-09&sort=-due&page=3&nonsense=1",
            "layout": "table",
        },
    )
    view = SavedView.objects.get()
    assert (view.name, view.query) == (
        "Питание и осень",
        {"theme": "meals", "due": "2025-09", "sort": "-due"},
    )
    assert answer["Location"] == view.get_absolute_url()
    shown = client.get(answer["Location"])
    assert [row.measure.label for group in shown.context["groups"] for row in group.rows] == ["2.1"]
    assert shown.context["open_view"] == view.pk
    entry = Entry.objects.get(code="programmes.saved_view")
    assert (entry.actor, entry.subject) == (cast.head, "Питание и осень")


@pytest.mark.parametrize("layout", ["timeline", "executors"])
def test_a_view_keeps_its_layout(cast: Any, programme: Any, signed_in: Any, layout: str) -> None:
    view = saved(programme, cast.head, layout=layout, query={"group": "theme", "order": "name", "q": "план"})
    assert reverse(f"programmes:{layout}", args=[programme.pk]) in view.get_absolute_url()
    assert signed_in(cast.head).get(view.get_absolute_url()).context["layout"] == layout


def test_what_a_later_page_does_not_know_is_passed_over(cast: Any, programme: Any, signed_in: Any) -> None:
    view = saved(programme, cast.head)
    SavedView.objects.filter(pk=view.pk).update(
        query={"theme": "alchemy", "state": "proven", "q": "план"}, layout="globe"
    )
    view.refresh_from_db()
    answer = signed_in(cast.head).get(view.get_absolute_url())
    assert [row.measure.label for group in answer.context["groups"] for row in group.rows] == ["1.1"]


@pytest.mark.parametrize("name", ["", "   ", "я" * 61, "Кадры", " Кадры "])
def test_a_name_is_short_and_ones_own(cast: Any, programme: Any, name: str) -> None:
    saved(programme, cast.head)
    saved(programme, cast.observer)  # another person's is no hindrance
    with pytest.raises(Refused):
        saved(programme, cast.head, name)
    other = saved(programme, cast.head, "Другой")
    with pytest.raises(Refused):
        rename_view(other, actor=cast.head, name=name)
    assert SavedView.objects.filter(owner=cast.head).count() == 2


def test_there_is_an_end_to_views(cast: Any, programme: Any) -> None:
    SavedView.objects.bulk_create(
        SavedView(programme=programme, owner=cast.head, name=str(n)) for n in range(MOST)
    )
    with pytest.raises(Refused):
        saved(programme, cast.head)


def test_own_views_are_ones_own_and_shared_ones_everybodys(cast: Any, programme: Any) -> None:
    mine = saved(programme, cast.municipal_officer, "Моё")
    shared = saved(programme, cast.municipal_officer, "Общее", shared=True)
    assert names(programme, cast.head) == ["Общее"]
    assert names(programme, cast.municipal_officer) == ["Моё", "Общее"]
    for person in (cast.head, cast.methodologist):
        with pytest.raises(PermissionDenied):
            saved(programme, person, shared=True)
        for act in (delete_view, lambda view, actor: rename_view(view, actor=actor, name="x")):
            for view in (mine, shared):
                with pytest.raises(PermissionDenied):
                    act(view, actor=person)
    with pytest.raises(PermissionDenied):
        share_view(saved(programme, cast.head, "Её"), actor=cast.head, shared=True)
    # Another officer of the same programme may change what is shared, not what is her colleague's.
    rename_view(shared, actor=cast.regional_officer, name="Для всех")
    with pytest.raises(PermissionDenied):
        rename_view(mine, actor=cast.regional_officer, name="Чужое")
    assert names(programme, cast.head) == ["Её", "Для всех"]


def test_a_view_taken_back_is_the_first_one_of_nobody_else(cast: Any, programme: Any, signed_in: Any) -> None:
    view = saved(programme, cast.municipal_officer, shared=True, query={"theme": "meals"})
    for person in (cast.head, cast.municipal_officer):
        open_first(programme, view, actor=person)
    share_view(view, actor=cast.municipal_officer, shared=False)
    assert list(FirstView.objects.values_list("user", flat=True)) == [cast.municipal_officer.pk]
    with pytest.raises(PermissionDenied):
        open_first(programme, view, actor=cast.head)
    assert signed_in(cast.head).get(programme.get_absolute_url()).status_code == 200


def test_a_programme_opens_in_the_first_view_and_the_whole_is_one_step_away(
    cast: Any, programme: Any, signed_in: Any
) -> None:
    client = signed_in(cast.head)
    view = saved(programme, cast.head, query={"theme": "meals"})
    client.post(reverse("programmes:change_view", args=[view.pk]), {"act": "first"})
    assert client.get(programme.get_absolute_url())["Location"] == view.get_absolute_url()
    assert client.get(programme.get_absolute_url(), {"all": "1"}).context["page"].paginator.count == 6
    client.post(reverse("programmes:change_view", args=[view.pk]), {"act": "not_first"})
    assert client.get(programme.get_absolute_url()).status_code == 200


def test_views_change_places_among_their_own_kind(cast: Any, programme: Any) -> None:
    a, b, _c = (saved(programme, cast.municipal_officer, name) for name in "абв")
    saved(programme, cast.municipal_officer, "общий", shared=True)
    move_view(b, actor=cast.municipal_officer, by=-1)
    assert names(programme, cast.municipal_officer) == ["б", "а", "в", "общий"]
    for _ in range(3):
        move_view(a, actor=cast.municipal_officer, by=1)
    assert names(programme, cast.municipal_officer) == ["б", "в", "а", "общий"]


def test_every_act_is_in_the_journal(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    view, other = (saved(programme, cast.municipal_officer, name) for name in ("один", "два"))
    for posted in (
        {"act": "rename", "name": "три"}, {"act": "share"}, {"act": "unshare"}, {"act": "up"}, {"act": "delete"},
    ):  # fmt: skip
        answer = client.post(reverse("programmes:change_view", args=[view.pk]), posted, follow=True)
        assert answer.status_code == 200
    codes = list(Entry.objects.filter(code__contains="_view").order_by("pk").values_list("code", flat=True))
    assert [code.removeprefix("programmes.") for code in codes] == [
        "saved_view", "saved_view", "renamed_view", "shared_view", "unshared_view", "moved_view", "deleted_view",
    ]  # fmt: skip
    assert names(programme, cast.municipal_officer) == [other.name]


def test_a_lost_post_takes_the_views_along(cast: Any, programme: Any) -> None:
    view = saved(programme, cast.head)
    Post.objects.filter(user=cast.head).delete()
    cast.head.__dict__.pop("current_posts", None)
    with pytest.raises(PermissionDenied):
        delete_view(view, actor=type(cast.head).objects.get(pk=cast.head.pk))
