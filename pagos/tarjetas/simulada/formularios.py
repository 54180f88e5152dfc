"""The forms of the simulated gateway's pages."""

from typing import Annotated

from fastapi import Depends
from pydantic import AfterValidator, BaseModel

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.tarjetas.simulada.fallas import NOMBRES, Falla
from pagos.tarjetas.simulada.tarjetas import POR_METODO, TARJETAS


def _de_prueba(metodo: str) -> str:
    if metodo not in POR_METODO:
        raise ValueError(_("Elija una de las tarjetas de demostración."))
    return metodo


class TarjetaElegida(BaseModel):
    tarjeta: Annotated[str, AfterValidator(_de_prueba)]


class RespuestaAlBanco(BaseModel):
    acepta: bool


class FallaElegida(BaseModel):
    falla: Falla | None = None


class Decision(BaseModel):
    gana_la_cuenta: bool


TARJETA = Formulario(
    "simulada.tarjeta",
    TarjetaElegida,
    campos.opciones(
        "tarjeta",
        _l("Tarjeta de prueba"),
        opciones=lambda: [(t.metodo, f"{t.legible} · {t.nombre}") for t in TARJETAS],
        falta=_l("Elija una de las tarjetas de demostración."),
    ),
    guardable=False,
)
RESPUESTA = Formulario("simulada.3ds", RespuestaAlBanco, campos.boton("acepta"), guardable=False)
FALLA = Formulario(
    "simulada.falla",
    FallaElegida,
    campos.seleccion(
        "falla",
        _l("En el próximo pago o reembolso"),
        opciones=NOMBRES.items(),
        elija=_l("Ninguna: funciona bien"),
        ayuda=_l(
            "Después de un fallo de respuesta vuelve a portarse bien. El monto distinto y los avisos siguen "
            "así hasta que elija otra cosa."
        ),
        opcional=True,
    ),
)
DISPUTA = Formulario("simulada.disputa", Nada)
DECISION = Formulario("simulada.decision", Decision, campos.boton("gana_la_cuenta"))

HojaDeTarjeta = Annotated[Hoja[TarjetaElegida], Depends(TARJETA)]
HojaDeRespuesta = Annotated[Hoja[RespuestaAlBanco], Depends(RESPUESTA)]
HojaDeFalla = Annotated[Hoja[FallaElegida], Depends(FALLA)]
HojaDeDisputa = Annotated[Hoja[Nada], Depends(DISPUTA)]
HojaDeDecision = Annotated[Hoja[Decision], Depends(DECISION)]
