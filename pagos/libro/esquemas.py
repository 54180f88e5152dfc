"""What crosses the API of payments."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.dinero import Dinero, de_centavos
from nucleo.ids import IdElegido
from nucleo.lectores import Entero
from pagos.libro.consultas import Movimiento
from pagos.libro.errores import error_de
from pagos.libro.modelos import Transferencia
from pagos.libro.tipos import NOMBRE_DE_TIPO
from pagos.libro.transferir import Resultado
from pagos.libro.valores import Cuenta

CuentaId = Annotated[Entero, Field(ge=1, lt=2**63, description="Número de la cuenta en el libro.")]


class NuevaTransferencia(BaseModel):
    """A payment to make. `id` is the idempotency key: the same id and body again answer the same payment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: IdElegido = Field(description="UUIDv7 que usted genera; es la clave de idempotencia.")
    debito: CuentaId = Field(description="Cuenta que paga.")
    credito: CuentaId = Field(description="Cuenta que recibe.")
    monto: Dinero


class TransferenciaVista(BaseModel):
    id: UUID
    numero: int = Field(description="Orden de la transferencia en el libro.")
    debito: int
    credito: int
    monto: Dinero
    codigo: int = Field(description="Motivo: 1 envío, 4 pago en comercio, 8 planilla…")
    tipo: Literal["simple", "pendiente", "confirma", "anula", "vencida"]
    creada_en: datetime
    referencia: UUID | None = None
    pendiente_id: UUID | None = None
    nota: str | None = Field(None, description="Para qué es; solo lo leen quien paga y quien recibe.")

    @classmethod
    def de(cls, t: Transferencia, nota: str | None = None) -> "TransferenciaVista":
        return cls(
            id=t.id,
            numero=t.numero,
            debito=t.debito,
            credito=t.credito,
            monto=t.monto,
            codigo=t.codigo,
            tipo=NOMBRE_DE_TIPO[t.tipo],
            creada_en=t.creada_en,
            referencia=t.referencia,
            pendiente_id=t.pendiente_id,
            nota=nota,
        )


LOTE_MAXIMO = 8_000


class NuevoLote(BaseModel):
    """Many payments in one call. Each `id` is its idempotency key: the same batch again answers the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    modo: Literal["independiente", "atomico"] = Field(
        description="independiente: cada una se hace o se rechaza por sí sola. atomico: todas o ninguna."
    )
    transferencias: list[NuevaTransferencia] = Field(min_length=1, max_length=LOTE_MAXIMO)


class ResultadoVista(BaseModel):
    id: UUID
    resultado: str = Field(description="ok, existe (ya estaba hecha) o por qué se rechazó.")
    numero: int | None = Field(None, description="Orden en el libro, si se hizo.")
    creada_en: datetime | None = None
    detalle: str | None = Field(None, description="Qué hacer, si se rechazó.")

    @classmethod
    def de(cls, r: Resultado) -> "ResultadoVista":
        if r.hecha:
            return cls(id=r.id, resultado=r.codigo, numero=r.numero, creada_en=r.creada_en)
        return cls(id=r.id, resultado=r.codigo, detalle=error_de(r.codigo).detalle)


class LoteVista(BaseModel):
    modo: Literal["independiente", "atomico"]
    hechas: int = Field(
        description="Cuántos pagos están en el libro, ahora o desde antes; un identificador repetido es uno."
    )
    rechazadas: int
    resultados: list[ResultadoVista] = Field(description="Uno por transferencia, en su orden.")


class CuentaVista(BaseModel):
    id: int
    nombre: str
    titular_tipo: Literal["persona", "unidad", "sistema", "asunto"]
    titular_id: UUID
    tipo: str
    saldo: Dinero = Field(description="Lo contabilizado: abonos menos cargos.")
    disponible: Dinero = Field(description="Lo que puede gastar ahora: el saldo menos lo reservado.")
    congelada: bool
    cerrada: bool

    @classmethod
    def de(cls, c: Cuenta, nombre: str) -> "CuentaVista":
        return cls(
            id=c.id,
            nombre=nombre,
            titular_tipo=c.titular_tipo,
            titular_id=c.titular_id,
            tipo=c.tipo,
            saldo=c.saldo,
            disponible=c.disponible,
            congelada=c.congelada,
            cerrada=c.cerrada,
        )


class CuentasVista(BaseModel):
    datos: list[CuentaVista]
    siguiente: str | None = None


class MovimientoVista(BaseModel):
    transferencia_id: UUID
    numero: int
    sentido: Literal["entra", "sale"]
    monto: Dinero
    saldo: Dinero = Field(description="Saldo de la cuenta justo después.")
    contraparte: str
    codigo: int
    motivo: str
    creada_en: datetime
    referencia: UUID | None = None
    nota: str | None = Field(None, description="Para qué fue, si quien pagó lo escribió.")

    @classmethod
    def de(cls, m: Movimiento, contraparte: str, nota: str | None = None) -> "MovimientoVista":
        return cls(
            transferencia_id=m.id,
            numero=m.numero,
            sentido="entra" if m.entra else "sale",
            monto=de_centavos(m.monto),
            saldo=de_centavos(m.saldo),
            contraparte=contraparte,
            codigo=m.codigo,
            motivo=m.motivo,
            creada_en=m.creada_en,
            referencia=m.referencia,
            nota=nota,
        )


class DestinatarioVista(BaseModel):
    coincidencia: Literal["coincide", "casi", "no_coincide", "sin_nombre"] = Field(
        description="Si el nombre que usted escribió es el del titular."
    )
    nombre: str | None = Field(description="El del titular, solo si coincide con el que usted escribió.")
    documento: str
    cuenta: int
