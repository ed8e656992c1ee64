"""`backup` and `restore`: the whole database as one file, while the server runs."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import with_appcontext

from congress_app.audit.kinds import KINDS
from congress_app.audit.wording import action_words
from congress_app.cli.output import Answer, Spoken, answers, note
from congress_app.formats.checksum import beside
from congress_app.kernel import clock
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.permissions import system_actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import backup_services, undone_queries
from congress_app.operations.backup_services import Restored
from congress_app.operations.undone import Undone, Whose

TARGET = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, dir_okay=False)
SHORTEST = 12
UNKNOWN = N_(
    "Không đọc được nhật ký đang có nên không liệt kê được việc đã làm sau bản sao. "
    "Hãy đối chiếu sổ giấy: yêu cầu về dữ liệu cá nhân, tài khoản và máy quét đã khóa."
)
OUTDATED = N_(
    "Nhật ký nay ngắn hơn lúc làm các bản sao sau đó, nên mốc của chúng không còn khớp. "
    "Hãy xóa các tệp: {files}"
)
TO_DO_AGAIN = N_("Các việc sau được làm sau bản sao, sẽ mất khi khôi phục; hãy lưu lại để làm lại:")


def with_passphrase(command: Any) -> Any:
    """The two ways to give a passphrase; neither shows it to other users of the machine."""
    from_file = click.option(
        "--passphrase-file",
        type=click.File("rb"),
        help="Tệp chứa cụm mật khẩu ở dòng đầu; “-” đọc từ bàn phím hoặc ống dẫn.",
    )
    from_environment = click.option(
        "--passphrase-env", metavar="TÊN", help="Biến môi trường chứa cụm mật khẩu."
    )
    return from_file(from_environment(command))


@click.command("backup", cls=Spoken)
@click.argument("target", type=TARGET)
@with_passphrase
@click.option("--keep", type=click.IntRange(1), help="Trong thư mục, chỉ giữ chừng này bản mới.")
@with_appcontext
@answers
def backup(
    target: Path, passphrase_file: IO[bytes] | None, passphrase_env: str | None, keep: int | None
) -> Answer:
    """Sao lưu cơ sở dữ liệu ra một tệp (hay vào một thư mục), kể cả khi máy chủ đang chạy."""
    passphrase = _passphrase(passphrase_file, passphrase_env)
    made = backup_services.make(target, passphrase, keep=keep, actor=system_actor())
    file = made.file
    size, is_sealed = file.stat().st_size, passphrase is not None
    template = (
        N_("Đã sao lưu, có mã hóa, ra {file} ({size} byte).")
        if is_sealed
        else N_("Đã sao lưu ra {file} ({size} byte).")
    )
    lines = [
        Sentence(template, file=file, size=size),
        Sentence(
            N_("Mã SHA-256 của bản sao nằm ở {checksum}; khi chép đi, hãy chép cả hai tệp."),
            checksum=beside(file),
        ),
    ]
    if made.anchor:
        lines.append(Sentence(N_("Mốc nhật ký lúc sao lưu: {anchor}"), anchor=made.anchor))
    if not made.is_noted:
        lines.append(
            Sentence(
                N_(
                    "Bản sao lưu đầy đủ, nhưng cơ sở dữ liệu không ghi được nên không lưu lại "
                    "lần sao lưu này. Hãy kiểm tra ổ đĩa và quyền ghi."
                )
            )
        )
    facts = {"file": str(file), "bytes": size, "sealed": is_sealed, "noted": made.is_noted}
    anchor = str(made.anchor) if made.anchor else None
    return Answer(facts | {"checksum": str(beside(file)), "anchor": anchor}, lines)


@click.command("restore", cls=Spoken)
@click.argument("file", type=FILE)
@with_passphrase
@click.option("--replace", is_flag=True, help="Thay toàn bộ dữ liệu đang có.")
@with_appcontext
@answers
def restore(
    file: Path, passphrase_file: IO[bytes] | None, passphrase_env: str | None, replace: bool
) -> Answer:
    """Khôi phục cơ sở dữ liệu từ tệp sao lưu, rồi nâng cấu trúc lên bản hiện tại."""
    passphrase = _passphrase(passphrase_file, passphrase_env)
    ends: list[Restored] = []
    try:
        done = backup_services.restore(
            file,
            passphrase,
            replace=replace,
            actor=system_actor(),
            tell=_tell_undone,
            done=ends.append,
        )
    except (SystemExit, KeyboardInterrupt):
        _tell_end(file, ends)
        raise
    facts = {"file": str(file), "revision": done.before, "upgraded_to": done.now}
    undone = None if done.undone is None else [_as_data(one) for one in done.undone]
    more = {"sessions_ended": done.sessions_ended, "undone": undone}
    return Answer(facts | {"proven": done.is_proven} | more, _restored(file, done))


def _as_data(one: Undone) -> dict[str, object]:
    about = {"at": one.at, "action": one.action, "subject": one.subject}
    whose = {"person_id": one.whose.person_id, "exemplar_id": one.whose.exemplar_id}
    return about | whose | {"name": one.whose.name or None}


def _tell_end(file: Path, ends: list[Restored]) -> None:
    """Told to end while the data were being replaced, it has gone on to the end all the same."""
    with suppress(OSError):  # the terminal may be what has gone
        for done in ends:
            for line in _restored(file, done):
                note(line)


def _restored(file: Path, done: Restored) -> list[Sentence]:
    """What was brought back, and what is left to do."""
    lines = [Sentence(N_("Đã khôi phục từ {file}."), file=file)]
    if done.sessions_ended:
        lines.append(
            Sentence(
                N_(
                    "Đã kết thúc {count} phiên đăng nhập có trong bản sao; mọi người đăng nhập lại."
                ),
                count=done.sessions_ended,
            )
        )
    if done.before != done.now:
        lines.append(
            Sentence(
                N_("Đã nâng cấu trúc dữ liệu từ bản {before} lên bản {now}."),
                before=done.before,
                now=done.now,
            )
        )
    if not done.is_proven:
        lines.append(
            Sentence(
                N_(
                    "Không đối chiếu được từng byte của bản sao vì thiếu tệp {checksum}; chương "
                    "trình chỉ kiểm tra được cấu trúc của nó. Hãy xem lại dữ liệu trước khi dùng."
                ),
                checksum=beside(file).name,
            )
        )
    if done.outdated:
        files = ", ".join(path.name for path in done.outdated)
        lines.append(Sentence(OUTDATED, files=files))
    return lines + _named_again(done.undone or ())


def _tell_undone(undone: tuple[Undone, ...] | None) -> None:
    """Before anything is replaced: afterwards nobody knows it any more."""
    if undone is None:
        note(Sentence(UNKNOWN))
    elif undone:
        note(Sentence(TO_DO_AGAIN))
        for one in undone:
            act, at = Sentence(action_words(one.action)), f"{clock.at_venue(one.at):%H:%M %d/%m/%Y}"
            what, whom = _thing(one.kind, one.number), _whom(one.whose)
            note(Sentence("  {at}  {act}: {what}{whom}", at=at, act=act, what=what, whom=whom))


def _whom(whose: Whose) -> Sentence | str:
    if whose.person_id:
        return Sentence(N_(" (người số {number})"), number=whose.person_id)
    if whose.exemplar_id:
        return Sentence(N_(" (điển hình số {number})"), number=whose.exemplar_id)
    return Sentence(" ({name})", name=whose.name) if whose.name else ""


def _thing(kind: str, number: int | None) -> Sentence:
    words = Sentence(KINDS.get(kind, kind))
    if number is None:
        return words
    return Sentence(N_("{kind} số {number}"), kind=words, number=number)


def _named_again(undone: tuple[Undone, ...]) -> list[Sentence]:
    """Who and what the numbers are: by what came back, where a deleted name stands again."""
    names = undone_queries.names(undone)
    return [
        Sentence("{thing}: {name}", thing=_thing(kind, number), name=name)
        for (kind, number), name in names.items()
    ]


def _passphrase(file: IO[bytes] | None, variable: str | None) -> bytes | None:
    """The first line of the file, or the variable's value; None when neither is given."""
    if file is None and variable is None:
        return None
    found = (
        file.readline().rstrip(b"\r\n") if file else os.environb.get(os.fsencode(variable or ""))
    )
    if found is None or len(found) < SHORTEST:
        raise Unreadable(
            "short_passphrase",
            Sentence(
                N_("Cụm mật khẩu trống hoặc quá ngắn: cần ít nhất {count} ký tự."), count=SHORTEST
            ),
        )
    return found
