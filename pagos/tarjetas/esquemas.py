"""What crosses the API of card payments."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlmodel import Session

from nucleo.dinero import Dinero
from nucleo.lectores import Fecha, escrito
from nucleo.textos import gettext as _
from pagos.tarjetas.consultas import disputas_de, es_reembolsable, respuestas_de, saldo_reembolsable
from pagos.tarjetas.estados import Estado, EstadoDisputa
from pagos.tarjetas.modelos import Disputa, Intento, Reembolso, RespuestaDisputa
from pagos.tarjetas.palabras import explicar

EstadoDePago = Literal[
    "creado",
    "ambiguo",
    "requiere_accion",
    "procesando",
    "pagado",
    "rechazado",
    "cancelado",
    "observado",
]
EstadoDeReembolso = Literal["creado", "ambiguo", "procesando", "hecho", "fallido", "revertido"]
EstadoDeDisputa = Literal["abierta", "ganada", "perdida"]
EstadoDeRespuesta = Literal["creada", "ambigua", "enviada", "rechazada"]


class NuevaRecarga(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    monto: Dinero
    cuenta: int | None = Field(
        None, ge=1, lt=2**63, description="Cuenta que recibe; sin ella, la billetera de quien pide."
    )
    metodo_de_pago: str | None = Field(
        None,
        pattern=r"^pm_[A-Za-z0-9_]{1,60}$",
        description="PaymentMethod que su aplicación creó con la pasarela. Sin él, la persona paga en la "
        "página segura de `siguiente_paso_url`. Nunca envíe aquí el número de una tarjeta.",
    )
    tarjeta: UUID | None = Field(
        None, description="Una de sus tarjetas guardadas (`/tarjetas`), en lugar de `metodo_de_pago`."
    )

    @model_validator(mode="after")
    def _de_un_solo_modo(self) -> "NuevaRecarga":
        if self.tarjeta is not None and self.metodo_de_pago is not None:
            raise ValueError(_("Envíe `tarjeta` o `metodo_de_pago`, no los dos."))
        return self


class DisputaVista(BaseModel):
    """Lo que el titular de la tarjeta reclama a su banco."""

    id: UUID
    estado: EstadoDeDisputa
    monto: Dinero
    causa: str = Field(description="Código de la pasarela: qué dice el titular.")
    retenido: Dinero = Field(description="Lo que la cuenta tiene retenido hasta que el banco decida.")
    falta_cubrir: Dinero
    responder_hasta: datetime | None = Field(
        None, description="Hasta cuándo el banco recibe pruebas de quien cobró."
    )
    respuesta: EstadoDeRespuesta | None = Field(
        None, description="Cómo va la última respuesta que se escribió para el banco, si hay alguna."
    )
    creado_en: datetime
    terminado_en: datetime | None = None

    @classmethod
    def de(cls, d: Disputa, respuesta: RespuestaDisputa | None) -> "DisputaVista":
        return cls(
            respuesta=respuesta.estado if respuesta is not None else None,
            id=d.id,
            estado=d.estado,
            monto=d.monto,
            causa=d.causa,
            retenido=d.retenido,
            falta_cubrir=d.faltante,
            responder_hasta=d.responder_hasta,
            creado_en=d.creado_en,
            terminado_en=d.terminado_en,
        )


class RecargaVista(BaseModel):
    id: UUID
    estado: EstadoDePago = Field(
        description="`ambiguo` y `procesando` no son finales: no repita el pago, vuelva a consultar."
    )
    monto: Dinero
    cuenta: int
    motivo: str | None = Field(None, description="Código de la pasarela: por qué no se pagó.")
    explicacion: str = Field(description="Lo mismo para la persona, con lo que puede hacer.")
    siguiente_paso_url: str | None = Field(
        None, description="Adonde debe ir la persona para pagar o confirmar, cuando hace falta."
    )
    pagina_url: str
    saldo_reembolsable: Dinero = Field(
        description="Lo cobrado, menos lo reembolsado y lo que reclama el titular de la tarjeta."
    )
    reembolsable: bool = Field(
        description="Si ahora se puede pedir un reembolso: está pagado, queda saldo, no pasaron 90 días y no "
        "está en disputa."
    )
    en_disputa: bool = Field(description="Si el banco del titular todavía no decidió un reclamo.")
    disputas: list[DisputaVista]
    transferencia_id: UUID | None = None
    creado_en: datetime
    vence_en: datetime
    terminado_en: datetime | None = None

    @classmethod
    def de(cls, sesion: Session, i: Intento) -> "RecargaVista":
        disputas = disputas_de(sesion, i.id)
        respuestas = respuestas_de(sesion, [d.id for d in disputas])
        dicho = explicar(i, disputas)
        return cls(
            id=i.id,
            estado=i.estado,
            monto=i.monto,
            cuenta=i.destino,
            motivo=i.motivo,
            explicacion=" ".join(p for p in (dicho.titulo + ".", dicho.texto, dicho.siga) if p),
            siguiente_paso_url=i.accion_url if i.estado == Estado.REQUIERE_ACCION else None,
            pagina_url=f"/pagos-con-tarjeta/{i.id}",
            saldo_reembolsable=saldo_reembolsable(sesion, i),
            reembolsable=es_reembolsable(sesion, i),
            en_disputa=any(d.estado == EstadoDisputa.ABIERTA for d in disputas),
            disputas=[DisputaVista.de(d, respuestas.get(d.id)) for d in disputas],
            transferencia_id=i.transferencia_id,
            creado_en=i.creado_en,
            vence_en=i.vence_en,
            terminado_en=i.terminado_en,
        )


class NuevoReembolso(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    monto: Dinero
    saldo_reembolsable: Dinero = Field(
        description="El que usted vio al consultar. Si ya no es ese, la respuesta es 412 y no se reembolsa."
    )
    nota: Annotated[str, escrito(200)] = ""


class ReembolsoVista(BaseModel):
    id: UUID
    recarga_id: UUID
    estado: EstadoDeReembolso
    monto: Dinero
    nota: str
    motivo: str | None = None
    creado_en: datetime
    terminado_en: datetime | None = None

    @classmethod
    def de(cls, r: Reembolso) -> "ReembolsoVista":
        return cls(
            id=r.id,
            recarga_id=r.intento_id,
            estado=r.estado,
            monto=r.monto,
            nota=r.nota,
            motivo=r.motivo,
            creado_en=r.creado_en,
            terminado_en=r.terminado_en,
        )


class ReembolsosVista(BaseModel):
    datos: list[ReembolsoVista]
    siguiente: str | None = None


class NuevaRespuesta(BaseModel):
    """Lo que quien cobró responde al banco del titular."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    explicacion: Annotated[str, escrito(4000, 20)] = Field(
        description="Por qué el cobro es correcto: qué se pagó, quién lo pidió, cómo se entregó."
    )
    producto: Annotated[str, escrito(1000)] = Field("", description="Qué se vendió o se prestó.")
    fecha: Fecha | None = Field(None, description="Cuándo se entregó o se prestó.")
    guia: Annotated[str, escrito(80)] = Field("", description="Número de guía del envío, si hubo.")


class RespuestaVista(BaseModel):
    id: UUID
    disputa_id: UUID
    estado: EstadoDeRespuesta = Field(
        description="`ambigua`: la pasarela no contestó; no la repita, vuelva a consultar."
    )
    explicacion: str
    producto: str
    fecha: date | None = None
    guia: str
    motivo: str | None = None
    creado_en: datetime
    terminado_en: datetime | None = None

    @classmethod
    def de(cls, r: RespuestaDisputa) -> "RespuestaVista":
        return cls(**{campo: getattr(r, campo) for campo in cls.model_fields})
