"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends
from pydantic import field_validator

from comercio.requisitos.clases import ClaseDeVendedor, QueSeVende
from comercio.requisitos.esquemas import ReglaNueva
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class Disposicion(ReglaNueva):
    """A rule as the page asks for it: its documents, by commas."""

    @field_validator("documentos", mode="before")
    @classmethod
    def _por_comas(cls, codigos: str) -> list[str]:
        return [c.strip().upper() for c in codigos.split(",") if c.strip()]


DISPOSICION = Formulario(
    "requisitos.disposicion",
    Disposicion,
    campos.seleccion(
        "clase", _l("Clase de unidad"), opciones=lambda: [(c.value, c.texto) for c in ClaseDeVendedor]
    ),
    campos.opciones("que", _l("¿Qué vende?"), opciones=lambda: [(q.value, q.texto) for q in QueSeVende]),
    campos.opciones(
        "permite",
        _l("¿Puede venderlo?"),
        opciones=lambda: [("true", str(_l("Sí"))), ("false", str(_l("No")))],
    ),
    campos.dinero("tope_anual", _l("Tope de ventas en un año"), opcional=True),
    campos.texto(
        "documentos",
        _l("Documentos del registro"),
        opcional=True,
        vacio="",
        ayuda=_l("Códigos separados por comas: BO-NIT, BO-MATRICULA, BO-COOP, BO-COA."),
        maximo=100,
    ),
    campos.area("que_se_pide", _l("Qué se pide, en palabras"), filas=3, maximo=300),
    campos.texto("norma", _l("Norma"), maximo=200),
    campos.casilla(
        "confirmado",
        _l("Leí la norma: la regla impide publicar a quien no la cumple"),
    ),
    campos.fecha(
        "vigente_desde", _l("Desde qué día"), ayuda=_l("Desde mañana: lo ya dispuesto no se cambia.")
    ),
)
HojaDeDisposicion = Annotated[Hoja[Disposicion], Depends(DISPOSICION)]
