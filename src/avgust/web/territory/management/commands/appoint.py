"""`avgust manage appoint E-MAIL ROLE UNIT`: an account with a post, for the first administrator and after."""

from __future__ import annotations

import argparse
import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from avgust.web.accounts.actions import add_person, appoint
from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Role
from avgust.web.territory.management.naming import unit_called


class Command(BaseCommand):
    """Makes the account when there is none, then gives it the post from today on."""

    help = "Give a person a post: appoint E-MAIL ROLE UNIT [--name 'Full Name']. UNIT is a number or a name."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("email")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("unit")
        parser.add_argument("--name", default="", help="full name, for a new account")
        parser.add_argument("--no-password", action="store_true", help="do not ask for a password")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, or say in one sentence why not."""
        unit = unit_called(options["unit"])
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        try:
            if user is None:
                password = None if options["no_password"] else getpass.getpass("Password: ")
                user = add_person(
                    email=options["email"], full_name=options["name"], actor=None, password=password
                )
            post = appoint(
                user, role=Role(options["role"]), unit=unit, since=timezone.localdate(), actor=None
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user}: {post}")
