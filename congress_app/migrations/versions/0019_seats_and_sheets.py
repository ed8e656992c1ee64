"""Seats, halls and sheets."""

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Seats, halls and sheets."""


def downgrade() -> None:
    """Nothing to take back."""
