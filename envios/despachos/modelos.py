"""Tables of bags, manifests, what they carry, differences, rounds. Lives and guards are in the migration."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Identity, Index, Text, text
from sqlalchemy import UniqueConstraint as Unica
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.despachos.estados import (
    ClaseDiferencia,
    EstadoCarga,
    EstadoDespacho,
    EstadoDiferencia,
    EstadoHoja,
    EstadoParada,
    EstadoSaca,
)
from envios.despachos.numeros import Cosa, numero_de
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada

PESO_MAXIMO_G = 1_000_000


def _de_su_operador(agencia: str, operador: str, tabla: str) -> ForeignKeyConstraint:
    """The agency is of that operator: the pair is the key."""
    return ForeignKeyConstraint(
        [agencia, operador],
        ["envios_agencia.id", "envios_agencia.operador_unidad_id"],
        name=f"fk_{tabla}_{agencia}_envios_agencia",
    )


def _serie() -> Any:
    return Field(sa_type=BigInteger, sa_column_args=(Identity(always=True),))


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, sacas, envios, peso_g, salio_en, salio_por, llego_en, "
    "recibido_en, recibido_por, revisar_en)"
)
class Despacho(Tabla, table=True):
    """Bags and loose items from one agency to another, also of another operator, in one vehicle.

    `sacas`, `envios` and `peso_g` are what the manifest says, written when it leaves. `revisar_en` is when
    time alone ends its state.
    """

    __tablename__ = "envios_despacho"
    __table_args__ = (
        Unica("serie"),
        Unica("id", "origen_agencia_id", "destino_agencia_id", name="uq_envios_despacho_camino"),
        _de_su_operador("origen_agencia_id", "operador_unidad_id", "envios_despacho"),
        _de_su_operador("destino_agencia_id", "destino_unidad_id", "envios_despacho"),
        CheckConstraint("origen_agencia_id <> destino_agencia_id", name="camino"),
        CheckConstraint(
            "length(vehiculo) BETWEEN 1 AND 60 AND length(conductor) BETWEEN 1 AND 120", name="quien"
        ),
        CheckConstraint(
            "(estado IN ('en_preparacion', 'deshecho')) = (salio_en IS NULL) "
            "AND (salio_en IS NULL) = (peso_g IS NULL) AND (salio_en IS NULL) = (sacas IS NULL) "
            "AND (salio_en IS NULL) = (envios IS NULL)",
            name="salida",
        ),
        CheckConstraint("(estado = 'recibido') = (recibido_en IS NOT NULL)", name="recepcion"),
        CheckConstraint("(estado IN ('recibido', 'deshecho')) = (revisar_en IS NULL)", name="revisar"),
        Index("ix_envios_despacho_origen", "origen_agencia_id", "creado_en", "id"),
        Index("ix_envios_despacho_destino", "destino_agencia_id", "creado_en", "id"),
        Index("ix_envios_despacho_revisar", "revisar_en", postgresql_where=text("revisar_en IS NOT NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    serie: int = _serie()
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    origen_agencia_id: UUID
    destino_agencia_id: UUID
    destino_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    vehiculo: str = Field(sa_type=Text)
    conductor: str = Field(sa_type=Text)
    estado: EstadoDespacho = Field(default=EstadoDespacho.EN_PREPARACION, sa_type=TextoEnum(EstadoDespacho))
    sacas: int | None = None
    envios: int | None = None
    peso_g: int | None = None
    creado_en: datetime = instante()
    creado_por: str = Field(sa_type=Text)
    salio_en: datetime | None = momento_o_nada()
    salio_por: str | None = Field(default=None, sa_type=Text)
    llego_en: datetime | None = momento_o_nada()
    recibido_en: datetime | None = momento_o_nada()
    recibido_por: str | None = Field(default=None, sa_type=Text)
    revisar_en: datetime | None = momento_o_nada()

    @property
    def numero(self) -> str:
        return numero_de(Cosa.DESPACHO, self.serie)

    @property
    def es_traspaso(self) -> bool:
        """Whether it hands its items over to another operator."""
        return self.operador_unidad_id != self.destino_unidad_id


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, despacho_id, precinto, peso_g, cerrada_en, cerrada_por, "
    "recibida_en, recibida_por, precinto_intacto, peso_recibido_g, revisar_en)"
)
class Saca(Tabla, table=True):
    """A bag: filled at one agency, sealed, opened at another one; it travels in one manifest of that road."""

    __tablename__ = "envios_saca"
    __table_args__ = (
        Unica("serie"),
        _de_su_operador("origen_agencia_id", "operador_unidad_id", "envios_saca"),
        _de_su_operador("destino_agencia_id", "destino_unidad_id", "envios_saca"),
        ForeignKeyConstraint(
            ["despacho_id", "origen_agencia_id", "destino_agencia_id"],
            ["envios_despacho.id", "envios_despacho.origen_agencia_id", "envios_despacho.destino_agencia_id"],
            name="fk_envios_saca_despacho_id_envios_despacho",
        ),
        CheckConstraint("origen_agencia_id <> destino_agencia_id", name="camino"),
        CheckConstraint("precinto ~ '^[A-Z0-9][A-Z0-9-]{2,19}$'", name="precinto"),
        CheckConstraint(
            f"peso_g BETWEEN 1 AND {PESO_MAXIMO_G} AND peso_recibido_g BETWEEN 1 AND {PESO_MAXIMO_G}",
            name="peso",
        ),
        CheckConstraint(
            "(precinto IS NULL) = (peso_g IS NULL) AND (precinto IS NULL) = (cerrada_en IS NULL) "
            "AND (estado = 'deshecha' OR (estado = 'abierta') = (precinto IS NULL))",
            name="cierre",
        ),
        CheckConstraint(
            "despacho_id IS NOT NULL OR estado IN ('abierta', 'cerrada', 'deshecha')", name="despacho"
        ),
        CheckConstraint("despacho_id IS NULL OR estado NOT IN ('abierta', 'deshecha')", name="sin_despacho"),
        CheckConstraint(
            "(estado IN ('recibida', 'vaciada')) = (recibida_en IS NOT NULL) "
            "AND (recibida_en IS NULL) = (precinto_intacto IS NULL) "
            "AND (peso_recibido_g IS NULL OR recibida_en IS NOT NULL)",
            name="recepcion",
        ),
        CheckConstraint(
            "revisar_en IS NOT NULL OR despacho_id IS NOT NULL OR estado = 'deshecha'", name="revisar"
        ),
        Index("ix_envios_saca_origen", "origen_agencia_id", "creada_en", "id"),
        Index("ix_envios_saca_destino", "destino_agencia_id", "creada_en", "id"),
        Index("ix_envios_saca_despacho_id", "despacho_id"),
        Index("ix_envios_saca_revisar", "revisar_en", postgresql_where=text("revisar_en IS NOT NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    serie: int = _serie()
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    origen_agencia_id: UUID
    destino_agencia_id: UUID
    destino_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    estado: EstadoSaca = Field(default=EstadoSaca.ABIERTA, sa_type=TextoEnum(EstadoSaca))
    despacho_id: UUID | None = None
    precinto: str | None = Field(default=None, sa_type=Text)
    peso_g: int | None = None
    creada_en: datetime = instante()
    creada_por: str = Field(sa_type=Text)
    cerrada_en: datetime | None = momento_o_nada()
    cerrada_por: str | None = Field(default=None, sa_type=Text)
    recibida_en: datetime | None = momento_o_nada()
    recibida_por: str | None = Field(default=None, sa_type=Text)
    precinto_intacto: bool | None = None
    peso_recibido_g: int | None = None
    revisar_en: datetime | None = momento_o_nada()

    @property
    def numero(self) -> str:
        return numero_de(Cosa.SACA, self.serie)


@aplicacion("SELECT, INSERT, UPDATE (estado, salio_en, salio_por, llego_agencia_id)")
class Carga(Tabla, table=True):
    """An item in a bag, or loose in a manifest; in one of them at a time."""

    __tablename__ = "envios_carga"
    __table_args__ = (
        CheckConstraint("(saca_id IS NULL) <> (despacho_id IS NULL)", name="donde"),
        CheckConstraint("(estado = 'dentro') = (salio_en IS NULL)", name="salida"),
        CheckConstraint("llego_agencia_id IS NULL OR estado = 'llegada'", name="llegada"),
        Index("uq_envios_carga_una", "envio_id", unique=True, postgresql_where=text("estado = 'dentro'")),
        Index("ix_envios_carga_envio", "envio_id", "entro_en"),
        Index("ix_envios_carga_saca_id", "saca_id"),
        Index("ix_envios_carga_despacho_id", "despacho_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    saca_id: UUID | None = Field(default=None, foreign_key="envios_saca.id")
    despacho_id: UUID | None = Field(default=None, foreign_key="envios_despacho.id")
    estado: EstadoCarga = Field(default=EstadoCarga.DENTRO, sa_type=TextoEnum(EstadoCarga))
    entro_en: datetime = instante()
    entro_por: str = Field(sa_type=Text)
    salio_en: datetime | None = momento_o_nada()
    salio_por: str | None = Field(default=None, sa_type=Text)
    llego_agencia_id: UUID | None = Field(default=None, foreign_key="envios_agencia.id")

    @property
    def evento_de_salida(self) -> str:
        """The id of the event that its departure writes: sent twice, it is written once."""
        return f"dsp:{self.id}:s"

    @property
    def evento_de_llegada(self) -> str:
        return f"dsp:{self.id}:l"

    @property
    def evento_de_falta(self) -> str:
        return f"dsp:{self.id}:f"


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, vence_en, explicacion, explicada_en, explicada_por, "
    "explicada_agencia_id, terminada_en, terminada_por)"
)
class Diferencia(Tabla, table=True):
    """Something of a manifest that arrived otherwise than it said. `vence_en` is when time alone answers."""

    __tablename__ = "envios_diferencia"
    __table_args__ = (
        CheckConstraint(f"clase IN ({valores(ClaseDiferencia)})", name="clase"),
        CheckConstraint(
            "(saca_id IS NULL) <> (envio_id IS NULL) "
            "AND (clase IN ('faltante', 'sobrante') OR saca_id IS NOT NULL)",
            name="de_que",
        ),
        CheckConstraint(
            "(explicacion IS NULL) = (explicada_en IS NULL) "
            "AND (explicacion IS NULL) = (explicada_agencia_id IS NULL) "
            "AND (estado NOT IN ('explicada', 'cerrada') OR explicacion IS NOT NULL)",
            name="explicacion",
        ),
        CheckConstraint("(estado IN ('abierta', 'explicada')) = (vence_en IS NOT NULL)", name="vence"),
        Unica(
            "despacho_id",
            "clase",
            "saca_id",
            "envio_id",
            name="uq_envios_diferencia_una",
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_envios_diferencia_envio", "envio_id", postgresql_where=text("envio_id IS NOT NULL")),
        Index("ix_envios_diferencia_vence", "vence_en", postgresql_where=text("vence_en IS NOT NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    despacho_id: UUID = Field(foreign_key="envios_despacho.id")
    clase: ClaseDiferencia = Field(sa_type=TextoEnum(ClaseDiferencia))
    saca_id: UUID | None = Field(default=None, foreign_key="envios_saca.id")
    envio_id: UUID | None = Field(default=None, foreign_key="envios_envio.id")
    estado: EstadoDiferencia = Field(default=EstadoDiferencia.ABIERTA, sa_type=TextoEnum(EstadoDiferencia))
    abierta_en: datetime = instante()
    abierta_por: str = Field(sa_type=Text)
    vence_en: datetime | None = momento_o_nada()
    explicacion: str | None = Field(default=None, sa_type=Text)
    explicada_en: datetime | None = momento_o_nada()
    explicada_por: str | None = Field(default=None, sa_type=Text)
    explicada_agencia_id: UUID | None = Field(default=None, foreign_key="envios_agencia.id")
    terminada_en: datetime | None = momento_o_nada()
    terminada_por: str | None = Field(default=None, sa_type=Text)

    @property
    def evento_de_llegada(self) -> str:
        """Of a surplus that is in no manifest at all."""
        return f"dsp:{self.id}:l"


@aplicacion("SELECT, INSERT, UPDATE (estado, salio_en, cerrada_en, cerrada_por, revisar_en)")
class HojaDeRuta(Tabla, table=True):
    """The round of one worker on one day: what they take to the doors, in the order of the places."""

    __tablename__ = "envios_hoja_de_ruta"
    __table_args__ = (
        Unica("serie"),
        _de_su_operador("agencia_id", "operador_unidad_id", "envios_hoja_de_ruta"),
        CheckConstraint(
            "(estado IN ('en_preparacion', 'deshecha')) = (salio_en IS NULL) "
            "AND (estado = 'cerrada') = (cerrada_en IS NOT NULL)",
            name="instantes",
        ),
        CheckConstraint("(estado IN ('cerrada', 'deshecha')) = (revisar_en IS NULL)", name="revisar"),
        Index("ix_envios_hoja_de_ruta_agencia", "agencia_id", "dia", "id"),
        Index(
            "ix_envios_hoja_de_ruta_revisar", "revisar_en", postgresql_where=text("revisar_en IS NOT NULL")
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    serie: int = _serie()
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    agencia_id: UUID
    repartidor_persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    dia: date
    estado: EstadoHoja = Field(default=EstadoHoja.EN_PREPARACION, sa_type=TextoEnum(EstadoHoja))
    creada_en: datetime = instante()
    creada_por: str = Field(sa_type=Text)
    salio_en: datetime | None = momento_o_nada()
    cerrada_en: datetime | None = momento_o_nada()
    cerrada_por: str | None = Field(default=None, sa_type=Text)
    revisar_en: datetime | None = momento_o_nada()

    @property
    def numero(self) -> str:
        return numero_de(Cosa.HOJA, self.serie)


@aplicacion("SELECT, INSERT, UPDATE (estado, orden, termino_en)")
class Parada(Tabla, table=True):
    """An item of a round; `orden` is its place in it, from 1, written when the round leaves."""

    __tablename__ = "envios_parada"
    __table_args__ = (
        CheckConstraint("(estado = 'pendiente') = (termino_en IS NULL)", name="termino"),
        CheckConstraint("orden >= 1", name="orden"),
        Index("uq_envios_parada_una", "envio_id", unique=True, postgresql_where=text("estado = 'pendiente'")),
        Index("ix_envios_parada_hoja_id", "hoja_id", "orden"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    hoja_id: UUID = Field(foreign_key="envios_hoja_de_ruta.id")
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    orden: int | None = None
    estado: EstadoParada = Field(default=EstadoParada.PENDIENTE, sa_type=TextoEnum(EstadoParada))
    entro_en: datetime = instante()
    termino_en: datetime | None = momento_o_nada()

    @property
    def evento_de_salida(self) -> str:
        return f"ruta:{self.id}:s"
