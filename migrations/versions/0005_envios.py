"""Shipments: serial blocks, items, events.

What holds whatever the program does: serial ranges never overlap, a number is not used twice within 24 months,
events are never rewritten, one delivery an item, a delivered item never reopens.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_envios"
down_revision = "0004_pagos"
branch_labels = None
depends_on = None

INSTANTE = sa.DateTime(timezone=True)
AHORA = sa.text("nucleo_ahora()")

ESTADOS = (
    "anunciado admitido en_transito retenido en_reparto listo_para_retiro intento_fallido en_devolucion "
    "entregado devuelto anulado"
)
ESTADOS_EVENTO = (
    "recibido en_transito retenido en_reparto listo_para_retiro intento_fallido entregado en_devolucion "
    "anulado desconocido"
)


def _en(columna: str, valores: str) -> str:
    return f"{columna} IN ({', '.join(repr(v) for v in valores.split())})"


def upgrade() -> None:
    _bloques()
    _envios()
    _eventos()
    _disparadores()


def _bloques() -> None:
    op.execute("CREATE SEQUENCE envios_bloque_seq START 1")
    op.create_table(
        "envios_bloque_serie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("operador_unidad_id", sa.Uuid(), nullable=False),
        sa.Column("indicador", sa.String(2), nullable=False),
        sa.Column("desde", sa.Integer(), nullable=False),
        sa.Column("hasta", sa.Integer(), nullable=False),
        sa.Column("siguiente", sa.Integer(), nullable=False),
        sa.Column("creado_en", INSTANTE, nullable=False, server_default=AHORA),
        sa.PrimaryKeyConstraint("id", name="pk_envios_bloque_serie"),
        sa.ForeignKeyConstraint(
            ["operador_unidad_id"], ["registro_unidad.id"], name="fk_envios_bloque_serie_operador_unidad_id"
        ),
        sa.CheckConstraint("indicador ~ '^[A-Z]{2}$'", name=op.f("ck_envios_bloque_serie_indicador")),
        sa.CheckConstraint(
            "0 <= desde AND desde <= hasta AND hasta <= 99999999", name=op.f("ck_envios_bloque_serie_rango")
        ),
        sa.CheckConstraint(
            "siguiente BETWEEN desde AND hasta + 1", name=op.f("ck_envios_bloque_serie_siguiente")
        ),
    )
    op.execute(
        "ALTER TABLE envios_bloque_serie ADD CONSTRAINT ex_envios_bloque_serie_sin_solape "
        "EXCLUDE USING gist (indicador WITH =, int4range(desde, hasta, '[]') WITH &&)"
    )
    op.create_index(
        "ix_envios_bloque_serie_libre",
        "envios_bloque_serie",
        ["operador_unidad_id", "indicador", "desde"],
        postgresql_where=sa.text("siguiente <= hasta"),
    )


def _envios() -> None:
    op.create_table(
        "envios_envio",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.String(13), nullable=False),
        sa.Column("numero_desde", sa.Date(), nullable=False),
        sa.Column("numero_hasta", sa.Date(), nullable=False),
        sa.Column("remitente_unidad_id", sa.Uuid(), nullable=False),
        sa.Column("operador_unidad_id", sa.Uuid(), nullable=False),
        sa.Column("destinatario_persona_id", sa.Uuid(), nullable=False),
        sa.Column("destinatario_nombre", sa.String(120), nullable=False),
        sa.Column("destinatario_telefono", sa.String(30), nullable=False),
        sa.Column("destino_municipio_ine", sa.Text(), nullable=False),
        sa.Column("destino_referencia", sa.String(500), nullable=False),
        sa.Column("referencia_tipo", sa.String(30), nullable=False),
        sa.Column("referencia_id", sa.Uuid(), nullable=False),
        sa.Column("peso_g", sa.Integer(), nullable=False),
        sa.Column("contenido", sa.String(200), nullable=False),
        sa.Column("estado", sa.String(20), nullable=False),
        sa.Column("estado_en", INSTANTE, nullable=False, server_default=AHORA),
        sa.Column("admitido_en", INSTANTE),
        sa.Column("entregado_en", INSTANTE),
        sa.Column("ultimo_evento_en", INSTANTE),
        sa.Column("intentos", sa.Integer(), nullable=False),
        sa.Column("codigo_version", sa.Integer(), nullable=False),
        sa.Column("codigo_fallos", sa.Integer(), nullable=False),
        sa.Column("devolucion_de_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("creado_en", INSTANTE, nullable=False, server_default=AHORA),
        sa.PrimaryKeyConstraint("id", name="pk_envios_envio"),
        sa.UniqueConstraint("devolucion_de_id", name="uq_envios_envio_devolucion_de_id"),
        *(
            sa.ForeignKeyConstraint([columna], [f"{tabla}.id"], name=f"fk_envios_envio_{columna}")
            for columna, tabla in (
                ("remitente_unidad_id", "registro_unidad"),
                ("operador_unidad_id", "registro_unidad"),
                ("destinatario_persona_id", "ciudadania_persona"),
                ("devolucion_de_id", "envios_envio"),
            )
        ),
        sa.ForeignKeyConstraint(
            ["destino_municipio_ine"], ["registro_municipio.ine"], name="fk_envios_envio_destino_municipio_ine"
        ),
        sa.CheckConstraint("numero ~ '^[A-Z]{2}[0-9]{9}[A-Z]{2}$'", name=op.f("ck_envios_envio_numero")),
        sa.CheckConstraint("numero_desde < numero_hasta", name=op.f("ck_envios_envio_vigencia")),
        sa.CheckConstraint("peso_g BETWEEN 1 AND 1000000", name=op.f("ck_envios_envio_peso")),
        sa.CheckConstraint("destinatario_nombre <> ''", name=op.f("ck_envios_envio_nombre")),
        sa.CheckConstraint(_en("estado", ESTADOS), name=op.f("ck_envios_envio_estado")),
        sa.CheckConstraint(
            "(estado = 'entregado') = (entregado_en IS NOT NULL)", name=op.f("ck_envios_envio_entregado")
        ),
        sa.CheckConstraint(
            "estado IN ('anunciado', 'anulado') OR admitido_en IS NOT NULL", name=op.f("ck_envios_envio_admitido")
        ),
        sa.CheckConstraint("intentos >= 0", name=op.f("ck_envios_envio_intentos")),
        sa.CheckConstraint(
            "codigo_version >= 1 AND codigo_fallos BETWEEN 0 AND 5", name=op.f("ck_envios_envio_codigo")
        ),
        sa.CheckConstraint("devolucion_de_id <> id", name=op.f("ck_envios_envio_devolucion")),
    )
    op.execute(
        "ALTER TABLE envios_envio ADD CONSTRAINT ex_envios_envio_numero_vigente "
        "EXCLUDE USING gist (numero WITH =, daterange(numero_desde, numero_hasta) WITH &&)"
    )
    for nombre, columnas in {
        "numero": ["numero", "numero_desde"],
        "destinatario": ["destinatario_persona_id", "creado_en", "id"],
        "remitente": ["remitente_unidad_id", "creado_en", "id"],
        "operador": ["operador_unidad_id", "estado", "estado_en", "id"],
        "referencia": ["referencia_tipo", "referencia_id"],
    }.items():
        op.create_index(f"ix_envios_envio_{nombre}", "envios_envio", columnas)


def _eventos() -> None:
    op.create_table(
        "envios_evento",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envio_id", sa.Uuid(), nullable=False),
        sa.Column("operador_unidad_id", sa.Uuid(), nullable=False),
        sa.Column("codigo", sa.String(10), nullable=False),
        sa.Column("estado", sa.String(20), nullable=False),
        sa.Column("ocurrido_en", INSTANTE, nullable=False),
        sa.Column("desfase_min", sa.Integer(), nullable=False),
        sa.Column("evento_cliente_id", sa.String(64), nullable=False),
        sa.Column("fuente", sa.String(12), nullable=False),
        sa.Column("recibido_en", INSTANTE, nullable=False, server_default=AHORA),
        sa.Column("registrado_por", sa.String(120), nullable=False),
        sa.Column("motivo", sa.String(40)),
        sa.Column("accion", sa.String(30)),
        sa.Column("entregado_a", sa.String(12)),
        sa.Column("receptor_nombre", sa.String(120)),
        sa.Column("municipio_ine", sa.Text()),
        sa.Column("lugar", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_envios_evento"),
        sa.ForeignKeyConstraint(["envio_id"], ["envios_envio.id"], name="fk_envios_evento_envio_id"),
        sa.ForeignKeyConstraint(
            ["operador_unidad_id"], ["registro_unidad.id"], name="fk_envios_evento_operador_unidad_id"
        ),
        sa.ForeignKeyConstraint(
            ["municipio_ine"], ["registro_municipio.ine"], name="fk_envios_evento_municipio_ine"
        ),
        sa.UniqueConstraint(
            "envio_id",
            "operador_unidad_id",
            "ocurrido_en",
            "codigo",
            "evento_cliente_id",
            name="uq_envios_evento_identidad",
        ),
        sa.CheckConstraint("codigo ~ '^[A-Z0-9]{2,10}$'", name=op.f("ck_envios_evento_codigo")),
        sa.CheckConstraint(_en("estado", ESTADOS_EVENTO), name=op.f("ck_envios_evento_estado")),
        sa.CheckConstraint(
            _en("fuente", "pagina escaner api lote sistema simulador"), name=op.f("ck_envios_evento_fuente")
        ),
        sa.CheckConstraint("desfase_min BETWEEN -840 AND 840", name=op.f("ck_envios_evento_desfase")),
        sa.CheckConstraint(
            "codigo <> 'EMH' OR (motivo IS NOT NULL AND accion IS NOT NULL)",
            name=op.f("ck_envios_evento_intento_explicado"),
        ),
        sa.CheckConstraint(
            "(codigo = 'EMI') = (entregado_a IS NOT NULL) "
            "AND (entregado_a IS NULL OR entregado_a IN ('destinatario', 'remitente'))",
            name=op.f("ck_envios_evento_entrega"),
        ),
    )
    op.create_index(
        "uq_envios_evento_cliente",
        "envios_evento",
        ["operador_unidad_id", "evento_cliente_id"],
        unique=True,
        postgresql_where=sa.text("evento_cliente_id <> ''"),
    )
    op.create_index(
        "uq_envios_evento_una_entrega",
        "envios_evento",
        ["envio_id"],
        unique=True,
        postgresql_where=sa.text("codigo = 'EMI'"),
    )


def _disparadores() -> None:
    op.execute(
        "CREATE TRIGGER envios_evento_inmutable BEFORE UPDATE OR DELETE ON envios_evento "
        "FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable()"
    )
    op.execute(
        "CREATE TRIGGER envios_envio_sin_borrar BEFORE DELETE ON envios_envio "
        "FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable()"
    )
    op.execute(
        """
        CREATE FUNCTION envios_escala_terminal(estado text) RETURNS int IMMUTABLE LANGUAGE sql AS
        $$ SELECT CASE estado WHEN 'anulado' THEN 1 WHEN 'devuelto' THEN 2 WHEN 'entregado' THEN 3 ELSE 0 END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER envios_envio_no_se_reabre BEFORE UPDATE OF estado ON envios_envio
        FOR EACH ROW WHEN (envios_escala_terminal(NEW.estado) < envios_escala_terminal(OLD.estado))
        EXECUTE FUNCTION nucleo_inmutable()
        """
    )
    op.execute(
        """
        CREATE TRIGGER envios_envio_identidad BEFORE UPDATE ON envios_envio
        FOR EACH ROW WHEN (
            (NEW.id, NEW.numero, NEW.remitente_unidad_id, NEW.operador_unidad_id, NEW.destinatario_persona_id,
             NEW.referencia_tipo, NEW.referencia_id)
            IS DISTINCT FROM
            (OLD.id, OLD.numero, OLD.remitente_unidad_id, OLD.operador_unidad_id, OLD.destinatario_persona_id,
             OLD.referencia_tipo, OLD.referencia_id))
        EXECUTE FUNCTION nucleo_inmutable()
        """
    )


def downgrade() -> None:
    op.drop_table("envios_evento")
    op.drop_table("envios_envio")
    op.drop_table("envios_bloque_serie")
    op.execute("DROP SEQUENCE envios_bloque_seq")
    op.execute("DROP FUNCTION envios_escala_terminal(text)")
