"""A finding of a report on results becomes a cause with its numbers; what an address claims is not believed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from avgust.web.decisions.models import Cause
from tests.permissions import readings


@pytest.fixture
def work(cast: Any, settings: Any, tmp_path: Any, monkeypatch: Any) -> Any:
    settings.VAR = tmp_path
    monkeypatch.setattr(
        readings, "SCORES", ((1, 0, 0, 0), (0, 0, 0, 0), (1, 1, 0, 0))
    )  # a deficit of both skills
    return readings.written(cast, cast.units.region)


def page(client: Any, name: str, *args: int) -> str:
    answer = client.get(reverse(f"readings:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_finding_begins_a_decision_with_its_numbers(cast: Any, signed_in: Any, work: Any) -> None:
    client = signed_in(cast.regional_officer)
    region = cast.units.region
    told = page(client, "territory", work.pk, region.pk).replace("&amp;", "&")
    links = re.findall(r'href="(/decisions/causes/new/\?[^"]+)"', told)
    assert links
    assert "/decisions/causes/new/" not in page(signed_in(cast.analyst), "territory", work.pk, region.pk)
    form = client.get(links[0]).context["form"]
    assert form["address"].value() == reverse("readings:territory", args=[work.pk, region.pk])
    assert form["source"].value() == work.title
    assert form["observed_on"].value() == work.held_on.strftime("%d.%m.%Y")
    sent = {name: form[name].value() for name in form.fields} | {"do": "keep"}
    assert client.post(links[0], sent).status_code == 302
    made = Cause.objects.get()
    assert made.value is not None
    assert made.expected is not None
    assert made.value < made.expected
    assert made.get_absolute_url() in page(client, "territory", work.pk, region.pk)
    assert client.get(links[0].replace("finding=", "finding=x")).status_code == 404
    assert signed_in(cast.municipal_officer).get(links[0]).status_code == 404
