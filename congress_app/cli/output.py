"""How a command speaks: words or one JSON document, errors with their exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import pairwise
from typing import Any, NoReturn, TypeVar

import click
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from congress_app.cli.ground import refusal_of
from congress_app.kernel.errors import Detail, DomainError, Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.web.texts import say

Command = TypeVar("Command", bound=Callable[..., Any])
LANGUAGES = ("vi", "en")
REFUSED = 3


@dataclass(frozen=True)
class Answer:
    """What a command found: `data` for machines, `lines` for people; the code it ends with."""

    data: object
    lines: Iterable[str | Sentence] = ()
    exit_code: int = 0


class Spoken(click.Command):
    """A command whose wrong usage, too, is JSON where JSON was asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As in click; a usage error ends with code 2."""
        wants_json = _wants_json(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if not wants_json:
                raise
            click.echo(error.format_message(), err=True)
            _print_json(_error("usage", error.format_message(), []))
            ctx.exit(2)


def answers(command: Command) -> Command:
    """Give a command `--format` and `--lang`; print its Answer or the rule it broke."""

    @click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
    @click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0])
    @wraps(command)
    def run(*args: Any, form: str, lang: str, **options: Any) -> None:
        with force_locale(lang):
            try:
                answer = command(*args, **options)
            except DomainError as error:
                _fail(error, as_json=form == "json")
            except OSError as error:
                _fail(_no_file(error), as_json=form == "json")
            except SQLAlchemyError as error:
                refusal = refusal_of(error)
                if refusal is None:
                    raise
                _fail(refusal, as_json=form == "json")
            _show(answer, as_json=form == "json")
        if answer.exit_code:
            raise SystemExit(answer.exit_code)

    return run  # type: ignore[return-value]


def note(text: str | Sentence) -> None:
    """A word beside the answer, on stderr."""
    click.echo(say(text), err=True)


def _show(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        # None: the command has printed its lines itself.
        if answer.data is not None:
            _print_json(answer.data)
        return
    for line in answer.lines:
        click.echo(say(line), err=bool(answer.exit_code))


def _fail(error: DomainError, *, as_json: bool) -> NoReturn:
    details = [_plain(detail) for detail in error.details]
    message = say(error.sentence)
    click.echo(message, err=True)
    for detail in details:
        click.echo(f"  {detail if isinstance(detail, str) else _words(detail)}", err=True)
    if as_json:
        _print_json(_error(error.code, message, details))
    raise SystemExit(error.exit_code)


def _no_file(error: OSError) -> Unreadable:
    """A folder that is not there, a disk that is full: told as every other refusal."""
    return Unreadable(
        "file_error",
        Sentence(
            N_("Không đọc hoặc ghi được {file}: {why}."),
            file=error.filename or "tệp",
            why=error.strerror or str(error),
        ),
    )


def _error(code: str, message: str, details: Sequence[object]) -> dict[str, object]:
    return {"error": {"code": code, "message": message, "details": list(details)}}


def _plain(detail: Detail) -> Any:
    if isinstance(detail, Mapping):
        return {key: _value(value) for key, value in detail.items()}
    return say(detail)


def _value(value: object) -> object:
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, (list, tuple)):
        return [_value(item) for item in value]
    return value


def _words(detail: Mapping[str, object]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in detail.items())


def _print_json(data: object) -> None:
    # Vietnamese is written as it is, whatever the terminal's own encoding says.
    sys.stdout.flush()
    click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def _wants_json(args: Sequence[str]) -> bool:
    return "--format=json" in args or ("--format", "json") in pairwise(args)
