"""What crosses the API."""

from typing import Annotated

from pydantic import BaseModel, Field

from comercio.formas.estados import FormaDeEntrega
from nucleo.lectores import Entrada, escrito

Indicaciones = Annotated[str, escrito(300, 5)]


class FormasDeLaUnidad(Entrada):
    """The ways of delivery that a seller offers."""

    correo: bool = Field(True, description="La lleva un operador postal.")
    retiro: bool = Field(False, description="Quien compra la recoge donde está quien vende.")
    donde: Indicaciones | None = Field(None, description="Dónde y en qué horario se recoge.")
    reparto: bool = Field(False, description="La lleva quien vende, dentro de su municipio.")
    reparte: Indicaciones | None = Field(None, description="Qué días y zonas reparte.")

    def por_forma(self) -> dict[FormaDeEntrega, str]:
        dichas = {
            FormaDeEntrega.CORREO: (self.correo, ""),
            FormaDeEntrega.RETIRO: (self.retiro, self.donde or ""),
            FormaDeEntrega.REPARTO: (self.reparto, self.reparte or ""),
        }
        return {forma: texto for forma, (ofrece, texto) in dichas.items() if ofrece}


class FormaLeida(BaseModel):
    forma: FormaDeEntrega
    indicaciones: str = Field(description="Dónde y cuándo se recoge, o qué días y zonas se reparte.")
    municipio_ine: str | None = Field(description="En reparto, el único municipio al que llega.")


class FormasLeidas(BaseModel):
    datos: list[FormaLeida]
