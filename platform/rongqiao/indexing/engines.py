"""The search engine and the analysis tools of this process, made once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from matching.encoders import Encoder, load_encoder
from matching.skills import SkillFinder
from rongqiao.outbox.registry import Unavailable
from search.embedded import EmbeddedEngine
from search.engine import Engine, SearchError


@cache
def engine() -> Engine:
    """The engine the settings name."""
    opened = _ENGINES.get(settings.RONGQIAO_SEARCH_ENGINE)
    if opened is None:
        raise ImproperlyConfigured(
            f"RONGQIAO_SEARCH_ENGINE={settings.RONGQIAO_SEARCH_ENGINE!r} is not known. Use {' or '.join(_ENGINES)}."
        )
    return opened()


def _embedded() -> Engine:
    return EmbeddedEngine(settings.RONGQIAO_INDEX)


def _elasticsearch() -> Engine:
    if not settings.ELASTICSEARCH_URL:
        raise ImproperlyConfigured(f"ELASTICSEARCH_URL is not set. {ADDRESS_REMEDY}")
    try:
        # Here, so that the embedded default does without the package.
        from search.elasticsearch import ElasticsearchEngine
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(
            f"The package {error.name} is not installed. Install the extra `production`."
        ) from error
    try:
        return ElasticsearchEngine(
            settings.ELASTICSEARCH_URL, prefix=settings.RONGQIAO_SEARCH_PREFIX, lease=settings.RONGQIAO_SEARCH_LEASE
        )
    except ValueError as error:
        raise ImproperlyConfigured(f"ELASTICSEARCH_URL or RONGQIAO_SEARCH_PREFIX: {error}. {ADDRESS_REMEDY}") from error


ADDRESS_REMEDY = "Set it to http://user:password@host:9200, or RONGQIAO_SEARCH_ENGINE=embedded."
_ENGINES = {"embedded": _embedded, "elasticsearch": _elasticsearch}


@cache
def encoder() -> Encoder | None:
    """The sentence encoder the settings name; None when it is switched off."""
    return load_encoder(settings.RONGQIAO_ENCODER)


@cache
def skill_finder() -> SkillFinder:
    """The dictionary of skills."""
    return SkillFinder()


@contextmanager
def engine_may_be_away() -> Iterator[None]:
    """What the engine cannot do now (busy, unreadable, disk full) is nobody's fault: the events wait, uncounted. A
    document that no index can hold stays an error of that document."""
    try:
        yield
    except (SearchError, OSError) as error:
        if isinstance(error, ValueError):
            raise
        raise Unavailable(f"{type(error).__name__}: {error}") from error


def warm_up() -> None:
    """Load what the first posting would otherwise wait for: encoder, dictionary of skills, engine."""
    skill_finder().find("焊接")
    engine()
    tool = encoder()
    if tool is not None:
        tool.encode(["焊接"])


def vector_bytes(vector: Any) -> bytes:
    """A vector as it is stored: 16-bit floats, half the space, the same neighbours."""
    return np.asarray(vector, dtype=np.float16).tobytes()


def vector_of(stored: bytes | memoryview | None) -> Any:
    """A stored vector as float32, None when there is none."""
    if stored is None:
        return None
    return np.frombuffer(bytes(stored), dtype=np.float16).astype(np.float32)
