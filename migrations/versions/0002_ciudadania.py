"""People, sessions, tokens, mailbox."""

import sqlalchemy as sa
from alembic import op

revision = "0002_ciudadania"
down_revision = "0001_nucleo"
branch_labels = None
depends_on = None

INSTANTE = sa.DateTime(timezone=True)


def upgrade() -> None:
    _personas()
    _sesiones()
    _tokens()
    _buzon()


def _personas() -> None:
    op.create_table(
        "ciudadania_persona",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("emisor", sa.Text()),
        sa.Column("sub", sa.Text()),
        sa.Column("ci", sa.Text(), nullable=False),
        sa.Column("complemento", sa.Text()),
        sa.Column("nombres", sa.Text(), nullable=False),
        sa.Column("primer_apellido", sa.Text()),
        sa.Column("segundo_apellido", sa.Text()),
        sa.Column("nacimiento", sa.Date()),
        sa.Column("celular", sa.Text()),
        sa.Column("correo", sa.Text()),
        sa.Column("nivel", sa.Integer(), nullable=False, server_default="2"),
        sa.Column("creado_en", INSTANTE, nullable=False),
        sa.Column("actualizado_en", INSTANTE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ciudadania_persona"),
        sa.UniqueConstraint(
            "ci", "complemento", name="uq_ciudadania_persona_ci_complemento", postgresql_nulls_not_distinct=True
        ),
        sa.UniqueConstraint("emisor", "sub", name="uq_ciudadania_persona_emisor_sub"),
        sa.CheckConstraint("ci ~ '^[1-9][0-9]{3,11}$'", name=op.f("ck_ciudadania_persona_ci_valida")),
        sa.CheckConstraint(
            "complemento ~ '^[0-9A-Z]{2}$'", name=op.f("ck_ciudadania_persona_complemento_valido")
        ),
        sa.CheckConstraint(
            "primer_apellido IS NOT NULL OR segundo_apellido IS NOT NULL",
            name=op.f("ck_ciudadania_persona_un_apellido"),
        ),
        sa.CheckConstraint("(emisor IS NULL) = (sub IS NULL)", name=op.f("ck_ciudadania_persona_emisor_y_sub")),
        sa.CheckConstraint("nivel BETWEEN 1 AND 3", name=op.f("ck_ciudadania_persona_nivel_valido")),
    )


def _sesiones() -> None:
    op.create_table(
        "ciudadania_inicio_sesion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("huella_estado", sa.LargeBinary(), nullable=False),
        sa.Column("huella_navegador", sa.LargeBinary(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verificador", sa.Text(), nullable=False),
        sa.Column("volver", sa.Text(), nullable=False),
        sa.Column("max_age_s", sa.Integer()),
        sa.Column("creado_en", INSTANTE, nullable=False),
        sa.Column("vence_en", INSTANTE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ciudadania_inicio_sesion"),
        sa.UniqueConstraint("huella_estado", name="uq_ciudadania_inicio_sesion_huella_estado"),
    )
    op.create_index("ix_ciudadania_inicio_sesion_vence_en", "ciudadania_inicio_sesion", ["vence_en"])
    op.create_table(
        "ciudadania_sesion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("huella", sa.LargeBinary(), nullable=False),
        sa.Column("persona_id", sa.Uuid(), nullable=False),
        sa.Column("autenticado_en", INSTANTE, nullable=False),
        sa.Column("agente", sa.Text(), nullable=False),
        sa.Column("id_token", sa.Text()),
        sa.Column("creado_en", INSTANTE, nullable=False),
        sa.Column("visto_en", INSTANTE, nullable=False),
        sa.Column("vence_en", INSTANTE, nullable=False),
        sa.Column("cerrado_en", INSTANTE),
        sa.Column("motivo_cierre", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_ciudadania_sesion"),
        sa.UniqueConstraint("huella", name="uq_ciudadania_sesion_huella"),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["ciudadania_persona.id"], name="fk_ciudadania_sesion_persona_id"
        ),
        sa.CheckConstraint("octet_length(huella) = 32", name=op.f("ck_ciudadania_sesion_huella_sha256")),
        sa.CheckConstraint("vence_en > creado_en", name=op.f("ck_ciudadania_sesion_vence_despues")),
        sa.CheckConstraint(
            "(cerrado_en IS NULL) = (motivo_cierre IS NULL)", name=op.f("ck_ciudadania_sesion_cierre_completo")
        ),
    )
    op.create_index(
        "ix_ciudadania_sesion_abierta",
        "ciudadania_sesion",
        ["persona_id", "vence_en"],
        postgresql_where=sa.text("cerrado_en IS NULL"),
    )


def _tokens() -> None:
    op.create_table(
        "ciudadania_cliente",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("huella_secreto", sa.LargeBinary(), nullable=False),
        sa.Column("unidad_id", sa.Uuid()),
        sa.Column("alcances", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("creado_en", INSTANTE, nullable=False),
        sa.Column("revocado_en", INSTANTE),
        sa.PrimaryKeyConstraint("id", name="pk_ciudadania_cliente"),
        sa.CheckConstraint(
            "octet_length(huella_secreto) = 32", name=op.f("ck_ciudadania_cliente_huella_sha256")
        ),
    )
    op.create_index("ix_ciudadania_cliente_unidad_id", "ciudadania_cliente", ["unidad_id"])
    op.create_table(
        "ciudadania_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("huella", sa.LargeBinary(), nullable=False),
        sa.Column("persona_id", sa.Uuid()),
        sa.Column("cliente_id", sa.Uuid()),
        sa.Column("alcances", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("creado_en", INSTANTE, nullable=False),
        sa.Column("vence_en", INSTANTE, nullable=False),
        sa.Column("revocado_en", INSTANTE),
        sa.PrimaryKeyConstraint("id", name="pk_ciudadania_token"),
        sa.UniqueConstraint("huella", name="uq_ciudadania_token_huella"),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["ciudadania_persona.id"], name="fk_ciudadania_token_persona_id"
        ),
        sa.ForeignKeyConstraint(
            ["cliente_id"], ["ciudadania_cliente.id"], name="fk_ciudadania_token_cliente_id"
        ),
        sa.CheckConstraint(
            "num_nonnulls(persona_id, cliente_id) = 1", name=op.f("ck_ciudadania_token_un_titular")
        ),
        sa.CheckConstraint("octet_length(huella) = 32", name=op.f("ck_ciudadania_token_huella_sha256")),
        sa.CheckConstraint("vence_en > creado_en", name=op.f("ck_ciudadania_token_vence_despues")),
    )
    for columna in ("persona_id", "cliente_id", "vence_en"):
        op.create_index(f"ix_ciudadania_token_{columna}", "ciudadania_token", [columna])


def _buzon() -> None:
    op.create_table(
        "ciudadania_notificacion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("persona_id", sa.Uuid()),
        sa.Column("unidad_id", sa.Uuid()),
        sa.Column("asunto", sa.Text(), nullable=False),
        sa.Column("cuerpo", sa.Text(), nullable=False),
        sa.Column("enlace", sa.Text()),
        sa.Column("creado_en", INSTANTE, nullable=False),
        sa.Column("leido_en", INSTANTE),
        sa.PrimaryKeyConstraint("id", name="pk_ciudadania_notificacion"),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["ciudadania_persona.id"], name="fk_ciudadania_notificacion_persona_id"
        ),
        sa.CheckConstraint(
            "num_nonnulls(persona_id, unidad_id) >= 1", name=op.f("ck_ciudadania_notificacion_un_destinatario")
        ),
        sa.CheckConstraint(
            "enlace ~ '^/([^/\\\\]|$)'", name=op.f("ck_ciudadania_notificacion_enlace_propio")
        ),
        sa.CheckConstraint(
            "char_length(asunto) BETWEEN 1 AND 200", name=op.f("ck_ciudadania_notificacion_asunto_corto")
        ),
    )
    for quien in ("persona", "unidad"):
        op.create_index(
            f"ix_ciudadania_notificacion_{quien}",
            "ciudadania_notificacion",
            [f"{quien}_id", "creado_en", "id"],
        )
        op.create_index(
            f"ix_ciudadania_notificacion_{quien}_sin_leer",
            "ciudadania_notificacion",
            [f"{quien}_id"],
            postgresql_where=sa.text("leido_en IS NULL"),
        )
    op.create_table(
        "ciudadania_lectura",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notificacion_id", sa.Uuid(), nullable=False),
        sa.Column("persona_id", sa.Uuid(), nullable=False),
        sa.Column("leido_en", INSTANTE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ciudadania_lectura"),
        sa.UniqueConstraint(
            "notificacion_id", "persona_id", name="uq_ciudadania_lectura_notificacion_id_persona_id"
        ),
        sa.ForeignKeyConstraint(
            ["notificacion_id"],
            ["ciudadania_notificacion.id"],
            name="fk_ciudadania_lectura_notificacion_id",
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["ciudadania_persona.id"], name="fk_ciudadania_lectura_persona_id"
        ),
    )
    op.create_index("ix_ciudadania_lectura_persona_id", "ciudadania_lectura", ["persona_id"])
    _pruebas_inmutables()


def _pruebas_inmutables() -> None:
    """A delivered text and a proof of reading have legal effect (Ley 1080): neither is ever rewritten."""
    op.execute(
        """
        CREATE FUNCTION ciudadania_no_se_reescribe() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% no admite %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER ciudadania_lectura_inmutable BEFORE UPDATE OR DELETE ON ciudadania_lectura "
        "FOR EACH ROW EXECUTE FUNCTION ciudadania_no_se_reescribe()"
    )
    op.execute(
        "CREATE TRIGGER ciudadania_notificacion_sin_borrar BEFORE DELETE ON ciudadania_notificacion "
        "FOR EACH ROW EXECUTE FUNCTION ciudadania_no_se_reescribe()"
    )
    op.execute(
        "CREATE TRIGGER ciudadania_notificacion_inmutable BEFORE UPDATE ON ciudadania_notificacion "
        "FOR EACH ROW WHEN (OLD.leido_en IS NOT NULL "
        "OR (NEW.id, NEW.persona_id, NEW.unidad_id, NEW.asunto, NEW.cuerpo, NEW.enlace, NEW.creado_en) "
        "IS DISTINCT FROM "
        "(OLD.id, OLD.persona_id, OLD.unidad_id, OLD.asunto, OLD.cuerpo, OLD.enlace, OLD.creado_en)) "
        "EXECUTE FUNCTION ciudadania_no_se_reescribe()"
    )


def downgrade() -> None:
    for tabla in ("lectura", "notificacion", "token", "cliente", "sesion", "inicio_sesion", "persona"):
        op.drop_table(f"ciudadania_{tabla}")
    op.execute("DROP FUNCTION ciudadania_no_se_reescribe()")
