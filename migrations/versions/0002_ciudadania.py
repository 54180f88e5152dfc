"""People, sessions, tokens, mailbox."""

revision = "0002_ciudadania"
down_revision = "0001_nucleo"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
