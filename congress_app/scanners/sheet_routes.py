"""Devices, scans and conflicts of a congress as sheets: the pages' rows in their order."""

from __future__ import annotations

from flask import g, request
from werkzeug.wrappers import Response

from congress_app.checkin import conflict_queries
from congress_app.checkin import queries as checkin_queries
from congress_app.checkin.decision import REASON_LABELS, RESOLUTION_LABELS, Reason, Resolution
from congress_app.checkin.models import Scan, ScanConflict
from congress_app.congresses.scope import congress_blueprint
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.scanners import queries
from congress_app.scanners.models import Device
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

bp = congress_blueprint("door_lists", __name__)

DEVICE_COLUMNS = (
    Column(N_("Máy"), 30),
    Column(N_("Cửa"), 18),
    Column(N_("Trạng thái"), 18),
    Column(N_("Liên lạc lần cuối"), 18, "date"),
    Column(N_("Chờ gửi"), 10, "number"),
    Column(N_("Đồng hồ chậm (giây)"), 12, "number"),
)
SCAN_COLUMNS = (
    Column(N_("Lúc"), 18, "date"),
    Column(N_("Chiều"), 8),
    Column(N_("Phiên"), 30),
    Column(N_("Đại biểu"), 30),
    Column(N_("Kết quả"), 16),
    Column(N_("Lý do"), 36),
    Column(N_("Máy"), 24),
    Column(N_("Cửa"), 18),
)
CONFLICT_COLUMNS = (
    Column(N_("Đại biểu"), 30),
    Column(N_("Đơn vị"), 34),
    Column(N_("Việc gì"), 30),
    Column(N_("Cửa thứ nhất"), 18),
    Column(N_("Lượt thứ nhất"), 18, "date"),
    Column(N_("Cửa thứ hai"), 18),
    Column(N_("Lượt thứ hai"), 18, "date"),
    Column(N_("Xử lý"), 24),
    Column(N_("Người xử lý"), 24),
    Column(N_("Xử lý lúc"), 18, "date"),
    Column(N_("Ghi chú"), 36),
)
VERDICTS = {"accepted": N_("Đã nhận"), "conflict": N_("Mâu thuẫn")}


@bp.get("/devices.xlsx")
@requires(Permission.DEVICE_MANAGE)
def devices() -> Response:
    """Every device, the newest first."""
    rows = [_device_cells(device) for device in queries.devices_of(g.congress.id)]
    title, unit = N_("Máy quét"), g.congress.unit.code
    return sheet_response(title, DEVICE_COLUMNS, rows, subtitle=g.congress.name, of=unit)


@bp.get("/checkin/scans.xlsx")
@requires(Permission.CHECKIN_READ)
def scans() -> Response:
    """The whole log, of which the page shows the latest, newest first."""
    titles = {each.id: say(each.title) for each in checkin_queries.sessions_of(g.congress.id)}
    found = checkin_queries.recent_scans(g.congress.id, limit=None)
    rows = [_scan_cells(scan, titles) for scan in found]
    title, unit = N_("Nhật ký quét"), g.congress.unit.code
    return sheet_response(title, SCAN_COLUMNS, rows, subtitle=g.congress.name, of=unit)


@bp.get("/conflicts.xlsx")
@requires(Permission.CHECKIN_SUPERVISE)
def conflicts() -> Response:
    """All that wait to be settled, or all that were."""
    state = "closed" if request.args.get("state") == "closed" else "open"
    found = conflict_queries.conflicts_of(g.congress.id, state, limit=None)
    rows = [_conflict_cells(conflict) for conflict in found]
    title, unit = N_("Mâu thuẫn khi quét"), g.congress.unit.code
    return sheet_response(title, CONFLICT_COLUMNS, rows, subtitle=g.congress.name, of=unit)


def _device_cells(device: Device) -> tuple[Cell, ...]:
    seen = device.last_seen_at
    late = None if device.state == "waiting" else round(device.clock_offset_ms / 1000)
    return (
        device.name,
        device.gate,
        say(_device_state(device)),
        clock.at_venue(seen) if seen else None,
        device.queue_length,
        late,
    )


def _device_state(device: Device) -> str:
    if device.state in ("active", "revoked"):
        return N_("Đang dùng") if device.state == "active" else N_("Đã thu hồi")
    expires = device.pairing_expires_at
    expired = expires is not None and expires <= clock.now()
    return N_("Mã ghép hết hạn") if expired else N_("Chờ ghép")


def _scan_cells(scan: Scan, titles: dict[int, str]) -> tuple[Cell, ...]:
    verdict = VERDICTS.get(scan.verdict, N_("Từ chối"))
    reason = say(REASON_LABELS[Reason(scan.reason)]) if scan.reason else scan.note
    return (
        clock.at_venue(scan.corrected_at),
        say(N_("ra") if scan.direction == "out" else N_("vào")),
        titles.get(scan.session_id or 0),
        scan.delegate.person.full_name if scan.delegate else scan.raw_code,
        say(N_("Hủy lượt trước") if scan.corrects_id else verdict),
        reason,
        scan.device_name,
        scan.gate,
    )


def _conflict_cells(conflict: ScanConflict) -> tuple[Cell, ...]:
    person = conflict.delegate.person if conflict.delegate else None
    unit = (person.unit.name if person.unit else person.organisation) if person else None
    settled = conflict.resolution
    return (
        person.full_name if person else conflict.second.raw_code,
        unit,
        say(REASON_LABELS[Reason(conflict.kind)]),
        *_door(conflict.first),
        *_door(conflict.second),
        say(RESOLUTION_LABELS[Resolution(settled)]) if settled else None,
        conflict.closed_by,
        clock.at_venue(conflict.closed_at) if conflict.closed_at else None,
        conflict.note,
    )


def _door(scan: Scan | None) -> tuple[Cell, Cell]:
    if scan is None:
        return None, None
    return scan.gate or scan.device_name, clock.at_venue(scan.corrected_at)
