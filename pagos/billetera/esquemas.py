"""What crosses the API of wallets."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.dinero import Dinero, de_centavos
from nucleo.ids import IdElegido
from nucleo.lectores import Entero, escrito
from pagos.billetera.codigos import DIAS_MAXIMO as DIAS_DE_CODIGO
from pagos.billetera.codigos import PagoPorCodigo
from pagos.billetera.modelos import CodigoDePersona, Solicitud
from pagos.billetera.solicitudes import DIAS_MAXIMO, DIAS_POR_OMISION
from pagos.libro import LimitesDeSentido, Uso
from pagos.libro.modelos import Congelamiento
from pagos.notas import Nota

EstadoSolicitud = Literal["pendiente", "pagada", "rechazada", "vencida", "cancelada"]


class MontoDeLimite(BaseModel):
    limite: Dinero | None = Field(description="Nulo: no hay límite de esta clase.")
    usado: Dinero
    queda: Dinero | None

    @classmethod
    def de(cls, uso: Uso) -> "MontoDeLimite":
        limite, queda = uso.limite, uso.queda
        return cls(
            limite=None if limite is None else de_centavos(limite),
            usado=de_centavos(uso.usado),
            queda=None if queda is None else de_centavos(queda),
        )


class CantidadDeLimite(BaseModel):
    limite: int | None = Field(description="Nulo: no hay límite de esta clase.")
    usado: int
    queda: int | None

    @classmethod
    def de(cls, uso: Uso) -> "CantidadDeLimite":
        return cls(limite=uso.limite, usado=uso.usado, queda=uso.queda)


class LimitesVista(BaseModel):
    direccion: Literal["salida", "entrada"]
    por_transaccion: Dinero | None
    dia: MontoDeLimite
    mes: MontoDeLimite
    cantidad_dia: CantidadDeLimite
    cantidad_mes: CantidadDeLimite
    pagos_seguidos: int | None = Field(description="Cuántos pagos se permiten en `minutos_seguidos`.")
    minutos_seguidos: int | None
    norma: str | None
    vigente_desde: datetime | None

    @classmethod
    def de(cls, d: LimitesDeSentido) -> "LimitesVista":
        return cls(
            direccion=d.direccion,
            por_transaccion=None if d.por_transaccion is None else de_centavos(d.por_transaccion),
            dia=MontoDeLimite.de(d.dia),
            mes=MontoDeLimite.de(d.mes),
            cantidad_dia=CantidadDeLimite.de(d.cantidad_dia),
            cantidad_mes=CantidadDeLimite.de(d.cantidad_mes),
            pagos_seguidos=d.rapidez[0] if d.rapidez else None,
            minutos_seguidos=d.rapidez[1] if d.rapidez else None,
            norma=d.norma,
            vigente_desde=d.vigente_desde,
        )


class LimitesDeCuenta(BaseModel):
    datos: list[LimitesVista] = Field(description="Vacío: la cuenta no tiene límites.")


class SolicitudPorHacer(BaseModel):
    """`id` is the idempotency key: the same id and data again answer the same request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: IdElegido = Field(description="UUIDv7 que usted genera; es la clave de idempotencia.")
    pagador: Annotated[str, Field(min_length=4, max_length=20, description="Carnet, celular o alias.")]
    nombre: Annotated[str, escrito(200)] = Field(
        default="", description="Cómo se llama quien debe pagar, para comprobarlo."
    )
    monto: Dinero
    motivo: Annotated[str, escrito(140, 1)]
    dias: Annotated[Entero, Field(ge=1, le=DIAS_MAXIMO)] = DIAS_POR_OMISION
    cuenta: Annotated[Entero, Field(ge=1, lt=2**63)] | None = Field(
        default=None, description="Cuenta que recibe; su billetera si no la indica."
    )


class SolicitudVista(BaseModel):
    id: UUID
    estado: EstadoSolicitud
    solicitante: str
    pagador: str
    cuenta: int
    monto: Dinero
    motivo: str
    creada_en: datetime
    vence_en: datetime
    resuelta_en: datetime | None
    transferencia_id: UUID | None

    @classmethod
    def de(cls, s: Solicitud, nombres: dict[UUID, str], ahora: datetime) -> "SolicitudVista":
        return cls(
            id=s.id,
            estado=estado_visible(s, ahora),
            solicitante=nombres.get(s.solicitante_id, ""),
            pagador=s.pagador_nombre or nombres.get(s.pagador_id, ""),
            cuenta=s.cuenta_id,
            monto=s.monto,
            motivo=s.motivo,
            creada_en=s.creada_en,
            vence_en=s.vence_en,
            resuelta_en=s.resuelta_en,
            transferencia_id=s.transferencia_id,
        )


def estado_visible(s: Solicitud, ahora: datetime) -> EstadoSolicitud:
    """A request whose time is over is `vencida` at once, also before the sweep writes it down."""
    if s.estado == "pendiente" and s.vence_en <= ahora:
        return "vencida"
    estado: EstadoSolicitud = s.estado  # type: ignore[assignment]
    return estado


class MotivoDeCongelar(BaseModel):
    model_config = ConfigDict(extra="forbid")

    motivo: Annotated[str, escrito(300, 1)] = "Lo pidió el titular"


class CongelamientoVista(BaseModel):
    origen: Literal["titular", "autoridad", "plataforma"]
    motivo: str
    congelado_en: datetime
    levantado_en: datetime | None

    @classmethod
    def de(cls, c: Congelamiento) -> "CongelamientoVista":
        return cls(origen=c.origen, motivo=c.motivo, congelado_en=c.congelado_en, levantado_en=c.levantado_en)


class SeguridadVista(BaseModel):
    congelada: bool
    congelamientos: list[CongelamientoVista]


class AliasVista(BaseModel):
    alias: str | None = Field(description="Nulo: no eligió ninguno.", examples=["ana.quispe"])


class AliasPorElegir(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    alias: str = Field(min_length=1, max_length=40, examples=["ana.quispe"])


class CodigoPorCrear(BaseModel):
    """`id` is the idempotency key: the same id and data again answer the same code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: IdElegido = Field(description="UUIDv7 que usted genera; es la clave de idempotencia.")
    monto: Dinero | None = Field(default=None, description="Sin él, lo escribe quien paga.")
    nota: Nota = Field(default="", description="Para qué es; la lee quien escanea el código.")
    dias: Annotated[Entero, Field(ge=1, le=DIAS_DE_CODIGO)] | None = Field(
        default=None, description="Cuántos días sirve; sin ellos, hasta que usted lo anule."
    )


class CodigoVista(BaseModel):
    id: UUID
    texto: str = Field(description="Lo que lleva el QR, para dibujarlo.")
    monto: Dinero | None
    nota: str | None
    creado_en: datetime
    vence_en: datetime | None

    @classmethod
    def de(cls, c: CodigoDePersona, texto: str) -> "CodigoVista":
        return cls(
            id=c.id, texto=texto, monto=c.monto, nota=c.nota, creado_en=c.creado_en, vence_en=c.vence_en
        )


class CodigosVista(BaseModel):
    datos: list[CodigoVista]
    siguiente: str | None = None


class PagoPorCodigoVista(BaseModel):
    coincidencia: Literal["coincide", "casi", "no_coincide", "sin_nombre"]
    nombre: str | None = Field(description="El del titular.")
    documento: str
    cuenta: int
    monto: Dinero | None = Field(description="Nulo: lo elige quien paga.")
    nota: str | None

    @classmethod
    def de(cls, p: PagoPorCodigo, cuenta: int) -> "PagoPorCodigoVista":
        d = p.destinatario
        return cls(
            coincidencia=d.coincidencia.value,
            nombre=d.nombre,
            documento=d.documento,
            cuenta=cuenta,
            monto=p.monto,
            nota=p.nota,
        )


class FrecuenteVista(BaseModel):
    persona_id: UUID
    nombre: str
    iniciales: str
    cuenta: int = Field(description="Para pagarle con `POST /transferencias`.")


class FrecuentesVista(BaseModel):
    datos: list[FrecuenteVista]
    siguiente: str | None = None
