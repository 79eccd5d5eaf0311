"""Clauses on which a careless search takes minutes: findings take time in proportion to the text."""

import time

import pytest

from avgust.domain.resolutions.findings.verbs import Joint, orders_of

MOST_SECONDS = 3.0  # the first took forty seconds; each takes a tenth of one

TEXTS = {
    "verbs without a conjunction": "Обеспечить " * 10_000,
    "verbs far apart": "Провести смотр" + " школьных музеев" * 10_000 + " и подвести его итоги",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_verbs_are_joined_in_time(text):
    began = time.process_time()
    assert orders_of(text)
    assert time.process_time() - began < MOST_SECONDS


def test_a_verb_far_behind_is_joined_by_the_words_before_it():
    orders = orders_of("Провести смотр" + " школьных музеев" * 500 + " и подвести его итоги")
    assert [(order.verb, order.joint) for order in orders] == [
        ("Провести", None),
        ("подвести", Joint.STAGE),
    ]
