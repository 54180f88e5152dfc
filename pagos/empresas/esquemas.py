"""What crosses the API of firms."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.dinero import Dinero
from pagos import Comision, Operacion, ReglaDeComision
from pagos.empresas.consultas import explicar
from pagos.empresas.modelos import Devolucion, LineaDePlanilla, Planilla, Retiro

EstadoDePlanilla = Literal["preparada", "presentada", "ejecutada", "rechazada", "anulada"]


class PlanillaVista(BaseModel):
    id: UUID
    unidad_id: UUID
    nombre: str
    estado: EstadoDePlanilla
    lineas: int
    total: Dinero
    diferencias: int = Field(description="Líneas cuyo nombre no es el del registro.")
    preparada_por: str
    creado_en: datetime
    presentada_en: datetime | None = None
    resuelta_por: str | None = None
    resuelta_en: datetime | None = None
    motivo: str | None = None
    pagadas: int
    pagado: Dinero

    @classmethod
    def de(cls, p: Planilla) -> "PlanillaVista":
        return cls(
            id=p.id,
            unidad_id=p.unidad_id,
            nombre=p.nombre,
            estado=p.estado,
            lineas=p.lineas,
            total=p.total,
            diferencias=p.diferencias,
            preparada_por=p.preparada_nombre,
            creado_en=p.creado_en,
            presentada_en=p.presentada_en,
            resuelta_por=p.resuelta_nombre,
            resuelta_en=p.resuelta_en,
            motivo=p.motivo,
            pagadas=p.pagadas,
            pagado=p.pagado,
        )


class LineaVista(BaseModel):
    linea: int = Field(description="Línea del archivo; el encabezado es la 1.")
    documento: str
    nombre: str
    nombre_registrado: str
    coincide: bool
    monto: Dinero
    glosa: str
    resultado: str | None = Field(None, description="`ok`, o el código con el que el libro la rechazó.")
    explicacion: str
    transferencia_id: UUID | None = None

    @classmethod
    def de(cls, linea: LineaDePlanilla) -> "LineaVista":
        return cls(
            linea=linea.numero,
            documento=linea.documento,
            nombre=linea.nombre,
            nombre_registrado=linea.registrado,
            coincide=linea.coincide,
            monto=linea.monto,
            glosa=linea.glosa,
            resultado=linea.resultado,
            explicacion=explicar(linea.resultado),
            transferencia_id=linea.id if linea.resultado == "ok" else None,
        )


class Aprobacion(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    diferencias_revisadas: bool = Field(
        False, description="Debe ser verdadero si la planilla tiene `diferencias`."
    )


class Rechazo(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    motivo: str = Field(min_length=1, max_length=300)


class NuevaDevolucion(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    monto: Dinero
    saldo_reembolsable: Dinero = Field(
        description="El que usted vio. Si ya no es ese, la respuesta es 412 y no se devuelve nada."
    )
    nota: str = Field("", max_length=200)


class DevolucionVista(BaseModel):
    id: UUID = Field(description="También es el identificador de la transferencia.")
    transferencia_id: UUID
    monto: Dinero
    nota: str
    creado_en: datetime

    @classmethod
    def de(cls, d: Devolucion) -> "DevolucionVista":
        return cls(
            id=d.id, transferencia_id=d.transferencia_id, monto=d.monto, nota=d.nota, creado_en=d.creado_en
        )


class DevolucionesVista(BaseModel):
    datos: list[DevolucionVista]
    siguiente: str | None = None
    saldo_reembolsable: Dinero = Field(description="Lo que todavía se puede devolver.")
    hasta: datetime = Field(description="Último instante en que se puede devolver.")


class BancoVista(BaseModel):
    codigo: str = Field(description="Nombre corto con el que Qhatu llama al banco.", examples=["UNION"])
    nombre: str


class BancosVista(BaseModel):
    datos: list[BancoVista]


class ComisionVista(BaseModel):
    """A dated commission: `fijo` plus `tasa_pb` basis points, between `minimo` and `maximo`, tax inside."""

    id: UUID
    operacion: Operacion
    tasa_pb: int = Field(description="Puntos básicos: 150 es 1,50 %.")
    fijo: Dinero
    minimo: Dinero
    maximo: Dinero | None
    impuesto_pb: int = Field(description="El IVA contenido en la comisión.")
    vigente_desde: datetime
    norma: str

    @classmethod
    def de(cls, r: ReglaDeComision) -> "ComisionVista":
        return cls(**{campo: getattr(r, campo) for campo in cls.model_fields})


class ComisionesVista(BaseModel):
    datos: list[ComisionVista]


class CotizacionVista(BaseModel):
    """What an operation of this amount would pay now."""

    operacion: Operacion
    monto: Dinero
    comision: Dinero
    impuesto: Dinero
    comision_id: UUID

    @classmethod
    def de(cls, operacion: Operacion, monto: Dinero, c: Comision) -> "CotizacionVista":
        return cls(
            operacion=operacion,
            monto=monto,
            comision=c.monto,
            impuesto=c.impuesto,
            comision_id=c.regla_id,
        )


class NuevoRetiro(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    cuenta: int = Field(ge=1, lt=2**63, description="La suya, o la de una unidad por la que puede pagar.")
    monto: Dinero = Field(description="Lo que llega al banco; la comisión se cobra aparte.")
    banco: str = Field(min_length=1, max_length=12, examples=["UNION"])
    numero_cuenta: str = Field(min_length=1, max_length=40)
    titular: str = Field(min_length=1, max_length=100)
    comision: Dinero | None = Field(
        None, description="La que usted vio. Si ya no es esa, la respuesta es 412 y no se reserva nada."
    )


class RetiroVista(BaseModel):
    id: UUID
    cuenta: int
    monto: Dinero
    comision: Dinero
    banco: str
    numero_cuenta: str
    titular: str
    estado: Literal["pedido", "en_lote", "pagado", "rechazado", "cancelado", "devuelto"]
    motivo: str | None
    referencia_de_banco: str = Field(description="El EndToEndId con el que viaja al banco.")
    creado_en: datetime
    terminado_en: datetime | None

    @classmethod
    def de(cls, r: Retiro) -> "RetiroVista":
        return cls(
            id=r.id,
            cuenta=r.cuenta_id,
            monto=r.monto,
            comision=r.comision,
            banco=r.banco,
            numero_cuenta=r.numero_cuenta,
            titular=r.titular,
            estado=r.estado,
            motivo=r.motivo,
            referencia_de_banco=r.extremo,
            creado_en=r.creado_en,
            terminado_en=r.terminado_en,
        )
