"""The one settings file. Every setting is an environment variable prefixed NHIPCAU_ (see docs/reference)."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from nhipcau.config import env

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", "var/data")).resolve()
# A copy made by `nhipcau practice`, known by the file it leaves: it has its own database and key, and sends no
# mail, whatever else the environment says.
PRACTICE = (DATA_DIR / "practice.json").exists()

# Where free analysis is computed: duckdb:// in this process, postgresql://… or spark://… elsewhere.
ANALYTICS_URL = "duckdb://" if PRACTICE else env.text("ANALYTICS_URL", "duckdb://")

SECRET_KEY = env.secret_key(DATA_DIR, own=PRACTICE)
DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.listing("TRUSTED_ORIGINS")

DATABASES = {"default": env.database("" if PRACTICE else env.text("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Outgoing mail, and the address under which officers open these pages: mail and calendars link to it.
_MAIL = env.mail("" if PRACTICE else env.text("EMAIL_URL"))
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = _MAIL.host, _MAIL.port, 20
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.tls == "starttls", _MAIL.tls == "ssl"
DEFAULT_FROM_EMAIL, MAIL_DOMAIN = _MAIL.sender, _MAIL.sender.rpartition("@")[2]
MAIL_BOUNCES = _MAIL.bounces
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "nhipcau.audit",
    "nhipcau.outbox",
    "nhipcau.org",
    "nhipcau.access",
    "nhipcau.documents",
    "nhipcau.tasks",
    "nhipcau.activities",
    "nhipcau.campaigns",
    "nhipcau.reports",
    "nhipcau.analytics",
    "nhipcau.exchange",
    "nhipcau.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nhipcau.web.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nhipcau.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nhipcau.web.middleware.PostMiddleware",
    "nhipcau.web.offline.replaying.ReplayMiddleware",
    "nhipcau.web.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "nhipcau.config.urls"
WSGI_APPLICATION = "nhipcau.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "nhipcau.web.context.acting",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Account"
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [  # besides what access.passwords asks
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Browsers tell hosts apart but not ports: with names of its own a practice copy beside it signs nobody out.
_INSTANCE = env.fingerprint(SECRET_KEY)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"nhipcau_{_INSTANCE}", f"nhipcau_csrf_{_INSTANCE}"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = env.flag("HTTPS")
CSRF_COOKIE_SECURE = env.flag("HTTPS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "nhipcau.web.handlers.outdated"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["nhipcau.web.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# The extra columns of two indexes of the tree are for PostgreSQL alone.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

# The address changes with the files, so a browser may keep them for good: a phone fetches them once a version.
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_URL = f"/static/{env.digest_of(STATICFILES_DIRS[0])}/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = "^$" if DEBUG else ".*"

DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 310  # a branch's filled forms at once
FILE_UPLOAD_HANDLERS = [
    "nhipcau.web.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MAX_FILE_BYTES = 25 * 1024 * 1024
MAX_UPLOAD_BYTES = 200 * 1024 * 1024  # of all files sent at once

# The clock stands still in a demonstration alone, known by the file that `nhipcau demo` leaves.
DEMO_CLOCK = env.text("CLOCK") if (DATA_DIR / "demo.json").exists() else ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING")},
}
