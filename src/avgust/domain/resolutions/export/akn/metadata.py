"""Who, when, what: the FRBR levels of the document and the things that its text points at."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from avgust.domain.resolutions.export.akn.elements import AGENT, element
from avgust.domain.resolutions.export.akn.inlines import Concepts
from avgust.domain.resolutions.model import Resolution

UNKNOWN_DAY: Final = date(1, 1, 1)  # the standard demands a date, and none is stated


def meta(resolution: Resolution, concepts: Concepts, name: str) -> ET.Element:
    """Return the metadata; the author is the territory, or unknown."""
    header = resolution.header
    day = header.adopted.value if header.adopted else UNKNOWN_DAY.isoformat()
    work = f"/akn/ru/act/{header.genre}/{day}/{quote(_slug(resolution, name))}"
    made = element("meta")
    identification = ET.SubElement(made, "identification", {"source": AGENT})
    for level, address in (
        ("Work", work),
        ("Expression", f"{work}/rus@{day}"),
        ("Manifestation", f"{work}/rus@{day}.akn"),
    ):
        identification.append(_level(level, address, day, resolution))
    made.append(_references(resolution, concepts))
    return made


def _slug(resolution: Resolution, name: str) -> str:
    number = resolution.header.number
    return (number.value if number else name).replace("/", "-").replace(" ", "-") or "unnumbered"


def _level(level: str, address: str, day: str, resolution: Resolution) -> ET.Element:
    made = element(f"FRBR{level}")
    made.append(element("FRBRthis", value=f"{address}/!main"))
    made.append(element("FRBRuri", value=address))
    stated = "adoption" if resolution.header.adopted else "unknown"
    made.append(element("FRBRdate", date=day, name=stated))
    made.append(element("FRBRauthor", href="#author" if level == "Work" else AGENT))
    if level == "Work":
        made.append(element("FRBRcountry", value="ru"))
    elif level == "Expression":
        made.append(element("FRBRlanguage", language="rus"))
    else:
        made.append(element("FRBRformat", value="application/akn+xml"))
    return made


def _references(resolution: Resolution, concepts: Concepts) -> ET.Element:
    territory = resolution.header.territory
    made = element("references", source=AGENT)
    author = territory.value if territory else "?"
    made.append(element("TLCOrganization", eId="author", href="/ontology/organization/author", showAs=author))
    made.append(
        element("TLCOrganization", eId="avgust", href="/ontology/organization/avgust", showAs="Avgust")
    )
    for (kind, name), identifier in concepts.declared.items():
        address = f"/ontology/{kind.lower()}/{identifier}"
        made.append(element(f"TLC{kind}", eId=identifier, href=address, showAs=name))
    return made
