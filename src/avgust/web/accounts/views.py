"""The reader's own account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show the reader's posts and what can be changed about the account."""
    return render(request, "accounts/account.html")
