"""Hash chain of the log, rights of the person, purge."""

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Hash chain of the log, rights of the person, purge."""


def downgrade() -> None:
    """Nothing to take back."""
