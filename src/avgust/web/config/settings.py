"""All settings, from the environment, in one place; a wrong or missing one stops the start with a sentence.

| variable | meaning | without it |
| --- | --- | --- |
| `AVGUST_SECRET_KEY` | signs sessions and links | required, except in demo and debug |
| `AVGUST_HOSTS` | host names served, by comma | required, except in demo and debug |
| `DATABASE_URL` | SQLite or PostgreSQL | SQLite in `AVGUST_VAR` |
| `AVGUST_VAR` | folder of uploads, SQLite, collected static files | `var` beside the project |
| `AVGUST_DEBUG`, `AVGUST_DEMO` | developer's mode; demo with listed accounts | off |
| `AVGUST_HTTPS` | pages are served over HTTPS (cookies, HSTS, redirects) | on, except in demo and debug |
| `AVGUST_PROXY` | trust `X-Forwarded-Proto` and `X-Forwarded-For` of one proxy | off |
| `AVGUST_TIME_ZONE` | time zone of the territory | `Europe/Moscow` |
| `AVGUST_EMAIL_URL`, `AVGUST_EMAIL_FROM` | outgoing mail | on the console; of the demo at `/demo/mail/` |
| `AVGUST_URL` | address in letters: `https://avgust.example.org` | the first of `AVGUST_HOSTS` |
| `AVGUST_MFA_ROLES` | roles that must have a second factor, by comma: `admin,regional_officer` | none |
| `AVGUST_MFA` | second factors: `totp`, `webauthn`, by comma; `none` | `totp,webauthn` |
| `AVGUST_SIGN_UP` | anyone may make an account | off |
| `AVGUST_OIDC_URL`, `_ID`, `_SECRET`, `_NAME` | sign-in through an OpenID Connect server | off |
| `AVGUST_EVIDENCE_MB` | largest file of evidence, in MB | `20` |
| `AVGUST_ROWS_AT_ONCE` | rows of a file that is written at once, a larger one by the worker | `1000` |
| `AVGUST_CLAMD` | virus scanner that sees each of them: path of the socket of clamd, or host:port | none |
| `AVGUST_PUPIL_KEY` | turns numbers of pupils into codes, 32 bytes or more | `pupils.key` in `AVGUST_VAR` |
| `AVGUST_API_PER_MINUTE` | requests that a token of a program may send a minute; `0` is no limit | `300` |
| `AVGUST_LOG_LEVEL` | `DEBUG` … `ERROR` | `INFO` |
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from avgust.domain.messages import locale_folder

env: Final = environ.Env()
PROJECT: Final = Path(__file__).resolve().parents[4]

TESTING: Final = "PYTEST_VERSION" in os.environ  # set by pytest itself, also for its child processes
DEBUG = env.bool("AVGUST_DEBUG", False)
DEMO = env.bool("AVGUST_DEMO", False)
_LENIENT: Final = DEBUG or DEMO or TESTING

_scratch = tempfile.TemporaryDirectory(prefix="avgust-test-") if TESTING else None
VAR = Path(env.str("AVGUST_VAR", _scratch.name if _scratch else str(PROJECT / "var"))).resolve()
UPLOADS = VAR / "uploads"
PUPIL_KEY = env.str("AVGUST_PUPIL_KEY", "")
MEDIA_ROOT = UPLOADS


def _made(folder: Path) -> Path:
    """Return `folder`, made when missing; the sentence names the variable when it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"AVGUST_VAR={VAR} cannot be written: {error.strerror}. Name a folder that this user may write."
        ) from error
    return folder


def _secret_key() -> str:
    """Return the key from the environment, or the one kept in `AVGUST_VAR` for demo and debug."""
    key = env.str("AVGUST_SECRET_KEY", "")
    if key:
        return key
    if TESTING:
        return "only for tests"
    if not _LENIENT:
        raise ImproperlyConfigured(
            "AVGUST_SECRET_KEY is not set. Give a long random string and keep it; for a trial run"
            " `avgust demo`, for development set AVGUST_DEBUG=1."
        )
    kept = _made(VAR) / "secret.key"
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass  # made by an earlier start, so that sessions outlive a restart
    return kept.read_text(encoding="ascii").strip()


def _hosts() -> list[str]:
    """Return the host names served; a server without them would answer to any name."""
    hosts = env.list("AVGUST_HOSTS", default=[])
    if not hosts and not _LENIENT:
        raise ImproperlyConfigured(
            "AVGUST_HOSTS is not set. Name the hosts served, by comma: AVGUST_HOSTS=avgust.example.org"
        )
    return hosts or ["localhost", "127.0.0.1", "[::1]", "testserver"]


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _hosts()

INSTALLED_APPS = [
    "avgust.web.api",
    "avgust.web.portal",
    "avgust.web.reports",
    "avgust.web.readings",
    "avgust.web.projects",
    "avgust.web.acts",
    "avgust.web.decisions",
    "avgust.web.control",
    "avgust.web.assessments",
    "avgust.web.programmes",
    "avgust.web.documents",
    "avgust.web.people",
    "avgust.web.journal",
    "avgust.web.prepared",
    "avgust.web.notices",
    "avgust.web.territory",
    "avgust.web.accounts",
    "avgust.web.audit",
    "avgust.web.warehouse",
    "avgust.web.background",
    "avgust.web.ui",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_cotton",
    "lucide",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "avgust.web.audit.requests.RequestNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "avgust.web.ui.security.ContentSecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "avgust.web.ui.preferences.PreferencesMiddleware",
    "avgust.web.ui.security.BodyLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "avgust.web.ui.answers.PlainValuesMiddleware",
    "avgust.web.ui.answers.PrivatePagesMiddleware",
    "avgust.web.ui.answers.EndedSessionMiddleware",
    "avgust.web.ui.answers.AllowedMethodsMiddleware",
    "avgust.web.ui.reading.ReadingMiddleware",
    "avgust.web.accounts.second_factor.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "avgust.web.config.urls"
WSGI_APPLICATION = "avgust.web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "avgust.web.ui.context.page",
            ],
            "builtins": ["avgust.web.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]
COTTON_DIR = "components"

# ── database ────────────────────────────────────────────────────────────────
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", f"sqlite:///{VAR / 'avgust.sqlite3'}")
}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _made(Path(_database["NAME"]).parent) if _database["NAME"] != ":memory:" else None
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
elif _database["ENGINE"].endswith("postgresql"):
    _database["CONN_HEALTH_CHECKS"] = True
    if not TESTING:
        _database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
else:
    raise ImproperlyConfigured("DATABASE_URL must name SQLite (sqlite:///…) or PostgreSQL (postgres://…).")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# ── language and time ───────────────────────────────────────────────────────
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [locale_folder()]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("AVGUST_TIME_ZONE", "Europe/Moscow")
USE_THOUSAND_SEPARATOR = False

# ── accounts ────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email", "full_name"]}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
DEMO_PASSWORD = env.str("AVGUST_DEMO_PASSWORD", "avgust-demo") if DEMO else ""
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SIGN_UP_OPEN = env.bool("AVGUST_SIGN_UP", False)
ACCOUNT_ADAPTER = "avgust.web.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "avgust.web.accounts.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SIGN_UP_OPEN else "optional"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True  # one address a person; another one counts when its owner has confirmed it
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # invitations too: a head may be on leave
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if _LENIENT else "https"

_FACTORS: Final = {"totp", "webauthn"}
_factors = [name for name in env.list("AVGUST_MFA", default=["totp", "webauthn"]) if name != "none"]
if unknown := set(_factors) - _FACTORS:
    raise ImproperlyConfigured(
        f"AVGUST_MFA names {', '.join(sorted(unknown))}; known are totp, webauthn, none."
    )
MFA_ROLES = env.list("AVGUST_MFA_ROLES", default=[])  # read by accounts/second_factor.py, checked by its app
if MFA_ROLES and not _factors:
    raise ImproperlyConfigured("AVGUST_MFA_ROLES asks for second factors that AVGUST_MFA=none switches off.")
MFA_SUPPORTED_TYPES = [*_factors, "recovery_codes"] if _factors else []
MFA_PASSKEY_LOGIN_ENABLED = "webauthn" in _factors
MFA_ALLOW_UNVERIFIED_EMAIL = not SIGN_UP_OPEN  # else the addresses are those that an administrator gave
MFA_TOTP_ISSUER = "Avgust"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _LENIENT


def openid_connect(url: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """Return the setting of allauth for one server: discovery at `url`, the code bound to this browser."""
    server = {
        "provider_id": "oidc",
        "name": name or urlsplit(url).hostname or "OpenID Connect",
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": url},
    }
    return {"openid_connect": {"APPS": [server], "OAUTH_PKCE_ENABLED": True}}


_oidc = env.str("AVGUST_OIDC_URL", "")
SOCIALACCOUNT_ONLY = False
# The server of the territory vouches for its addresses: who is known here by one signs in by it.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if _oidc:
    if not (env.str("AVGUST_OIDC_ID", "") and env.str("AVGUST_OIDC_SECRET", "")):
        raise ImproperlyConfigured("AVGUST_OIDC_URL needs AVGUST_OIDC_ID and AVGUST_OIDC_SECRET beside it.")
    SOCIALACCOUNT_PROVIDERS = openid_connect(
        _oidc,
        env.str("AVGUST_OIDC_ID"),
        env.str("AVGUST_OIDC_SECRET"),
        env.str("AVGUST_OIDC_NAME", ""),
    )

EMAIL_CONFIG = env.email_url("AVGUST_EMAIL_URL", default="consolemail://")
globals().update({name: value for name, value in EMAIL_CONFIG.items() if name.startswith("EMAIL_")})
EMAIL_TIMEOUT = 30  # seconds; a server that says nothing must not hold the worker for good
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("AVGUST_EMAIL_FROM", "avgust@localhost")
if DEMO and not env.str("AVGUST_EMAIL_URL", ""):
    EMAIL_BACKEND = "avgust.web.notices.catcher.Catcher"
SITE = env.str("AVGUST_URL", f"{'http' if _LENIENT else 'https'}://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip(
    "/"
)
if TESTING:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# ── security ────────────────────────────────────────────────────────────────
HTTPS = env.bool("AVGUST_HTTPS", not _LENIENT)
PROXY = env.bool("AVGUST_PROXY", False)
if PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Browsers' preload list binds a whole domain for years: its owner decides that, not a program on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
    "avgust_session",
    "avgust_csrf",
    "avgust_language",
)
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
CSRF_FAILURE_VIEW = "avgust.web.ui.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
CONTENT_SECURITY_FORM_HOSTS = [f"{urlsplit(_oidc).scheme}://{urlsplit(_oidc).netloc}"] if _oidc else []
X_FRAME_OPTIONS = "DENY"
BODY_LIMIT = 256 * 1024 * 1024  # several documents at once; the limit of one is with its reader
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000  # several hundred workbooks of results are sent at once
FILE_UPLOAD_PERMISSIONS = 0o600
# What is under way lies in one folder: a killed process leaves it there, and the daily sweep takes it.
SCRATCH = FILE_UPLOAD_TEMP_DIR = _made(VAR / "scratch")
if not TESTING:  # pytest has folders of its own
    tempfile.tempdir = str(SCRATCH)
EVIDENCE_LIMIT = env.int("AVGUST_EVIDENCE_MB", 20) * 1024 * 1024  # one file, in bytes
ROWS_AT_ONCE = env.int("AVGUST_ROWS_AT_ONCE", 1_000)
API_PER_MINUTE = env.int("AVGUST_API_PER_MINUTE", 300)
CLAMD = env.str("AVGUST_CLAMD", "")
if CLAMD and not (CLAMD.startswith("/") or CLAMD.rpartition(":")[2].isdecimal()):
    raise ImproperlyConfigured(
        f"AVGUST_CLAMD={CLAMD} is neither the path of a socket (/run/clamav/clamd.ctl) nor host:port."
    )

# ── static files, cache, log ────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = _made(VAR / "static")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "avgust.web.ui.finders.WheelFinder",
]
_static = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG or TESTING
    else "avgust.web.ui.storage.HashedStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static},
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR / "cache"}
}

LOG_LEVEL = env.str("AVGUST_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"django.request": {"level": "ERROR"}},
}
