"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from comercio.requisitos.clases import ClaseDeVendedor, QueSeVende
from comercio.requisitos.esquemas import ReglaNueva
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import escrito
from nucleo.textos import perezoso as _l


class DocumentoMarcado(BaseModel):
    """A document that was ticked; the others are not sent."""

    codigo: Annotated[str, escrito(20, 1)]


class Disposicion(ReglaNueva):
    piden: Annotated[list[DocumentoMarcado], Field(default_factory=list, max_length=10)]

    @property
    def regla(self) -> ReglaNueva:
        return self.model_copy(update={"documentos": [d.codigo for d in self.piden]})


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
    campos.texto("piden.*.codigo", _l("Documento"), falta=_l("Marque otra vez los documentos.")),
    campos.area("que_se_pide", _l("Qué se pide, en palabras"), filas=3, maximo=300),
    campos.texto("norma", _l("Norma"), maximo=200),
    campos.casilla(
        "confirmado",
        _l("Leí la norma: la regla impide publicar a quien no la cumple"),
    ),
    campos.fecha(
        "vigente_desde", _l("Desde qué día"), ayuda=_l("Desde mañana: lo ya dispuesto no se cambia.")
    ),
    lugares={"documentos": "general"},
)
HojaDeDisposicion = Annotated[Hoja[Disposicion], Depends(DISPOSICION)]
