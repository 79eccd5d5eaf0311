import json

import pytest

from avgust.domain.assessment.interpretation.work import Kind, Level, WorkError, parse_work

GOOD = {
    "title": "Работа",
    "items": [{"item": "1", "maximum": 2, "level": "П", "skill": "Считать"}],
    "cuts": {},
}


def test_a_specification_is_read():
    work = parse_work(json.loads(json.dumps(GOOD)))
    assert work.items[0].level is Level.RAISED
    assert [topic.name for topic in work.topics_of(Kind.SKILL)] == ["Считать"]
    # No content elements are given: skills stand in for them.
    assert [topic.name for topic in work.topics_of(Kind.CONTENT)] == ["Считать"]


def test_an_item_may_list_what_it_asks():
    item = {"item": "1", "content": ["Дроби ", "Доли", "Дроби", ""], "skill": "Считать; думать"}
    read = parse_work({"items": [item]}).items[0]
    assert read.contents == ("Дроби", "Доли")
    assert read.skills == ("Считать; думать",)  # one name may hold a semicolon: a list tells names apart
    assert read.about == "Считать; думать"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"items": "1"}, "is an object"),
        ({"items": []}, "no items"),
        ({"items": [{"maximum": 1}]}, "number 1"),
        ({"items": [{"item": "1"}, {"item": "1"}]}, "twice"),
        ({"items": [{"item": "1", "maximum": 0}]}, "from 1 to"),
        ({"items": [{"item": "1", "maximum": "2"}]}, "whole number"),
        ({"items": [{"item": "1", "maximum": True}]}, "whole number"),
        ({"items": [{"item": "1", "level": "Ж"}]}, "not known"),
        ({"cuts": {"3": 1}}, "all three"),
        ({"cuts": {"3": 1, "4": 1, "5": 2}}, "grow"),
        ({"cuts": {"3": 1, "4": 2, "5": 9}}, "between 1 and 2"),
        ({"cuts": {"6": 1}}, "3, 4 and 5"),
        ({"cuts": [1, 2, 3]}, "3, 4 and 5"),
    ],
)
def test_a_wrong_specification_says_what_is_wrong(change, says):
    with pytest.raises(WorkError, match=says):
        parse_work(GOOD | change)


@pytest.mark.parametrize("junk", [None, 1, [], "x", {"items": [None]}, {"items": [[]]}, {"items": {}}])
def test_junk_is_refused_with_a_sentence(junk):
    with pytest.raises(WorkError):
        parse_work(junk)
