"""How counts of organisations read."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.web.territory.models import Unit
from avgust.web.territory.tree import Branch

register = template.Library()


@register.simple_tag
def kind_heading(kind: str) -> str:
    """Return the heading under which organisations of one kind are gathered."""
    return {
        Unit.Kind.SCHOOL: _("Schools"),
        Unit.Kind.KINDERGARTEN: _("Kindergartens"),
        Unit.Kind.ADDITIONAL: _("Additional education"),
        Unit.Kind.COLLEGE: _("Colleges"),
    }[Unit.Kind(kind)]


@register.simple_tag(takes_context=True)
def also(context: Context, key: str, value: object) -> str:
    """Return the page's query string with one more `key=value`; what it holds already stays."""
    kept = context["request"].GET.copy()
    kept.pop("branch", None)
    kept.appendlist(key, str(value))
    return f"?{kept.urlencode()}"


@register.simple_tag
def counts(branch: Branch) -> str:
    """Return «9 школ, 8 садов» for a municipality, «162 организации» for what is larger or has neither."""
    schools, kindergartens = branch.counts[Unit.Kind.SCHOOL], branch.counts[Unit.Kind.KINDERGARTEN]
    if branch.unit and branch.unit.kind == Unit.Kind.MUNICIPALITY and (schools or kindergartens):
        said = []
        if schools:
            said.append(ngettext("%(count)d school", "%(count)d schools", schools) % {"count": schools})
        if kindergartens:
            said.append(
                ngettext("%(count)d kindergarten", "%(count)d kindergartens", kindergartens)
                % {"count": kindergartens}
            )
        return ", ".join(said)
    return ngettext("%(count)d organisation", "%(count)d organisations", branch.total) % {
        "count": branch.total
    }
