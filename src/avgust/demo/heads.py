"""Heads of every organisation and an officer of every municipality: people who work and never sign in.

They have no password; the accounts of `avgust.demo.people` are the ones that are shown.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from avgust.web.territory.models import Unit

FAMILIES: Final = (
    "Агапова", "Бережная", "Волнова", "Горелова", "Дубравина", "Ершова", "Журавская", "Зимина", "Ивлева", "Калинина",
    "Лугова", "Мельникова", "Нестерова", "Осокина", "Полянская", "Ручьева", "Садовская", "Теплова", "Уварова",
    "Хвойная", "Цветаева", "Черемных", "Шилова", "Юркова", "Яровая",
)  # fmt: skip
NAMES: Final = (
    "Анна",
    "Вера",
    "Галина",
    "Дарья",
    "Елена",
    "Инна",
    "Лариса",
    "Марина",
    "Нина",
    "Ольга",
    "Татьяна",
)
PATRONYMICS: Final = ("Андреевна", "Викторовна", "Игоревна", "Львовна", "Петровна", "Сергеевна", "Юрьевна")


def load_heads(places: dict[str, Unit], since: date) -> None:
    """Give every organisation a head and every municipality an officer, where nobody has the post."""
    from avgust.web.accounts.models import Post, User

    taken = set(Post.objects.filter(role__in=("head", "municipal_officer")).values_list("unit", flat=True))
    wanted = [(key, unit) for key, unit in places.items() if unit.kind != "region" and unit.pk not in taken]
    users = [
        User(email=f"{key}@people.avgust.example", full_name=_name(key), password="!")  # noqa: S106 - no password
        for key, _unit in wanted
    ]
    User.objects.bulk_create(users)
    Post.objects.bulk_create(
        Post(
            user=user,
            role="municipal_officer" if unit.kind == "municipality" else "head",
            unit=unit,
            since=max(since, unit.opened or since),
        )
        for user, (_key, unit) in zip(users, wanted, strict=True)
    )


def _name(key: str) -> str:
    """Return the same name for the same key, whatever was made before."""
    digest = sha256(key.encode()).digest()
    parts = ((FAMILIES, digest[0]), (NAMES, digest[1]), (PATRONYMICS, digest[2]))
    return " ".join(words[byte % len(words)] for words, byte in parts)
