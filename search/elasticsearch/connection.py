"""Calls to the server that end in time, whatever it does, with errors in this library's words."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from typing import Any, TypeVar

from elastic_transport import ObjectApiResponse, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, UnsupportedProductError

from search.elasticsearch.breaker import Breaker
from search.errors import EngineAway, InvalidQuery, SearchError

Answer = dict[str, Any]
Work = Callable[[Elasticsearch], ObjectApiResponse[Any]]
T = TypeVar("T")
_OVERLOADED = 429
_SERVER_ERROR = 500
_REFUSED = (401, 403)
_BAD_REQUEST = 400


class Connection:
    """One server or cluster at `address` (a URL, user and password in it where it wants them).

    A call has `seconds` in all: for the name, the connection, the request and the last byte of its answer.
    Nothing is tried twice, and no other nodes are looked for.
    """

    def __init__(self, address: str, *, seconds: float, failures: int, pause: float) -> None:
        self._client = Elasticsearch(
            address, request_timeout=seconds, max_retries=0, retry_on_timeout=False, retry_on_status=()
        )
        self._seconds = seconds
        self._breaker = Breaker(failures, pause)

    def call(self, work: Work, seconds: float | None = None) -> Answer:
        """The body of the answer. Raises EngineAway, NotFound, InvalidQuery, or SearchError with the server's reason."""
        return self.read(work, lambda body: body, seconds)

    def read(self, work: Work, parse: Callable[[Answer], T], seconds: float | None = None) -> T:
        """What `parse` makes of the body; a body that it cannot read is no answer."""
        self._breaker.admit()
        client = self._client if seconds is None else self._client.options(request_timeout=seconds)
        try:
            result = _parsed(within(seconds or self._seconds, lambda: work(client)), parse)
        except (TransportError, UnsupportedProductError, Late, OSError, EngineAway) as error:
            raise self._away(f"{type(error).__name__} {error}".strip()) from error
        except ApiError as error:
            if error.status_code == _OVERLOADED or not isinstance(error.body, dict):
                raise self._away(f"{error.status_code} {reason(error)}") from error
            # Whoever says in the server's own words why not is there.
            self._breaker.succeeded()
            raise _translated(error) from error
        self._breaker.succeeded()
        return result

    def close(self) -> None:
        self._client.close()

    def _away(self, why: str) -> EngineAway:
        why = why[:300]
        self._breaker.failed(why)
        return EngineAway(f"Elasticsearch does not answer: {why}")


class NotFound(SearchError):
    """There is no index or alias of that name."""


def _parsed(answer: ObjectApiResponse[Any], parse: Callable[[Answer], T]) -> T:
    try:
        return parse(answer.body)
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        # Errors of this library are for the caller, also those that are ValueErrors.
        if isinstance(problem, SearchError):
            raise
        raise EngineAway(f"it answered something else than was asked: {str(answer.body)[:100]}") from problem


def within(seconds: float, work: Callable[[], T]) -> T:
    """The result of the work, or TimeoutError; late work is left to itself.

    A thread for each call: the time limit of a socket is for one read, and a server that sends a byte a second
    never exceeds it; looking up a name has no limit at all.
    """
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as problem:
            answer.set_exception(problem)

    threading.Thread(target=run, name="elasticsearch call", daemon=True).start()
    return answer.result(timeout=seconds)


def reason(error: ApiError) -> str:
    """What the server says is wrong, down to the first cause."""
    said: list[str] = []
    each = error.body.get("error") if isinstance(error.body, dict) else None
    while isinstance(each, dict):
        said.append(f"{each.get('type')}: {each.get('reason')}")
        each = each.get("caused_by")
    return ", because ".join(said) or str(error.message)


def _translated(error: ApiError) -> SearchError:
    if isinstance(error, NotFoundError):
        return NotFound(reason(error))
    if error.status_code in _REFUSED or error.status_code >= _SERVER_ERROR:
        return EngineAway(f"Elasticsearch says {error.status_code}: {reason(error)}")
    if error.status_code == _BAD_REQUEST:
        return InvalidQuery(f"Elasticsearch cannot answer this: {reason(error)}")
    return SearchError(f"Elasticsearch: {error.status_code} {reason(error)}")
