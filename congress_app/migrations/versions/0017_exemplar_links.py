"""Exemplars as delegates, speakers and honoured."""

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Exemplars as delegates, speakers and honoured."""


def downgrade() -> None:
    """Nothing to take back."""
