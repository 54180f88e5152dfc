"""What crosses the API of the purchases from the catalogue."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from comercio import Entrega, FormaDeEntrega, SePagaCon
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from feria_inversa.compra_de_catalogo.gestion import SituacionDeGestion
from feria_inversa.entidades import UnidadResumen
from nucleo.dinero import Dinero
from nucleo.ids import IdElegido
from nucleo.lectores import DecimalPlano, Entrada, Fecha, escrito
from nucleo.textos import gettext as _


class CompraPedida(Entrega):
    """Buy what is held for the entity, with a certificate of its budget, for who receives it there."""

    oferta_id: UUID = Field(description="La oferta que le sostienen, pedida desde su búsqueda congelada.")
    certificacion_id: UUID
    para_que: Annotated[str, escrito(300, 5)]
    forma: FormaDeEntrega | None = Field(
        None, description="Cómo se recibe, de lo que ofrece quien vende; un servicio no tiene."
    )


class CompraNueva(CompraPedida):
    id: IdElegido | None = Field(None, description="Identificador propuesto: repetir el envío no la duplica.")


class MotivoDeCompra(Entrada):
    motivo: Annotated[str, escrito(1000, 10)] = Field(description="Queda escrito con la compra.")


class ConQueSePaga(Entrada):
    """With what its entity will pay it, once it is received conform."""

    se_paga_con: SePagaCon = Field(
        SePagaCon.CUENTA,
        description="`cuenta`: en su fecha se toma de la cuenta de la entidad; `c31`: la paga tesorería.",
    )


class PagoDeCompra(Entrada):
    """From the account of the entity, or outside, with the number and the day of its C-31."""

    medio: Literal["libro", "c31"]
    comprobante: Annotated[str, escrito(40, 1)] | None = Field(None, description="El número del C-31.")
    fecha: Fecha | None = Field(None, description="El día del C-31: no antes de recibir lo que paga.")
    repetido: bool = Field(False, description="La entidad sabe que ese C-31 paga también otro pedido.")

    @model_validator(mode="after")
    def _segun_el_medio(self) -> Self:
        if self.medio == "c31" and (self.comprobante is None or self.fecha is None):
            raise ValueError(_("Escriba el número y la fecha del C-31."))
        return self


class CertificacionDeCompra(BaseModel):
    numero: str
    gestion: int
    objeto: str


class GestionDeCompra(BaseModel):
    """Of which year it is, once the year of its certificate ends. A norm not confirmed blocks nothing."""

    situacion: SituacionDeGestion
    dice: str
    norma: str
    confirmado: bool


class EvidenciaDeCompra(BaseModel):
    numero: str
    huella: Annotated[str, Field(description="Con ella cualquiera comprueba la búsqueda congelada.")]


class PresupuestoDeCompra(BaseModel):
    """What its order holds of the budget. What was executed was paid, is said to have been, or is owed."""

    estado: str
    comprometido: Dinero
    ejecutado: Annotated[Dinero, Field(description="Lo que se gastó del presupuesto, se haya pagado o no.")]
    pagado: Annotated[Dinero, Field(description="Lo que llegó a quien vende, o no dijo que no llegara.")]
    dicho: Annotated[Dinero, Field(description="Lo que la entidad dice que pagó por tesorería.")]
    adeudado: Annotated[Dinero, Field(description="Lo que la entidad debe de lo que recibió.")]
    devuelto: Dinero
    se_paga_con: SePagaCon
    pagar_desde: datetime | None
    dias_de_mora: Annotated[
        int, Field(description="Desde que debía pagarse, si ya pasó el plazo en que se avisa; antes, 0.")
    ]
    responder_hasta: Annotated[
        datetime | None, Field(description="Hasta cuándo puede quien vende decir que no llegó lo dicho.")
    ]
    comprobante: Annotated[str, Field(description="El número del C-31, si se pagó así.")]
    fecha: date | None


class OtrasCercanas(BaseModel):
    """Other purchases of the entity from the same seller, of the same object of expenditure, of 30 days
    before or after. Nobody judged them."""

    cuantas: int
    total: Dinero


class PrecioOrdenado(BaseModel):
    """At what it was ordered: the price of that day, what was taken off, its postage; in all, `ordenado`."""

    precio: Dinero
    descuento: Dinero
    porte: Dinero


class CompraSalida(BaseModel):
    id: UUID
    numero: str
    estado: EstadoCompra
    entidad: UnidadResumen
    vendedor: UnidadResumen
    titulo: str
    cantidad: DecimalPlano
    unidad_medida: str
    precio: Dinero
    importe: Dinero
    porte: Dinero
    total: Dinero
    para_que: str
    modalidad: str
    norma: str
    certificacion: CertificacionDeCompra
    evidencia: EvidenciaDeCompra
    solicitada_en: datetime
    solicito: str
    vence_en: Annotated[
        datetime | None, Field(description="Hasta cuándo se puede aprobar; después queda sin efecto.")
    ]
    decidida_en: datetime | None
    decidio: Annotated[
        str | None, Field(description="Quién la aprobó, o no: otra persona que quien la pidió.")
    ]
    ordenado: Dinero | None
    ordenado_a: Annotated[
        PrecioOrdenado | None,
        Field(
            description="Con qué cuentas se ordenó; `precio`, `porte` y `total` son los que vio quien pidió."
        ),
    ]
    quedo_en: Annotated[Dinero | None, Field(description="Lo ordenado, sin lo que se devolvió.")]
    pedido_id: UUID | None
    recibida_en: datetime | None
    motivo: str | None
    terminada_en: datetime | None
    presupuesto: PresupuestoDeCompra | None
    otras_cercanas: Annotated[
        OtrasCercanas | None,
        Field(
            description="Otras compras de la misma entidad, partida y proveedor en 30 días, si las hay: se "
            "dice, no se juzga."
        ),
    ]
    gestion: Annotated[
        GestionDeCompra | None, Field(description="Solo si sigue en curso al terminar la gestión.")
    ]


class PaginaDeCompras(BaseModel):
    datos: list[CompraSalida]
    siguiente: str | None
