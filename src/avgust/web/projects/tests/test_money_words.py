"""Sums as pages write them in both languages."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from avgust.web.projects.templatetags.money import money


@pytest.mark.parametrize(
    ("language", "said"),
    [
        pytest.param("ru", "1\u00a0250\u00a0000,50", id="Russian"),
        pytest.param("en", "1\u00a0250\u00a0000.50", id="English"),
    ],
)
def test_the_mark_before_kopecks_is_of_the_language(language: str, said: str) -> None:
    with override(language):
        assert money(Decimal("1250000.5")) == said
