"""What may stand on a public page as a contact."""

from __future__ import annotations

import pytest

from avgust.domain.publishing.contact import OfficeContact, faults


@pytest.mark.parametrize(
    ("contact", "wrong"),
    [
        (OfficeContact(), []),
        (OfficeContact(phone="+7 (800) 555-01-23"), []),
        (
            OfficeContact(
                "Приёмная", "8 (49231) 2-14-05, доб. 112", "priem@edu.example.org", "ул. Садовая, 1"
            ),
            [],
        ),
        (OfficeContact(email="priem@edu.example.org"), []),
        (OfficeContact(office="Приёмная"), ["phone"]),
        (OfficeContact(phone="звоните"), ["phone"]),
        (OfficeContact(phone="12"), ["phone"]),
        (OfficeContact(phone="+7 800 555 01 23 800 555 01"), ["phone"]),
        (OfficeContact(email="priem@edu"), ["email"]),
        (OfficeContact(email="a b@edu.example.org"), ["email"]),
        (OfficeContact(email="priem@edu.example.org\nX: 1"), ["email"]),
        (OfficeContact("Ларина Е. А.", "2-14-05"), ["office"]),
        (OfficeContact("Приёмная, Ларина Елена Андреевна", "2-14-05"), ["office"]),
        (OfficeContact("Приёмная", "2-14-05", "", "larina@mail.example"), ["address"]),
    ],
)
def test_faults(contact: OfficeContact, wrong: list[str]) -> None:
    assert sorted(faults(contact)) == wrong


def test_a_number_is_dialled_without_its_marks_and_extension() -> None:
    assert OfficeContact(phone="8 (49231) 2-14-05, доб. 112").dialled == "84923121405"
    assert OfficeContact(phone="+7 800 555-01-23").dialled == "+78005550123"
