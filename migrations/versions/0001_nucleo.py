"""Shared kernel: clock, outbox, audit, idempotency keys, files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001_nucleo"
down_revision = None
branch_labels = None
depends_on = None

AHORA = sa.func.nucleo_ahora()


def _instante(nombre: str, *, nulo: bool = False) -> sa.Column:
    if nulo:
        return sa.Column(nombre, sa.DateTime(timezone=True), nullable=True)
    return sa.Column(nombre, sa.DateTime(timezone=True), server_default=AHORA, nullable=False)


def upgrade() -> None:
    for extension in ("pg_trgm", "unaccent", "btree_gist"):
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.execute(
        """
        CREATE FUNCTION nucleo_ahora() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
            SELECT clock_timestamp()
                 + coalesce(nullif(current_setting('qhatu.desfase', true), ''), '0')::interval
        $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION nucleo_sin_acentos(texto text) RETURNS text
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT lower(public.unaccent('public.unaccent', texto)) $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION nucleo_inmutable() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'la tabla % no admite %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'QH001';
        END $$
        """
    )
    op.create_table(
        "nucleo_evento",
        sa.Column("numero", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("tipo", sa.String(80), nullable=False),
        sa.Column("objeto_id", sa.Uuid, nullable=False),
        sa.Column("datos", JSONB, nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        _instante("creado_en"),
        _instante("repartido_en", nulo=True),
        sa.UniqueConstraint("id", name="uq_nucleo_evento_id"),
    )
    op.create_index(
        "ix_nucleo_evento_por_repartir",
        "nucleo_evento",
        ["numero"],
        postgresql_where=sa.text("repartido_en IS NULL"),
    )
    op.create_index("ix_nucleo_evento_objeto", "nucleo_evento", ["objeto_id"])
    op.create_table(
        "nucleo_entrega",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("evento_numero", sa.BigInteger, sa.ForeignKey("nucleo_evento.numero", name="fk_nucleo_entrega_evento_numero"), nullable=False),
        sa.Column("consumidor", sa.String(120), nullable=False),
        sa.Column("intentos", sa.Integer, nullable=False),
        _instante("proximo_en"),
        _instante("hecha_en", nulo=True),
        sa.Column("error", sa.String, nullable=True),
        sa.UniqueConstraint(
            "evento_numero", "consumidor", name="uq_nucleo_entrega_evento_numero_consumidor"
        ),
        sa.CheckConstraint("intentos >= 0", name="ck_nucleo_entrega_intentos"),
    )
    op.create_index(
        "ix_nucleo_entrega_pendiente",
        "nucleo_entrega",
        ["proximo_en"],
        postgresql_where=sa.text("hecha_en IS NULL"),
    )
    op.create_table(
        "nucleo_auditoria",
        sa.Column("numero", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        _instante("creado_en"),
        sa.Column("actor_tipo", sa.String(10), nullable=False),
        sa.Column("actor_id", sa.Uuid, nullable=True),
        sa.Column("actor_nombre", sa.String, nullable=False),
        sa.Column("unidad_id", sa.Uuid, nullable=True),
        sa.Column("mandato_id", sa.Uuid, nullable=True),
        sa.Column("accion", sa.String(80), nullable=False),
        sa.Column("objeto_tipo", sa.String(60), nullable=False),
        sa.Column("objeto_id", sa.String(60), nullable=False),
        sa.Column("datos", JSONB, nullable=False),
        sa.Column("solicitud", sa.String(64), nullable=True),
    )
    op.create_index("ix_nucleo_auditoria_objeto", "nucleo_auditoria", ["objeto_tipo", "objeto_id"])
    op.create_index("ix_nucleo_auditoria_unidad", "nucleo_auditoria", ["unidad_id", "numero"])
    op.create_index("ix_nucleo_auditoria_actor", "nucleo_auditoria", ["actor_id", "numero"])
    op.execute(
        """
        CREATE TRIGGER nucleo_auditoria_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON nucleo_auditoria
        FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable()
        """
    )
    op.create_table(
        "nucleo_clave_idempotencia",
        sa.Column("actor", sa.String(120), primary_key=True),
        sa.Column("clave", sa.String(255), primary_key=True),
        sa.Column("huella", sa.LargeBinary, nullable=False),
        sa.Column("estado", sa.Integer, nullable=False),
        sa.Column("cabeceras", JSONB, nullable=False),
        sa.Column("cuerpo", sa.LargeBinary, nullable=False),
        _instante("creado_en"),
    )
    op.create_index(
        "ix_nucleo_clave_idempotencia_creado_en", "nucleo_clave_idempotencia", ["creado_en"]
    )
    op.create_table(
        "nucleo_archivo",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("tipo", sa.String(100), nullable=False),
        sa.Column("tamano", sa.Integer, nullable=False),
        sa.Column("publico", sa.Boolean, nullable=False),
        sa.Column("ancho", sa.Integer, nullable=True),
        sa.Column("alto", sa.Integer, nullable=True),
        sa.Column("variantes", JSONB, nullable=False),
        _instante("creado_en"),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="ck_nucleo_archivo_sha256"),
        sa.CheckConstraint("tamano > 0", name="ck_nucleo_archivo_tamano"),
    )
    op.create_table(
        "nucleo_webhook",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("duenio_id", sa.Uuid, nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("tipos", sa.ARRAY(sa.String), nullable=False),
        sa.Column("secreto_cifrado", sa.LargeBinary, nullable=False),
        sa.Column("activo", sa.Boolean, nullable=False),
        _instante("creado_en"),
        sa.CheckConstraint("url LIKE 'https://%'", name="ck_nucleo_webhook_url"),
    )
    op.create_index("ix_nucleo_webhook_duenio_id", "nucleo_webhook", ["duenio_id"])
    op.create_table(
        "nucleo_webhook_mensaje",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column(
            "webhook_id",
            sa.Uuid,
            sa.ForeignKey("nucleo_webhook.id", name="fk_nucleo_webhook_mensaje_webhook_id"),
            nullable=False,
        ),
        sa.Column("tipo", sa.String(80), nullable=False),
        sa.Column("cuerpo", sa.LargeBinary, nullable=False),
        _instante("creado_en"),
        sa.Column("intentos", sa.Integer, nullable=False),
        _instante("proximo_en"),
        _instante("entregado_en", nulo=True),
        _instante("abandonado_en", nulo=True),
        sa.Column("ultimo_estado", sa.Integer, nullable=True),
        sa.Column("ultimo_error", sa.String, nullable=True),
        sa.CheckConstraint("intentos >= 0", name="ck_nucleo_webhook_mensaje_intentos"),
        sa.CheckConstraint(
            "entregado_en IS NULL OR abandonado_en IS NULL", name="ck_nucleo_webhook_mensaje_un_final"
        ),
    )
    op.create_index(
        "ix_nucleo_webhook_mensaje_pendiente",
        "nucleo_webhook_mensaje",
        ["proximo_en"],
        postgresql_where=sa.text("entregado_en IS NULL AND abandonado_en IS NULL"),
    )
    op.create_index("ix_nucleo_webhook_mensaje_webhook", "nucleo_webhook_mensaje", ["webhook_id", "creado_en"])


def downgrade() -> None:
    for tabla in (
        "nucleo_webhook_mensaje",
        "nucleo_webhook",
        "nucleo_archivo",
        "nucleo_clave_idempotencia",
        "nucleo_auditoria",
        "nucleo_entrega",
        "nucleo_evento",
    ):
        op.drop_table(tabla)
    for funcion in ("nucleo_inmutable()", "nucleo_sin_acentos(text)", "nucleo_ahora()"):
        op.execute(f"DROP FUNCTION {funcion}")
