"""The users page as a sheet: the filtered list, all its pages, in the page's order."""

from __future__ import annotations

from flask import g
from werkzeug.wrappers import Response

from congress_app.accounts import queries
from congress_app.accounts.models import User
from congress_app.accounts.routes import wanted_by
from congress_app.accounts.sign_in_routes import bp
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel import clock
from congress_app.kernel.permissions import ROLE_LABELS, Permission, Role
from congress_app.kernel.sentences import N_
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

__all__ = ["bp"]

COLUMNS = (
    Column(N_("Họ và tên"), 30),
    Column(N_("Tên đăng nhập"), 24),
    Column(N_("Quyền"), 60),
    Column(N_("Tình trạng"), 28),
    Column(N_("Đăng nhập gần nhất"), 18, "date"),
)


@bp.get("/users.xlsx")
@requires(Permission.USER_MANAGE)
def users_sheet() -> Response:
    """Everybody the page's filter finds."""
    found, _total = queries.users(wanted_by(), within=g.reach, offset=0, limit=None)
    return sheet_response(N_("Tài khoản"), COLUMNS, [_cells(user) for user in found])


def _cells(user: User) -> tuple[Cell, ...]:
    held = "; ".join(
        f"{say(ROLE_LABELS[Role(each.role)])} · {each.unit.name}" for each in user.grants
    )
    return (
        user.display_name,
        user.username,
        held or say(N_("chưa có quyền")),
        say(_state(user)),
        clock.at_venue(user.last_sign_in_at) if user.last_sign_in_at else None,
    )


def _state(user: User) -> str:
    if not user.is_active:
        return N_("Đã khóa")
    return N_("Chưa đổi mật khẩu lần đầu") if user.must_change_password else N_("Đang dùng")
