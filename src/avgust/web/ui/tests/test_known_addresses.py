"""The quick `url` tag says what Django's says."""

from __future__ import annotations

import pytest
from django.template import Context, Engine
from django.template.backends.django import DjangoTemplates
from django.template.loader import engines
from django.urls import NoReverseMatch

CASES = {
    "a page": "{% url 'home' %}",
    "one of many": "{% url 'programmes:measure' number %}",
    "one of many by its name": "{% url 'programmes:measure' pk=number %}",
    "a number as words": "{% url 'programmes:measure' '12' %}",
    "a name in a variable": "{% url name number %}",
    "kept in a variable": "{% url 'programmes:measure' number as there %}[{{ there }}]",
    "an unknown one kept in a variable": "{% url 'no:such' as there %}[{{ there }}]",
    "not of a number": "{% url 'programmes:measure' 'x' as there %}[{{ there }}]",
    "without escaping": "{% autoescape off %}{% url 'home' %}{% endautoescape %}",
}
VALUES = {"number": 12, "name": "programmes:measure"}


def ours() -> Engine:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    return engine.engine


@pytest.mark.parametrize("words", CASES.values(), ids=CASES)
def test_says_what_django_says(words: str) -> None:
    found, said = (engine.from_string(words).render(Context(VALUES)) for engine in (ours(), Engine()))
    assert found == said
    assert ours().from_string(words).render(Context(VALUES)) == said  # from what is kept


@pytest.mark.parametrize("words", ["{% url 'no:such' %}", "{% url 'programmes:measure' 'x' %}"])
def test_an_unknown_address_is_an_error(words: str) -> None:
    with pytest.raises(NoReverseMatch):
        ours().from_string(words).render(Context(VALUES))
