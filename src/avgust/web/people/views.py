"""The list of people, the card, invitations and posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.web.accounts import actions
from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import Action, Role
from avgust.web.people import letters
from avgust.web.people.forms import EndForm, InviteForm, PostForm
from avgust.web.people.presenting import card_context, list_context
from avgust.web.people.scope import people_visible_to, posts_in_scope
from avgust.web.ui.requests import SignedInRequest, is_fragment

PAGE: Final = 50


def require_right(request: SignedInRequest) -> None:
    """Stop who keeps no people at all."""
    if not request.user.may(Action.INVITE_PEOPLE):
        raise PermissionDenied


def visible_person(request: SignedInRequest, pk: int) -> User:
    """Return the person; 403 for who keeps no people at all, 404 for a foreign one."""
    require_right(request)
    return get_object_or_404(people_visible_to(request.user), pk=pk)


def sent(request: SignedInRequest) -> QueryDict | None:
    """Return what the form sent, an empty one too; None when its page is only opened."""
    return request.POST if request.method == "POST" else None


def tried(form: Form, act: Callable[[], Any]) -> bool:
    """Do `act`; what it refuses goes to its field, or to the head of the form, and nothing is written."""
    try:
        with transaction.atomic():
            act()
    except ValidationError as error:
        refused = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for name, sentences in refused.items():
            field = {"unit": "place"}.get(name, name)
            form.add_error(field if field in form.fields else None, ValidationError(sentences))
        return False
    return True


@login_required
@require_safe
def people_list(request: SignedInRequest) -> HttpResponse:
    """Show the people under the reader's posts, found by words, role, place and state."""
    require_right(request)
    context = list_context(request.user, request.GET)
    context["page"] = Paginator(context.pop("people"), PAGE).get_page(request.GET.get("page"))
    template = "people/_list.html" if is_fragment(request) else "people/list.html"
    return render(request, template, context)


@login_required
@require_safe
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a person: posts of all dates, the account, the journal."""
    return render(request, "people/card.html", card_context(request.user, visible_person(request, pk)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """Ask for a person and the first post; send the letter."""
    require_right(request)
    form = InviteForm(request.user, sent(request), initial={"unit": request.GET.get("unit")})
    if request.method == "POST" and form.is_valid():
        made: list[Post] = []
        values = {name: form.cleaned_data[name] for name in ("email", "full_name", "unit", "since")}
        role = Role(form.cleaned_data["role"])
        if tried(form, lambda: made.append(actions.invite_person(actor=request.user, role=role, **values))):
            _say_sent(request, made[0].user, letters.send_invitation(request, made[0].user, made[0]))
            return redirect("people:card", made[0].user_id)
    return _form(request, "people/invite.html", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person one more post."""
    person = visible_person(request, pk)
    if person.pk == request.user.pk or not person.is_active:
        raise PermissionDenied(_("A post is given to an open account, and by another person."))
    form = PostForm(request.user, sent(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if tried(
            form,
            lambda: actions.appoint(
                person,
                role=Role(values["role"]),
                unit=values["unit"],
                since=values["since"],
                actor=request.user,
            ),
        ):
            messages.success(request, _("The post is given."))
            return redirect("people:card", pk)
    return _form(request, "people/appoint.html", form, person=person)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a post on a day, with or without a successor who takes it over on the next."""
    require_right(request)
    posts = posts_in_scope(request.user).select_related("user", "unit")
    post = get_object_or_404(posts.not_ended(timezone.localdate()), pk=pk)
    if post.user_id == request.user.pk or Role(post.role) not in request.user.roles_to_give(post.unit):
        raise PermissionDenied(_("Your post does not let you give this role at this organisation."))
    form = EndForm(sent(request), since=post.since)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made: list[Post] = []

        def act() -> None:
            if values["email"]:
                made.append(actions.hand_over(post, actor=request.user, **values))
            else:
                actions.dismiss(post, until=values["until"], actor=request.user)

        if tried(form, act):
            messages.success(request, _("The last day of the post is set."))
            if made:
                _say_sent(request, made[0].user, letters.send_invitation(request, made[0].user, made[0]))
            return redirect("people:card", post.user_id)
    return _form(request, "people/end_post.html", form, post=post, person=post.user)


@login_required
@require_POST
def invite_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the letter once more to who has not come yet."""
    person = visible_person(request, pk)
    if not person.is_awaited:
        raise PermissionDenied(_("The person has come already; a forgotten password is changed at sign-in."))
    _say_sent(request, person, letters.send_invitation(request, person))
    return redirect("people:card", pk)


def _form(request: SignedInRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """Show the form, with 422 when it was sent and is wrong."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _say_sent(request: SignedInRequest, person: User, sent: bool) -> None:
    if sent:
        messages.success(request, _("The letter is sent to %(email)s.") % {"email": person.email})
    else:
        messages.error(request, _("The letter was not sent: the mail server does not answer. Send it again."))
