"""Progress and retry of jobs, figures of operation."""

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Progress and retry of jobs, figures of operation."""


def downgrade() -> None:
    """Nothing to take back."""
