"""An address put together is the address that Django gives."""

import pytest
from django.urls import NoReverseMatch, reverse

from avgust.web.ui import addresses


@pytest.mark.parametrize("name", ["territory:card", "documents:file", "people:end_post"])
@pytest.mark.parametrize("number", [0, 7, 10**9])
def test_it_is_the_address_that_django_gives(name: str, number: int) -> None:
    assert addresses.of(name, number) == reverse(name, args=[number])


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        addresses.of("territory:nothing", 1)
