"""Movements and what units report of them."""

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Movements and what units report of them."""


def downgrade() -> None:
    """Nothing to take back."""
