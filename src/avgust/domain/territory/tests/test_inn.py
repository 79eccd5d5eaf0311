"""The tax number."""

import pytest

from avgust.domain.territory.inn import inn_fault, with_control


@pytest.mark.parametrize("inn", ["7707083893", "500100732259", with_control("001234567")])
def test_right(inn: str) -> None:
    assert inn_fault(inn) is None


@pytest.mark.parametrize(
    "inn", ["7707083894", "500100732258", "770708389", "77070838933", "77О7083893", "", "٧٧٠٧٠٨٣٨٩٣"]
)
def test_wrong(inn: str) -> None:
    fault = inn_fault(inn)
    assert fault
    assert fault.render("ru")
