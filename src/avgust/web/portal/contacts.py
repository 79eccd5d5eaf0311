"""The page where an authority says whom the public may ask; what is said stands on its public pages."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from avgust.domain.publishing.contact import OfficeContact
from avgust.web.accounts.rights import Action
from avgust.web.portal import actions
from avgust.web.portal.models import Contact, Publication
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, language

UNPROCESSABLE: Final = 422


class ContactForm(forms.Form):
    """An office: nothing here is about a person."""

    office = forms.CharField(
        label=gettext_lazy("Office"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "For example: Reception, Department of general education. No names of people."
        ),
    )
    phone = forms.CharField(label=gettext_lazy("Telephone of the office"), max_length=40, required=False)
    email = forms.CharField(
        label=gettext_lazy("E-mail of the office"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The common mailbox; the address of an account cannot be published."),
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)

    @property
    def said(self) -> OfficeContact:
        """What is said, white space made single."""
        return OfficeContact(**{name: " ".join(words.split()) for name, words in self.cleaned_data.items()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the contact of an authority; posted, set it or take it back. 404 for a foreign authority."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    if not request.user.may(Action.PUBLISH_PROGRAMME, unit):
        raise PermissionDenied(_("A contact is published by the authority itself."))
    known = Contact.objects.filter(unit=unit).first()
    if request.method != "POST":
        return _page(request, unit, ContactForm(initial=asdict(known.said) if known else None))
    form = ContactForm(request.POST)
    if form.is_valid():
        found = actions.set_contact(unit, form.said, actor=request.user)
        if not found:
            messages.success(
                request, _("The contact is saved.") if form.said else _("The contact is taken back.")
            )
            return redirect("portal:contact", pk)
        for name, why in found.items():
            form.add_error(name, why.render(language()))
    return _page(request, unit, form, status=UNPROCESSABLE)


def _page(request: SignedInRequest, unit: Unit, form: ContactForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "unit": unit,
        "form": form,
        "published": Publication.objects.open().filter(programme__unit=unit).select_related("programme"),
    }
    return render(request, "portal/contact.html", context, status=status)
