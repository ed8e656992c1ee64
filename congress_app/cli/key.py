"""`key list`, `key rotate`, `key reseal`, `key retire`."""

from __future__ import annotations

from flask.cli import AppGroup

from congress_app.accounts import key_queries, key_services
from congress_app.cli.output import Answer, Spoken, answers
from congress_app.kernel.permissions import system_actor
from congress_app.kernel.sentences import N_, Sentence

group = AppGroup("key", help="Khóa của máy chủ.")


@group.command("list", cls=Spoken)
@answers
def show() -> Answer:
    """Tên các khóa (khóa đang dùng đứng đầu) và số bí mật mỗi khóa niêm phong."""
    uses = key_queries.uses()
    rows = [{"key": use.name, "known": use.known, "sealed": use.sealed} for use in uses]
    known, lost = N_("{key}\t{sealed}"), N_("{key}\t{sealed}\tmáy chủ không có khóa này")
    lines = [
        Sentence(known if use.known else lost, key=use.name, sealed=use.sealed) for use in uses
    ]
    return Answer({"keys": rows}, lines)


@group.command("rotate", cls=Spoken)
@answers
def rotate() -> Answer:
    """Tạo khóa mới, niêm phong lại các bí mật; phiên đăng nhập vẫn giữ."""
    count = key_services.rotate(actor=system_actor())
    told = N_(
        "Đã đổi khóa, niêm phong lại {count} bí mật. Khóa cũ còn mở được phiên đang có; "
        "sau 12 giờ hãy chạy “key retire”. Khóa bị lộ thì chạy ngay: mọi người đăng nhập lại."
    )
    return Answer({"resealed": count}, [Sentence(told, count=count)])


@group.command("reseal", cls=Spoken)
@answers
def reseal() -> Answer:
    """Niêm phong bằng khóa đang dùng những bí mật còn theo khóa cũ."""
    count = key_services.reseal(actor=system_actor())
    return Answer(
        {"resealed": count}, [Sentence(N_("Đã niêm phong lại {count} bí mật."), count=count)]
    )


@group.command("retire", cls=Spoken)
@answers
def retire() -> Answer:
    """Bỏ các khóa cũ; phiên đăng nhập chỉ khóa cũ ký thì kết thúc."""
    count = key_services.retire(actor=system_actor())
    return Answer({"retired": count}, [Sentence(N_("Đã bỏ {count} khóa cũ."), count=count)])
