"""What the home page says about documents."""

from __future__ import annotations

from django.utils.translation import ngettext

from avgust.web.accounts.rights import Action
from avgust.web.documents.models import Document
from avgust.web.ui.requests import SignedInRequest
from avgust.web.ui.stations import HomeSection

SHOWN = 5


def section(request: SignedInRequest) -> HomeSection | None:
    """Return the documents that wait for the reader's review; nothing for who reviews none."""
    user = request.user
    if not user.may(Action.REVIEW_DOCUMENT):
        return None
    waiting = Document.objects.visible_to(user).filter(status=Document.Status.REVIEWING)
    shown = list(waiting.select_related("unit")[: SHOWN + 1])
    count = len(shown) if len(shown) <= SHOWN else waiting.count()
    sentence = ngettext(
        "%(count)d document waits for review.", "%(count)d documents wait for review.", count
    ) % {"count": count}
    values = {"documents": shown[:SHOWN], "count": count}
    return HomeSection("documents/_home.html", values, order=10, sentence=sentence if count else "")
