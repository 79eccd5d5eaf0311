"""Clauses on which a careless search does not end: their verbs are found and joined all the same."""

import pytest

from avgust.domain.resolutions.findings.verbs import Joint, orders_of

FAR = "Провести смотр" + " школьных музеев" * 10_000 + " и подвести его итоги"


def test_verbs_without_a_conjunction():
    assert [order.verb for order in orders_of("Обеспечить " * 10_000)] == ["Обеспечить"]


@pytest.mark.parametrize("text", [FAR.replace(" школьных музеев" * 9_500, ""), FAR], ids=["far", "farther"])
def test_a_verb_far_behind_is_joined_by_the_words_before_it(text):
    orders = orders_of(text)
    assert [(order.verb, order.joint) for order in orders] == [
        ("Провести", None),
        ("подвести", Joint.STAGE),
    ]
