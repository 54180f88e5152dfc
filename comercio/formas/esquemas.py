"""What crosses the API."""

from typing import Annotated, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from comercio.formas.estados import FormaDeEntrega
from comercio.formas.ofrecer import Cobro
from nucleo.dinero import Dinero
from nucleo.lectores import Entrada, escrito
from nucleo.textos import gettext as _

ZONAS_MAXIMAS = 40

Indicaciones = Annotated[str, escrito(300, 5)]


class ZonaNueva(Entrada):
    """A municipality where the seller takes it, and for how much."""

    municipio_ine: Annotated[str, StringConstraints(pattern="^[0-9]{6}$")]
    monto: Dinero


class FormasDeLaUnidad(Entrada):
    """The ways of delivery that a seller offers."""

    correo: bool = Field(True, description="La lleva un operador postal.")
    retiro: bool = Field(False, description="Quien compra la recoge donde está quien vende.")
    donde: Indicaciones | None = Field(None, description="Dónde y en qué horario se recoge.")
    reparto: bool = Field(False, description="La lleva quien vende, dentro de su municipio.")
    reparte: Indicaciones | None = Field(None, description="Qué días y zonas reparte.")

    cobra_correo: bool = Field(
        False, description="Quien compra paga la tarifa del operador; si no, va incluida en el precio."
    )
    zonas: Annotated[list[ZonaNueva], Field(max_length=ZONAS_MAXIMAS)] = Field(
        default_factory=list,
        description="A qué municipios reparte y por cuánto; sin decirlo, en el suyo y sin cobrar.",
    )
    gratis_desde: Dinero | None = Field(
        None, description="Desde cuánto, en productos de un pedido, no cobra ninguna entrega."
    )

    contra_entrega: bool = Field(
        False, description="Lo que va por correo puede pagarse al recibirlo: se cobra en la puerta."
    )

    @model_validator(mode="after")
    def _sin_repetir(self) -> Self:
        if len({z.municipio_ine for z in self.zonas}) < len(self.zonas):
            raise ValueError(_("Nombre cada municipio una vez."))
        return self

    @property
    def cobro(self) -> Cobro:
        zonas = {z.municipio_ine: z.monto for z in self.zonas}
        return Cobro(self.cobra_correo, zonas, self.gratis_desde, self.contra_entrega)

    def por_forma(self) -> dict[FormaDeEntrega, str]:
        dichas = {
            FormaDeEntrega.CORREO: (self.correo, ""),
            FormaDeEntrega.RETIRO: (self.retiro, self.donde or ""),
            FormaDeEntrega.REPARTO: (self.reparto, self.reparte or ""),
        }
        return {forma: texto for forma, (ofrece, texto) in dichas.items() if ofrece}


class ZonaLeida(BaseModel):
    municipio_ine: str
    monto: Dinero


class FormaLeida(BaseModel):
    forma: FormaDeEntrega
    indicaciones: str = Field(description="Dónde y cuándo se recoge, o qué días y zonas se reparte.")
    zonas: list[ZonaLeida] = Field(description="En reparto, a qué municipios llega y por cuánto.")
    cobra: bool = Field(
        description="Si quien compra paga la entrega aparte; por correo, la tarifa del operador."
    )
    gratis_desde: Dinero | None = Field(description="Desde cuánto, en productos, no se cobra.")
    contra_entrega: bool = Field(description="Si, por correo, puede pagarse al recibirlo.")


class FormasLeidas(BaseModel):
    datos: list[FormaLeida]
