"""Who gets what of sign-in and of the own account: everybody the same, whatever the post.

Most of these pages are allauth's. What is behind a password asked anew (`account_reauthenticate`) answers
here with the way to it, for the people of the matrix have typed none.
"""

from __future__ import annotations

from typing import Any

from tests.permissions.rows import NOT_FOUND, OK, SAVED, SIGN_IN, Page, Row

REFUSED = 401


def _open(name: str, url: str, *, others: int | str = OK, method: str = "get", **at: Any) -> Row:
    """Return the row of a page that who is signed out sees too."""
    return Row(name, url, others=others, signed_out=OK, method=method, make=lambda _c: at)


def _own(name: str, url: str, *, others: int | str = OK, method: str = "get", **at: Any) -> Row:
    """Return the row of a page of the own account."""
    return Row(name, url, others=others, method=method, make=lambda _c: at)


ROWS = (
    _own("own account", "account"),
    Row("outside the demo", "demo_sign_in", others=NOT_FOUND, signed_out=NOT_FOUND, method="post"),
    # the door
    _open("the form", "account_login", others=SAVED),
    _own("the question", "account_logout"),
    _own("out", "account_logout", others=SIGN_IN, method="post"),
    _open("sign-up is closed", "account_signup", others=SAVED),
    _open("an account that is closed", "account_inactive"),
    _own("no code was asked for", "account_confirm_login_code", others=SAVED),
    # the password
    _open("forgotten", "account_reset_password"),
    _open("the letter is sent", "account_reset_password_done"),
    _open("a link that is none", "account_reset_password_from_key", uidb36="a", key="k-k"),
    _open("done", "account_reset_password_from_key_done"),
    _own("another one", "account_change_password"),
    _own("the first one", "account_set_password", others=SAVED),
    _own("asked anew", "account_reauthenticate"),
    # the address
    _own("e-mail", "account_email"),
    _open("the letter is sent", "account_email_verification_sent"),
    _open("a link that is none", "account_confirm_email", key="k"),
    # second factors
    _own("second factors", "mfa_index"),
    _own("no factor to ask for", "mfa_authenticate", others=SAVED),
    _own("asked anew", "mfa_reauthenticate", others=SAVED),
    _own("behind the password", "mfa_activate_totp", others=SAVED),
    _own("none to take off", "mfa_deactivate_totp", others=NOT_FOUND),
    _own("none yet", "mfa_view_recovery_codes", others=NOT_FOUND),
    _own("none yet", "mfa_download_recovery_codes", others=NOT_FOUND),
    _own("behind the password", "mfa_generate_recovery_codes", others=SAVED),
    _own("keys", "mfa_list_webauthn"),
    _own("behind the password", "mfa_add_webauthn", others=SAVED),
    _own("behind the password", "mfa_edit_webauthn", others=SAVED, pk=1),
    _own("behind the password", "mfa_remove_webauthn", others=SAVED, pk=1),
    _own("a key asked anew", "mfa_reauthenticate_webauthn", others=SAVED),
    _own("no key sent", "mfa_login_webauthn", others=SAVED),
    # sessions
    _own("sessions", "usersessions_list"),
    _own("the others are ended", "usersessions_list", others=SAVED, method="post"),
    # another service: none is set up
    Row(
        "none",
        "openid_connect_login",
        others=NOT_FOUND,
        signed_out=NOT_FOUND,
        make=lambda _c: {"provider_id": "oidc"},
    ),
    Row(
        "none",
        "openid_connect_callback",
        others=NOT_FOUND,
        signed_out=NOT_FOUND,
        make=lambda _c: {"provider_id": "oidc"},
    ),
    _own("connections", "socialaccount_connections"),
    _own("nobody came", "socialaccount_signup", others=SIGN_IN),
    _open("cancelled", "socialaccount_login_cancelled"),
    Row("an error there", "socialaccount_login_error", others=REFUSED, signed_out=REFUSED),
)

_KEY = {"uidb36": "a", "key": "k-k"}

PAGES = (
    Page("account", "account"),
    Page("sign-in", "account_login", who=""),
    Page("sign-out", "account_logout"),
    Page("sign-up-closed", "account_signup", who=""),
    Page("inactive", "account_inactive", who=""),
    Page("password-forgotten", "account_reset_password", who=""),
    Page("password-letter-sent", "account_reset_password_done", who=""),
    Page("password-bad-link", "account_reset_password_from_key", lambda: _KEY, who=""),
    Page("password-done", "account_reset_password_from_key_done", who=""),
    Page("password-change", "account_change_password"),
    Page("password-asked", "account_reauthenticate"),
    Page("email", "account_email"),
    Page("email-letter-sent", "account_email_verification_sent", who=""),
    Page("email-bad-link", "account_confirm_email", lambda: {"key": "k"}, who=""),
    Page("second-factors", "mfa_index"),
    Page("keys", "mfa_list_webauthn"),
    Page("sessions", "usersessions_list"),
    Page("connections", "socialaccount_connections"),
    Page("connection-cancelled", "socialaccount_login_cancelled", who=""),
)
