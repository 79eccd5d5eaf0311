"""Subjects of works; the code is a part of the name of their rows in the warehouse."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    """What a work is about."""

    RUSSIAN = "ru", _("Russian language")
    MATHEMATICS = "ma", _("mathematics")
    WORLD = "world", _("the world around us")
    READING = "reading", _("literary reading")
    LITERATURE = "lit", _("literature")
    FOREIGN = "foreign", _("foreign language")
    INFORMATICS = "inf", _("informatics")
    HISTORY = "hist", _("history")
    SOCIAL = "social", _("social studies")
    GEOGRAPHY = "geo", _("geography")
    BIOLOGY = "bio", _("biology")
    PHYSICS = "phys", _("physics")
    CHEMISTRY = "chem", _("chemistry")
    FUNCTIONAL = "fl", _("functional literacy")
    OTHER = "other", _("other subject")


class ProcedureName(models.TextChoices):
    """Procedures of `domain/assessment/works` as people read them."""

    VPR = "vpr", _("nationwide check work")
    OGE = "oge", _("main state examination")
    EGE = "ege", _("unified state examination")
    NIKO = "niko", _("national study of quality")
    RPR = "rpr", _("regional check work")
    PISA = "pisa", _("assessment by the model of PISA")
    OWN = "own", _("own work")
