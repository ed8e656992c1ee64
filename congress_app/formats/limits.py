"""How much of a sheet is read, and what is said when there is more."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.kernel.errors import TooLarge
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number


@dataclass(frozen=True)
class Limits:
    """The most rows and cells that may hold something."""

    rows: int
    cells: int


def too_many_rows(most: int) -> TooLarge:
    """More filled rows than are read."""
    return TooLarge(
        "too_many_rows",
        Sentence(
            N_("Danh sách có quá {most} dòng. Hãy chia thành nhiều tệp rồi tải lần lượt."),
            most=number(most),
        ),
    )


def too_many_cells(most: int) -> TooLarge:
    """More filled cells than are read."""
    return TooLarge(
        "too_many_cells",
        Sentence(
            N_("Trang tính có quá {most} ô dữ liệu. Hãy chia thành nhiều tệp rồi tải lần lượt."),
            most=number(most),
        ),
    )


def too_many_columns(column: str, most: int) -> TooLarge:
    """A value farther to the right than any list reaches."""
    return TooLarge(
        "too_many_columns",
        Sentence(
            N_(
                "Trang tính có dữ liệu tới cột {column}, nhiều nhất chỉ nhận {most} cột. "
                "Hãy xóa các cột thừa ở bên phải bảng rồi tải lại."
            ),
            column=column,
            most=most,
        ),
    )


def too_long_cell(address: str, most: int) -> TooLarge:
    """More letters in one cell than a spreadsheet itself takes."""
    return TooLarge(
        "cell_too_long",
        Sentence(
            N_("Ô {cell} dài quá {most} ký tự. Hãy rút ngắn ô này rồi tải lại."),
            cell=address,
            most=number(most),
        ),
    )


def too_much_text(most: int) -> TooLarge:
    """More letters in all cells together than a list of people or units has."""
    return TooLarge(
        "too_much_text",
        Sentence(
            N_("Các ô của trang tính dài quá {most} ký tự. Hãy chia thành nhiều tệp."),
            most=number(most),
        ),
    )


def whole_grid_claimed() -> TooLarge:
    """The sheet says it fills the whole grid: forged, or formatted to the last cell."""
    return TooLarge(
        "too_many_cells",
        Sentence(
            N_(
                "Trang tính khai báo kín toàn bộ các dòng và cột của bảng tính. "
                "Hãy chép riêng vùng có dữ liệu sang một trang mới rồi tải lại."
            )
        ),
    )
