"""Tables of the card gateway. What must always hold is enforced by 0008_pasarela and 0050_tarjetas."""

from datetime import date, datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, LargeBinary, SmallInteger, String, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.dinero import cero
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada, suma

POR_CONSULTAR = text("consultar_en IS NOT NULL")


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, motivo, pasarela_id, sesion_id, accion_url, recibido, recibido_moneda, "
    "enviado_en, envios, consultas, consultar_en, consultado_en, cancelar, terminado_en, transferencia_id)"
)
class Intento(Tabla, table=True):
    """An intento de pago: one payment by card, from what was asked to how it ended.

    `reserva_id` is the ledger's hold of its credit. `consultar_en` is when the sweep looks at it again; only
    what is over has none.
    """

    __tablename__ = "pagos_intento"
    __table_args__ = (
        Index("ix_pagos_intento_consultar_en", "consultar_en", postgresql_where=POR_CONSULTAR),
        Index("ix_pagos_intento_persona", "persona_id", "creado_en", "id"),
        Index("ix_pagos_intento_destino", "destino", "creado_en", "id"),
        Index(
            "ix_pagos_intento_referencia",
            "referencia_id",
            postgresql_where=text("referencia_id IS NOT NULL"),
        ),
        Index("ix_pagos_intento_observado", "terminado_en", postgresql_where=text("estado = 'observado'")),
    )

    id: UUID = Field(primary_key=True)
    proposito: str = Field(sa_type=String(10))
    referencia_id: UUID | None = None
    destino: int = entero()
    monto: Money = dinero()
    moneda: str = Field(default="BOB", sa_type=String(3), sa_column_kwargs={"server_default": "BOB"})
    codigo: int = Field(sa_type=SmallInteger)
    modalidad: str = Field(sa_type=String(8))
    metodo: str | None = Field(default=None, sa_type=String(64))
    descripcion: str = Field(sa_type=String(200))
    persona_id: UUID
    unidad_id: UUID | None = None
    reserva_id: UUID = Field(unique=True)
    creado_en: datetime = instante()
    vence_en: datetime = momento()
    estado: str = Field(default="creado", sa_type=String(16))
    motivo: str | None = Field(default=None, sa_type=String(60))
    pasarela_id: str | None = Field(default=None, sa_type=String(80), unique=True)
    sesion_id: str | None = Field(default=None, sa_type=String(80), unique=True)
    accion_url: str | None = Field(default=None, sa_type=String(5000))
    recibido: int | None = entero(default=None)  # hundredths of `recibido_moneda`, which may not be ours
    recibido_moneda: str | None = Field(default=None, sa_type=String(3))
    enviado_en: datetime | None = momento_o_nada()
    envios: int = Field(default=0, sa_type=SmallInteger)
    consultas: int = 0
    consultar_en: datetime | None = momento_o_nada()
    consultado_en: datetime | None = momento_o_nada()
    cancelar: bool = False
    terminado_en: datetime | None = momento_o_nada()
    transferencia_id: UUID | None = Field(default=None, unique=True)


@aplicacion("SELECT")
class PasoDeIntento(Tabla, table=True):
    """One line of an intent's history, written by a trigger at each change of state."""

    __tablename__ = "pagos_intento_paso"
    __table_args__ = (Index("ix_pagos_intento_paso_intento_id", "intento_id", "numero"),)

    numero: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger, sa_column_args=(Identity(always=True),)
    )
    intento_id: UUID = Field(foreign_key="pagos_intento.id")
    estado: str = Field(sa_type=String(16))
    motivo: str | None = Field(default=None, sa_type=String(60))
    ocurrido_en: datetime = momento()


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, motivo, pasarela_id, enviado_en, envios, consultas, consultar_en, "
    "terminado_en)"
)
class Reembolso(Tabla, table=True):
    """Money going back to the card. `reserva_id` is the ledger's hold; none for an observed payment, which
    was never credited."""

    __tablename__ = "pagos_reembolso"
    __table_args__ = (
        Index("ix_pagos_reembolso_consultar_en", "consultar_en", postgresql_where=POR_CONSULTAR),
        Index("ix_pagos_reembolso_intento_id", "intento_id", "creado_en"),
    )

    id: UUID = Field(primary_key=True)
    intento_id: UUID = Field(foreign_key="pagos_intento.id")
    monto: Money = dinero()
    nota: str = Field(sa_type=String(200))
    persona_id: UUID
    unidad_id: UUID | None = None
    reserva_id: UUID | None = Field(default=None, unique=True)
    creado_en: datetime = instante()
    estado: str = Field(default="creado", sa_type=String(12))
    motivo: str | None = Field(default=None, sa_type=String(60))
    pasarela_id: str | None = Field(default=None, sa_type=String(80), unique=True)
    enviado_en: datetime | None = momento_o_nada()
    envios: int = Field(default=0, sa_type=SmallInteger)
    consultas: int = 0
    consultar_en: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, cuenta, retenido, reservas, cobrado, congelo, consultas, consultar_en, "
    "terminado_en, por_repartir, recuperada_en, desmentida_en)"
)
class Disputa(Tabla, table=True):
    """A cardholder's claim. Centavos: `retenido` is held in the ledger, `cobrado` already taken; what is
    missing of `monto` is the shortfall. `cuenta` answers for it: the one that was paid; of a matter that gave
    back what it held, at the end, the wallet of who paid. `recuperada_en`: when the bank gave back after
    all what it took; `por_repartir`, what of it came out of that matter, or of an account that is closed by
    now, and has still to be given to whose it was. `desmentida_en`: since when the gateway says that it was
    lost after all."""

    __tablename__ = "pagos_disputa"
    __table_args__ = (
        Index("ix_pagos_disputa_intento_id", "intento_id"),
        Index("ix_pagos_disputa_cuenta", "cuenta"),
        CheckConstraint(
            "recuperada_en IS NULL OR estado = 'ganada' AND retenido + cobrado = 0", name="recuperada"
        ),
        CheckConstraint(
            "por_repartir = 0 OR por_repartir > 0 AND recuperada_en IS NOT NULL", name="por_repartir"
        ),
        CheckConstraint("desmentida_en IS NULL OR estado = 'ganada'", name="desmentida"),
        Index("ix_pagos_disputa_consultar_en", "consultar_en", postgresql_where=POR_CONSULTAR),
    )

    id: UUID = Field(primary_key=True)
    pasarela_id: str = Field(sa_type=String(80), unique=True)
    intento_id: UUID = Field(foreign_key="pagos_intento.id")
    cuenta: int = entero()
    monto: Money = dinero()
    causa: str = Field(sa_type=String(40))
    creado_en: datetime = instante()
    responder_hasta: datetime | None = momento_o_nada()
    estado: str = Field(default="abierta", sa_type=String(10))
    retenido: Money = suma()
    reservas: int = Field(default=0, sa_type=SmallInteger)
    cobrado: Money = suma()
    congelo: bool = False
    consultas: int = 0
    consultar_en: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()
    por_repartir: Money = suma()
    recuperada_en: datetime | None = momento_o_nada()
    desmentida_en: datetime | None = momento_o_nada()

    @property
    def faltante(self) -> Money:
        """What the account could not cover yet of the claim."""
        return cero() if self.estado == "ganada" else self.monto - self.retenido - self.cobrado


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, motivo, enviado_en, envios, consultas, consultar_en, terminado_en)"
)
class RespuestaDisputa(Tabla, table=True):
    """What whoever was paid answers to a cardholder's claim: one at most that the gateway did not refuse. The
    platform answers, and no person, for what the account of a matter was paid for."""

    __tablename__ = "pagos_disputa_respuesta"
    __table_args__ = (
        Index(
            "uq_pagos_disputa_respuesta_viva",
            "disputa_id",
            unique=True,
            postgresql_where=text("estado <> 'rechazada'"),
        ),
        Index("ix_pagos_disputa_respuesta_consultar_en", "consultar_en", postgresql_where=POR_CONSULTAR),
    )

    id: UUID = Field(primary_key=True)
    disputa_id: UUID = Field(foreign_key="pagos_disputa.id")
    explicacion: str = Field(sa_type=String(4000))
    producto: str = Field(sa_type=String(1000))
    fecha: date | None = None
    guia: str = Field(sa_type=String(80))
    persona_id: UUID | None = None
    unidad_id: UUID | None = None
    creado_en: datetime = instante()
    estado: str = Field(default="creada", sa_type=String(10))
    motivo: str | None = Field(default=None, sa_type=String(60))
    enviado_en: datetime | None = momento_o_nada()
    envios: int = Field(default=0, sa_type=SmallInteger)
    consultas: int = 0
    consultar_en: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, motivo, vence_en, sesion_id, accion_url, cliente, pasarela_id, huella, "
    "marca, ultimos, caduca, envios, consultas, consultar_en, terminado_en)"
)
class TarjetaGuardada(Tabla, table=True):
    """A card that its holder lets the gateway keep. Never a number: only how people tell it apart.

    `pasarela_id` is the gateway's payment method, of its customer `cliente`; `consentimiento` the words that
    the person agreed to. `consultar_en` is when the sweep looks at it: a saved one, when it expires.
    """

    __tablename__ = "pagos_tarjeta"
    __table_args__ = (
        Index("ix_pagos_tarjeta_persona_id", "persona_id", "creado_en"),
        Index("ix_pagos_tarjeta_consultar_en", "consultar_en", postgresql_where=POR_CONSULTAR),
        Index(
            "uq_pagos_tarjeta_huella",
            "persona_id",
            "huella",
            unique=True,
            postgresql_where=text("estado = 'guardada'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    persona_id: UUID
    consentimiento: str = Field(sa_type=String(500))
    creado_en: datetime = instante()
    vence_en: datetime = momento()
    estado: str = Field(default="creada", sa_type=String(12))
    motivo: str | None = Field(default=None, sa_type=String(60))
    sesion_id: str | None = Field(default=None, sa_type=String(80), unique=True)
    accion_url: str | None = Field(default=None, sa_type=String(5000))
    cliente: str | None = Field(default=None, sa_type=String(80))
    pasarela_id: str | None = Field(default=None, sa_type=String(64), unique=True)
    huella: str | None = Field(default=None, sa_type=String(80))
    marca: str | None = Field(default=None, sa_type=String(20))
    ultimos: str | None = Field(default=None, sa_type=String(4))
    caduca: date | None = None  # the last day of the month that is written on it
    envios: int = Field(default=0, sa_type=SmallInteger)
    consultas: int = 0
    consultar_en: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT, UPDATE (repetidos, atender_en)")
class AvisoPasarela(Tabla, table=True):
    """A received webhook, raw; its id makes it unique. `objeto` is what it speaks about; `atender_en`
    when the sweep reads the dispute that it announced."""

    __tablename__ = "pagos_aviso_pasarela"
    __table_args__ = (
        Index("ix_pagos_aviso_pasarela_emitido_en", "emitido_en"),
        Index(
            "ix_pagos_aviso_pasarela_atender_en",
            "atender_en",
            postgresql_where=text("atender_en IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True, sa_type=String(80))
    tipo: str = Field(sa_type=String(80))
    objeto: str | None = Field(default=None, sa_type=String(80))
    cuerpo: bytes = Field(sa_type=LargeBinary)
    firma: str = Field(sa_type=String(500))
    emitido_en: datetime = momento()
    recibido_en: datetime = instante()
    repetidos: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    atender_en: datetime | None = momento_o_nada()
