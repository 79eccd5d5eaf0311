from datetime import date

import numpy as np
import pytest

from avgust.domain.assessment.interpretation.passport.model import Fault, Readiness
from avgust.domain.assessment.interpretation.passport.read import read_passport
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.telling.passport import tell_passport
from avgust.domain.assessment.interpretation.tests.conftest import made
from avgust.domain.assessment.interpretation.work import Item, Level, Work
from avgust.domain.reporting.story.record import story_record

RULES = Rules.on(date(2026, 5, 1))
LONG = Work(
    "Длинная",
    tuple(Item(str(k + 1), 1, Level.BASIC, ("Тема",), ("Умение",)) for k in range(20)),
    cuts=(5, 10, 15),
)


def answers(n=1500, seed=1, spoil=None):
    rng = np.random.default_rng(seed)
    theta = rng.normal(0.8, 1.3, n)
    hard = np.linspace(-1.5, 1.5, len(LONG.items))
    scores = (rng.random((n, len(hard))) < 1 / (1 + np.exp(hard - theta[:, None]))).astype(np.int8)
    if spoil:
        spoil(scores, theta, rng)
    return scores


def passport_of(scores, focal=None, work=LONG):
    return read_passport(made(scores, work=work), RULES, focal)


def faults(passport, name):
    return set(next(one.faults for one in passport.items if one.item.name == name))


def test_a_sound_instrument_is_ready():
    passport = passport_of(answers())
    assert passport.readiness is Readiness.READY
    assert passport.reliability.alpha > 0.8
    assert abs(passport.scale.mean - 0.8) < 0.15
    told = story_record(tell_passport(passport, RULES), "ru")
    assert told["lede"].startswith("Работа готова: исправлять задания не нужно.")


def reversed_key(scores, theta, rng):
    scores[:, 4] = 1 - scores[:, 4]


def guessed(scores, theta, rng):
    scores[:, 4] = rng.random(len(scores)) < 0.5


def everybody(scores, theta, rng):
    scores[:, 4] = 1


def twin(scores, theta, rng):
    scores[:, 5] = scores[:, 4]


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (reversed_key, Fault.NEGATIVE),
        (guessed, Fault.WEAK),
        (guessed, Fault.MISFIT),
        (everybody, Fault.NOT_PLACED),
    ],
)
def test_a_spoilt_item_is_found_and_named_to_the_author(spoil, fault):
    passport = passport_of(answers(spoil=spoil))
    assert fault in faults(passport, "5")
    assert passport.readiness is Readiness.MEND
    assert [one.item.name for one in passport.faulty] == ["5"]
    assert "5" in story_record(tell_passport(passport, RULES), "ru")["lede"]


def test_items_that_copy_each_other_are_a_pair():
    passport = passport_of(answers(spoil=twin))
    assert passport.pairs[0][:2] == ("5", "6")


def test_an_item_that_differs_between_groups_is_found():
    rng = np.random.default_rng(3)
    focal = rng.random(1500) < 0.5

    def harder(scores, theta, _rng):
        scores[focal, 9] &= rng.random(int(focal.sum())) < 0.4

    passport = passport_of(answers(spoil=harder), focal)
    assert [one.item.name for one in passport.items if Fault.DIFFERS in one.faults] == ["10"]


def test_a_score_that_nobody_got():
    work = Work("С критерием", tuple(Item(str(k), 2 if k == 0 else 1, Level.BASIC) for k in range(12)))
    scores = answers()[:, :12]
    scores[:, 0] *= 2
    assert Fault.UNUSED in faults(passport_of(scores, work=work), "0")


def test_few_pupils_are_a_first_look():
    passport = passport_of(answers(n=30))
    assert passport.readiness is Readiness.FIRST_LOOK


def test_noise_is_no_instrument():
    scores = np.random.default_rng(0).integers(0, 2, (400, 20)).astype(np.int8)
    assert passport_of(scores).readiness is Readiness.NOT_READY


def test_nobody_and_nothing_do_not_break_it():
    for scores in (np.zeros((0, 20)), np.zeros((60, 20)), np.full((60, 20), -1)):
        story_record(tell_passport(passport_of(scores), RULES), "ru", pictures=True)


def test_permuting_pupils_changes_nothing():
    scores = answers(n=300)
    order = np.random.default_rng(1).permutation(300)
    one, other = passport_of(scores), passport_of(scores[order])
    assert [i.difficulty for i in one.items] == pytest.approx([i.difficulty for i in other.items])
    assert one.reliability.alpha == pytest.approx(other.reliability.alpha)
