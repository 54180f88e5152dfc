"""What crosses the API of withdrawals."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.dinero import Dinero
from nucleo.lectores import Entero, escrito
from pagos.libro import Comision, Operacion, ReglaVigente
from pagos.retiros.latino import a_latino
from pagos.retiros.modelos import Retiro
from pagos.retiros.retiros import DatosDeRetiro


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
    def de(cls, r: ReglaVigente) -> "ComisionVista":
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

    cuenta: Entero = Field(ge=1, lt=2**63, description="La suya, o la de una unidad por la que puede pagar.")
    monto: Dinero = Field(description="Lo que llega al banco; la comisión se cobra aparte.")
    banco: Annotated[str, escrito(12, 1)] = Field(examples=["UNION"])
    numero_cuenta: Annotated[str, escrito(40, 1)]
    titular: Annotated[str, escrito(100, 1)]
    comision: Dinero | None = Field(
        None, description="La que usted vio. Si ya no es esa, la respuesta es 412 y no se reserva nada."
    )

    @property
    def datos(self) -> DatosDeRetiro:
        return DatosDeRetiro(self.cuenta, self.monto, self.banco, self.numero_cuenta, self.titular)


class RetiroVista(BaseModel):
    id: UUID
    cuenta: int
    monto: Dinero
    comision: Dinero
    banco: str
    numero_cuenta: str
    titular: str
    titular_en_el_banco: str = Field(description="El titular, en las letras latinas que reciben los bancos.")
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
            titular_en_el_banco=a_latino(r.titular),
            estado=r.estado,
            motivo=r.motivo,
            referencia_de_banco=r.extremo,
            creado_en=r.creado_en,
            terminado_en=r.terminado_en,
        )
