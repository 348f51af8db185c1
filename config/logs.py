"""One line of JSON an event, on standard error: with the ids of request and task, without people and without secrets."""

import re
import time

import structlog
from django_structlog.middlewares import RequestMiddleware

# Tokens of our links have 43 characters and more, keys to a new password 41; no other part of an address is as long.
SECRET = re.compile(r"(?<=[/=\"' ])[A-Za-z0-9_:.-]{41,}(?=$|[/\s\"'<>?&,\\])")
# Begun at the first sign of a word alone: a long path without an address is read once, and not once for each sign.
ADDRESS = re.compile(r"(?<![^\s\"'<>(),;:=\\@])[^\s\"'<>(),;:=\\@]+@[^\s\"'<>(),;:=\\]+")
# What PostgreSQL quotes of a row when it refuses one.
DETAIL = re.compile(r"(DETAIL:  (?:Key|Failing row contains) ).*?(?=\\n|\n|$)")
IDS = {"request_id", "task_id", "parent_task_id", "correlation_id", "logger", "event_id"}


class LoggedRequests(RequestMiddleware):
    """A line a request, with how long it took and without its query, in which people are searched for by name."""

    def prepare(self, request):
        super().prepare(request)
        request.began = time.perf_counter()

    def handle_response(self, request, response):
        structlog.contextvars.bind_contextvars(ms=round(1000 * (time.perf_counter() - request.began)))
        super().handle_response(request, response)

    @staticmethod
    def format_request(request):
        return f"{request.method} {request.path}"


def begin_task(task, **_signal) -> None:
    task.request.began = time.perf_counter()


def tell_task(task, task_id, state, **_signal) -> None:
    """A line a task that is done, without its arguments; why one failed stands in a line of its own."""
    seconds = round(time.perf_counter() - task.request.began, 3)
    structlog.get_logger(__name__).info("task_done", task=task.name, task_id=task_id, state=state, seconds=seconds)


def format_line(json: bool):
    """A formatter for the `logging` of Python, in which libraries write too."""
    before = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_people_and_secrets,
            structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False),
        ],
    )


def set_up() -> None:
    """Have structlog hand its events to `logging`, so that there is one way out."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def without_people_and_secrets(_logger, _name, event):
    """The event with addresses, tokens and what was searched for left out."""
    return {key: value if key in IDS else mask(value) for key, value in event.items()}


def mask(value):
    if isinstance(value, str):
        for pattern, instead in ((DETAIL, r"\1…"), (ADDRESS, "…@…"), (SECRET, "…")):
            value = pattern.sub(instead, value)
        return value
    if isinstance(value, dict):
        return {key: mask(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [mask(one) for one in value]
    return value if isinstance(value, (int, float, bool, type(None))) else mask(str(value))
