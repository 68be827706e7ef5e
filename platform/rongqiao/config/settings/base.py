"""Settings shared by every mode. All values come from the environment through `env`; each has a default."""

import os
from pathlib import Path

import environ

from .mail import mail

# Before anything loads numpy: one vector at a time is the rule here, and threads fighting over it cost thirty times more.
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[4]
env = environ.Env()

# Everything the running product writes: database, index, uploads, letters.
VAR = Path(env.str("RONGQIAO_VAR", default=str(ROOT / "var")))

ALLOWED_HOSTS = env.list("RONGQIAO_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("RONGQIAO_ORIGINS", default=[])
DEBUG = False

INSTALLED_APPS = [
    # Before the administration, whose templates it replaces; neither looks for lists by itself.
    "unfold.apps.BasicAppConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.messages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "rongqiao.common",
    "rongqiao.outbox",
    "rongqiao.codes",
    "rongqiao.audit",
    "rongqiao.mailing",
    "rongqiao.files",
    "rongqiao.parties",
    "rongqiao.postings",
    "rongqiao.parsing",
    "rongqiao.reviewing",
    "rongqiao.importing",
    "rongqiao.indexing",
    "rongqiao.searching",
    "rongqiao.recommending",
    "rongqiao.introductions",
    "rongqiao.digests",
    "rongqiao.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # After the language is known, so that a refusal is in the reader's; before anything reads body or session.
    "rongqiao.common.guard.InputGuard",
    "django.middleware.common.CommonMiddleware",
    "rongqiao.common.csrf.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rongqiao.parties.sign_in.SecondFactor",
    "rongqiao.parties.sign_in.SignInErrors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "rongqiao.config.urls"
WSGI_APPLICATION = "rongqiao.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parents[1] / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

STATIC_URL = "/static/"
# The administration in the colours of the pages.
PRIMARY = {
    "50": "#f0f6fa", "100": "#dbe9f2", "200": "#b9d3e3", "300": "#8fb8d1", "400": "#7cb0cf", "500": "#7cb0cf",
    "600": "#17384a", "700": "#122d3c", "800": "#0e2430", "900": "#0a1b25", "950": "#06121a",
}  # fmt: skip
UNFOLD = {
    "SITE_TITLE": "融桥",
    "SITE_HEADER": "融桥",
    "SITE_SYMBOL": "conversion_path",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": [lambda request: f"{STATIC_URL}administration.css"],
    "COLORS": {"primary": PRIMARY},
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
APPEND_SLASH = False

AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# NIST SP 800-63B: length and a list of common ones, no rules about kinds of characters.
AUTH_PASSWORD_VALIDATORS.append(
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}}
)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "rongqiao.parties.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "optional"
# No letter goes to an address without an account; the adapter does as much work for it as for one that has.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "融桥"
# Whoever lost access to their address has lost the account anyway; a wait for its confirmation would only delay safety.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Whether those who review, watch or operate must sign in with a one-time code.
RONGQIAO_SECOND_FACTOR = env.bool("RONGQIAO_SECOND_FACTOR", default=False)

# Letters. Without a mail server they are written to a folder; RONGQIAO_MAIL=off writes them down and sends none.
MAIL_SERVER = mail(env.str("EMAIL_URL", default=""))
EMAIL_BACKEND = MAIL_SERVER["EMAIL_BACKEND"]
vars().update(MAIL_SERVER)
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("RONGQIAO_MAIL_FROM", default="融桥 <no-reply@rongqiao.example>")
RONGQIAO_MAIL = env.bool("RONGQIAO_MAIL", default=True)
# How long a letter is left to the process that took it; longer than the mail server may take to answer.
RONGQIAO_MAIL_LEASE = env.int("RONGQIAO_MAIL_LEASE", default=120)
# So many letters a minute that nobody waits for, by host: RONGQIAO_MAIL_RATES="qq.com=60,163.com=60".
RONGQIAO_MAIL_RATES = env.dict("RONGQIAO_MAIL_RATES", default={})
# A Maildir to which the mail server delivers what comes back: delivery reports and complaints.
RONGQIAO_BOUNCES = env.str("RONGQIAO_BOUNCES", default="")
RONGQIAO_MAIL_SHOWN = False
# Where people reach the platform: what links in letters begin with.
RONGQIAO_URL = env.str("RONGQIAO_URL", default="http://127.0.0.1:8000").rstrip("/")
# allauth asks for these before it asks the adapter, which writes letters with links of our own.
HEADLESS_FRONTEND_URLS = {
    name: f"{RONGQIAO_URL}/{{key}}"
    for name in ("account_confirm_email", "account_reset_password", "account_reset_password_from_key", "account_signup")
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rongqiao.common.access.SessionSignIn"],
    "DEFAULT_PERMISSION_CLASSES": ["rongqiao.common.access.Declared"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rongqiao.common.parsers.GuardedJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rongqiao.common.throttling.Visitors",
        "rongqiao.common.throttling.People",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("RONGQIAO_THROTTLE_ANONYMOUS", default="120/min"),
        "user": env.str("RONGQIAO_THROTTLE_PERSON", default="1200/min"),
    },
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "rongqiao.common.errors.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "融桥 Rongqiao API",
    "DESCRIPTION": "产教融合信息服务平台：发布、检索、推荐。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["rongqiao.common.openapi.with_errors"],
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
RONGQIAO_UPLOAD_LIMIT = env.int("RONGQIAO_UPLOAD_LIMIT", default=30 * 1024 * 1024)

# The share of postings that passed by themselves and are looked at afterwards (the policy's inspections take 20–40 %),
# and after how many approvals in a row a verified organisation passes by itself; 0 switches either off.
RONGQIAO_REVIEW_SAMPLE = env.float("RONGQIAO_REVIEW_SAMPLE", default=0.2)
RONGQIAO_TRUST_AFTER = env.int("RONGQIAO_TRUST_AFTER", default=3)

# From which mutual score on a pairing is worth a line in a digest: where the band 合适 begins.
RONGQIAO_DIGEST_THRESHOLD = env.float("RONGQIAO_DIGEST_THRESHOLD", default=0.55)

# Where the robots of group chats are asked; in front of a key they make a whole address. A relay of one's own may stand
# between; only then may the address lie inside one's own network.
RONGQIAO_CHATS = {
    "wecom": env.str("RONGQIAO_CHAT_WECOM", default="https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
    "feishu": env.str("RONGQIAO_CHAT_FEISHU", default="https://open.feishu.cn/open-apis/bot/v2/hook"),
    "dingtalk": env.str("RONGQIAO_CHAT_DINGTALK", default="https://oapi.dingtalk.com/robot/send"),
}
RONGQIAO_CHATS_INSIDE = env.bool("RONGQIAO_CHATS_INSIDE", default=False)

# One kind of posting is one module; a deployment may add modules of its own.
RONGQIAO_EXTRA_KINDS = env.list("RONGQIAO_EXTRA_KINDS", default=[])
RONGQIAO_SEARCH_ENGINE = env.str("RONGQIAO_SEARCH_ENGINE", default="embedded")
# The server, http://user:password@host:9200; what its indexes are called by; and after how many seconds without a sign
# of life a rebuild counts as dead.
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
RONGQIAO_SEARCH_PREFIX = env.str("RONGQIAO_SEARCH_PREFIX", default="rongqiao")
RONGQIAO_SEARCH_LEASE = env.float("RONGQIAO_SEARCH_LEASE", default=60.0)
RONGQIAO_INDEX = Path(env.str("RONGQIAO_INDEX", default=str(VAR / "index")))
RONGQIAO_FILES = Path(env.str("RONGQIAO_FILES", default=str(VAR / "files")))
RONGQIAO_ENCODER = env.str("RONGQIAO_ENCODER", default="bundled")
RONGQIAO_WORKER_IN_PROCESS = env.bool("RONGQIAO_WORKER_IN_PROCESS", default=False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without tokens": {"()": "rongqiao.mailing.logs.WithoutTokens"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {name: {"filters": ["without tokens"]} for name in ("django.request", "django.security.csrf", "django.server")},
    "root": {"handlers": ["console"], "level": env.str("RONGQIAO_LOG", default="WARNING")},
}
