"""The one settings file. Every setting is an environment variable prefixed NHIPCAU_ (see docs/reference)."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from nhipcau.config import env, logs

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", "var/data")).resolve()
# A copy made by `nhipcau practice`, known by the file it leaves: it has its own database and key, and sends no
# mail, whatever else the environment says.
PRACTICE = (DATA_DIR / "practice.json").exists()

# Originals, papers that wait to be recognised, what is drawn from both and the heads of the log: in the data
# directory, or in an S3-compatible store that several machines share. A demonstration has its own.
_DEMO = (DATA_DIR / "demo.json").exists()
STORAGE_URL = "" if PRACTICE or _DEMO else env.storage(env.text("STORAGE_URL"))

# Where free analysis is computed: duckdb:// in this process, postgresql://… or spark://… elsewhere.
ANALYTICS_URL = "duckdb://" if PRACTICE else env.secret("ANALYTICS_URL") or "duckdb://"

# Nightly backups: where to, locked with which key file, how many are kept. Nothing is made without a directory.
BACKUP_DIR, BACKUP_KEY = env.text("BACKUP_DIR"), env.text("BACKUP_KEY")
BACKUP_KEEP = env.whole("BACKUP_KEEP", 14)
UPGRADE_KEY = env.text("UPGRADE_KEY")  # who signs the versions that `upgrade` takes

SECRET_FILES = env.secret_files("SECRET_KEY", "DATABASE_URL", "ANALYTICS_URL", "EMAIL_URL", "OIDC_SECRET")
SECRET_KEY = env.secret_key(DATA_DIR, own=PRACTICE)
DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.listing("TRUSTED_ORIGINS")

_URL = "" if PRACTICE else env.secret("DATABASE_URL")
DATABASES = {"default": env.database(_URL, DATA_DIR, lasting=not (PRACTICE or _DEMO))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Outgoing mail, and the address under which officers open these pages: mail and calendars link to it.
_MAIL = env.mail("" if PRACTICE else env.secret("EMAIL_URL"))
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
    "nhipcau.ops",
    "nhipcau.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "nhipcau.web.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "nhipcau.web.watch.middleware.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nhipcau.web.middleware.CompressionMiddleware",
    "nhipcau.api.door.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nhipcau.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nhipcau.web.middleware.PostMiddleware",
    "nhipcau.web.offline.replaying.ReplayMiddleware",
    "nhipcau.web.twice.TwiceMiddleware",
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
            "builtins": ["nhipcau.web.templatetags.seated"],
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
# Who someone is, by django-allauth; its pages, forms, mail and addresses are not used (web.account.engine).
ACCOUNT_ADAPTER = "nhipcau.web.account.engine.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_USER_MODEL_EMAIL_FIELD = "login", None
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"username"}, ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Wrong tries: many an office shares one address, so it is given more room than a single login.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key", "entry_code": "20/10m/ip", "reauthenticate": "5/5m/user"}
# How long a password typed counts before what cannot be taken back (issuing, reorganising); 0: it is never asked.
FRESH_MINUTES = env.whole("FRESH_MINUTES", 15, least=0)
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("PROXIES", 0, least=0)

# The second step of signing in: an app's codes, passkeys, recovery codes. Of whom it is demanded: off, approvers
# (and above), all. A copy to practise on is signed in to with its passwords alone.
REQUIRE_MFA = "off" if PRACTICE else env.choice("REQUIRE_MFA", "off", "approvers", "all")
MFA_ADAPTER = "nhipcau.web.account.engine.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED, MFA_TOTP_TOLERANCE = True, 1  # a phone may be half a minute off

# Single sign-on with the federation's own OpenID Connect provider, if its address is given.
OIDC_URL, OIDC_NAME, OIDC_ID = "" if PRACTICE else env.text("OIDC_URL"), env.text("OIDC_NAME"), "oidc"
SOCIALACCOUNT_ADAPTER = "nhipcau.web.account.single.SingleSignOn"
SOCIALACCOUNT_PROVIDERS = env.single_sign_on(OIDC_ID, OIDC_URL, env.text("OIDC_CLIENT"), env.secret("OIDC_SECRET"))

# Counts that all processes share lie in the database; what each may look up for itself, in the process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_sharedcount",
        "KEY_FUNCTION": "nhipcau.access.counts.digest_of",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# Browsers tell hosts apart but not ports: with names of its own a practice copy beside it signs nobody out.
_INSTANCE = env.fingerprint(SECRET_KEY)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"nhipcau_{_INSTANCE}", f"nhipcau_csrf_{_INSTANCE}"
HTTPS = env.flag("HTTPS")
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
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

SILENCED_SYSTEM_CHECKS = [
    "models.W040",  # the extra columns of two indexes of the tree are for PostgreSQL alone
    "security.W002",  # X-Frame-Options is set with all other headers (web.headers), on every answer
    "security.W005",  # what else runs under the federation's domain is not ours to decide
    "security.W008",  # plain HTTP is sent on to HTTPS by the proxy, which alone knows how it was asked
    "security.W021",  # nor is entering the domain in the browsers' own lists
]

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

# The web server: its processes, how many requests each has at work, how many more wait; the rest are told to come
# again in a few seconds.
WEB_PROCESSES = env.whole("WEB_PROCESSES", 2)
WEB_THREADS, WEB_WAITING = env.whole("WEB_THREADS", 4), env.whole("WEB_WAITING", 24, least=0)

# What programs may ask of the API with one token in a minute. All processes count together.
API_RATE = env.whole("API_RATE", 300, least=1)

# The clock stands still in a demonstration alone, known by the file that `nhipcau demo` leaves.
DEMO_CLOCK = env.text("CLOCK") if _DEMO else ""

LOG_LEVEL = env.text("LOG_LEVEL", "WARNING").upper()
# Lines on stderr: plain ones for a terminal, JSON (with one for each request and job) for a machine.
# Numbers for a monitor on a port of this machine alone; 0: none.
LOGGING = logs.settings(machine=env.choice("LOG_FORMAT", "line", "json") == "json", level=LOG_LEVEL)
METRICS_PORT = env.whole("METRICS_PORT", 0, least=0)
# Where a collector of OpenTelemetry takes traces (OTLP over HTTP); empty: none are made.
TRACES_URL = env.text("TRACES_URL")
