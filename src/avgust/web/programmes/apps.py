"""The programmes application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    """Programmes, their measures and who executes them."""

    name = "avgust.web.programmes"
    verbose_name = _("Programmes")
    default_auto_field = "django.db.models.BigAutoField"
