"""Forms: what each asks for, in which words."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, ConfigDict

from comercio.existencias import ProductoNoDisponible, SinExistencia
from comercio.reclamos.esquemas import (
    CambioMandado,
    CambioNuevo,
    DecisionDeReclamo,
    PosturaDeReclamo,
    RenunciaAlCambio,
    RespuestaDeReclamo,
    RevisionDeVuelta,
    Texto,
)
from comercio.reclamos.estados import MotivoReclamo
from nucleo.archivos import ACEPTA_PRUEBAS, MAXIMO_BYTES, DocumentoInvalido, ImagenInvalida
from nucleo.dinero import Dinero
from nucleo.formularios import Campo, Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class RenglonReclamado(BaseModel):
    linea_id: UUID
    cantidad: Decimal


class ReclamoEscrito(BaseModel):
    """A claim as the page asks for it: of a line left empty nothing is claimed; without lines, of all."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    motivo: MotivoReclamo
    relato: Texto
    monto: Dinero | None = None
    lineas: list[RenglonReclamado] = []

    @property
    def cantidades(self) -> dict[UUID, Decimal] | None:
        return {x.linea_id: x.cantidad for x in self.lineas} or None


class PruebaEscrita(BaseModel):
    texto: Texto


def _prueba(**palabras: bool) -> Campo:
    return campos.archivo(
        "prueba",
        _l("Foto o PDF"),
        bytes_maximos=MAXIMO_BYTES,
        ayuda=_l("Lo que muestra qué pasó. Lo ven quien compró, quien vende y la autoridad."),
        acepta=ACEPTA_PRUEBAS,
        falta=_l("Elija la foto o el PDF."),
        **palabras,
    )


_DE_LA_PRUEBA = dict.fromkeys((ImagenInvalida.codigo, DocumentoInvalido.codigo), "prueba")
RECLAMO = Formulario(
    "reclamo_de_compra",
    ReclamoEscrito,
    campos.opciones("motivo", _l("¿Qué pasó?"), falta=_l("Elija qué pasó.")),
    campos.area(
        "relato",
        _l("Cuéntelo"),
        ayuda=_l("Qué recibió o qué falta. Quien vende lo leerá."),
        falta=_l("Cuente qué pasó, con 3 letras o más."),
        filas=4,
        maximo=1000,
    ),
    campos.oculto("lineas.*.linea_id"),
    campos.cantidad(
        "lineas.*.cantidad",
        _l("¿De cuánto reclama?"),
        opcional=True,
        vacio=Decimal(0),
        falta=_l("Escriba de cuánto reclama, con números."),
    ),
    campos.dinero(
        "monto",
        _l("¿Cuánto pide que se le devuelva?"),
        ayuda=_l("Déjelo vacío para pedir lo que costó."),
        opcional=True,
    ),
    _prueba(opcional=True),
    lugares=_DE_LA_PRUEBA,
)
PRUEBA = Formulario(
    "reclamo_de_compra.prueba",
    PruebaEscrita,
    _prueba(),
    campos.area(
        "texto", _l("¿Qué muestra?"), falta=_l("Diga qué muestra, con 3 letras o más."), filas=2, maximo=1000
    ),
    lugares=_DE_LA_PRUEBA,
)
RESPUESTA = Formulario(
    "reclamo_de_compra.respuesta",
    RespuestaDeReclamo,
    campos.opciones(
        "que",
        _l("¿Qué responde?"),
        falta=_l("Elija qué responde."),
        opciones=lambda: [
            ("aceptar", str(_l("Acepto: que se le devuelva lo que pide"))),
            ("recibir", str(_l("Acepto, cuando me lo devuelva"))),
            ("ofrecer", str(_l("Ofrezco devolver una parte"))),
            ("rechazar", str(_l("No acepto"))),
        ],
    ),
    campos.dinero("oferta", _l("¿Cuánto ofrece?"), ayuda=_l("Solo si ofrece una parte."), opcional=True),
    campos.area("texto", _l("Explíquelo"), falta=_l("Explíquelo, con 3 letras o más."), filas=4, maximo=1000),
)
POSTURA = Formulario(
    "reclamo_de_compra.postura",
    PosturaDeReclamo,
    campos.opciones("que", _l("¿Qué hace?"), falta=_l("Elija qué hace.")),
    campos.area(
        "texto",
        _l("¿Por qué?"),
        ayuda=_l("Si lo lleva a la autoridad, diga por qué no acepta la respuesta."),
        opcional=True,
        filas=3,
        maximo=1000,
    ),
)
DECISION = Formulario(
    "reclamo_de_compra.decision",
    DecisionDeReclamo,
    campos.dinero(
        "monto", _l("¿Cuánto vuelve a quien compró?"), ayuda=_l("0 si nada."), falta=_l("Escriba cuánto.")
    ),
    campos.area("motivos", _l("Motivos"), falta=_l("Funde la decisión."), filas=4, maximo=1000),
)
CAMBIO = Formulario(
    "reclamo_de_compra.cambio",
    CambioNuevo,
    campos.opciones("variante_id", _l("¿Por cuál?"), falta=_l("Elija por cuál lo cambia.")),
    campos.area("texto", _l("Explíquelo"), falta=_l("Explíquelo, con 3 letras o más."), filas=3, maximo=1000),
    lugares=dict.fromkeys((SinExistencia.codigo, ProductoNoDisponible.codigo), "variante_id"),
)
MANDAR_CAMBIO = Formulario(
    "reclamo_de_compra.mandar_cambio",
    CambioMandado,
    campos.opciones("operador_id", _l("¿Quién lo lleva?"), falta=_l("Elija quién lo lleva.")),
)
RENUNCIA = Formulario(
    "reclamo_de_compra.renuncia",
    RenunciaAlCambio,
    campos.area(
        "texto", _l("¿Por qué no puede?"), falta=_l("Diga por qué, con 3 letras o más."), filas=2, maximo=1000
    ),
)
REVISION = Formulario(
    "reclamo_de_compra.revision",
    RevisionDeVuelta,
    campos.opciones("que", _l("¿Cómo volvió?"), falta=_l("Diga cómo volvió.")),
    campos.area(
        "texto",
        _l("¿Qué está mal?"),
        ayuda=_l("Lo leerán quien compró y la autoridad. Puede agregar fotos abajo."),
        opcional=True,
        filas=3,
        maximo=1000,
    ),
)
HojaDeCambio = Annotated[Hoja[CambioNuevo], Depends(CAMBIO)]
HojaDeMandarCambio = Annotated[Hoja[CambioMandado], Depends(MANDAR_CAMBIO)]
HojaDeRenuncia = Annotated[Hoja[RenunciaAlCambio], Depends(RENUNCIA)]
HojaDeRevision = Annotated[Hoja[RevisionDeVuelta], Depends(REVISION)]
HojaDeReclamo = Annotated[Hoja[ReclamoEscrito], Depends(RECLAMO)]
HojaDePrueba = Annotated[Hoja[PruebaEscrita], Depends(PRUEBA)]
HojaDeRespuesta = Annotated[Hoja[RespuestaDeReclamo], Depends(RESPUESTA)]
HojaDePostura = Annotated[Hoja[PosturaDeReclamo], Depends(POSTURA)]
HojaDeDecision = Annotated[Hoja[DecisionDeReclamo], Depends(DECISION)]
