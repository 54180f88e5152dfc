"""The forms of claims."""

from typing import Annotated

from fastapi import Depends
from moneyed import Money
from pydantic import BaseModel, ConfigDict

from envios.reclamos.estados import ClaseReclamo
from nucleo.archivos import ACEPTA_PRUEBAS, MAXIMO_BYTES, DocumentoInvalido, ImagenInvalida
from nucleo.formularios import Campo, Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class _ConDinero(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)


class ReclamoEscrito(_ConDinero):
    clase: ClaseReclamo
    pedido: Money | None = None
    relato: str


class MensajeEscrito(BaseModel):
    texto: str


class MotivosEscritos(BaseModel):
    motivos: str


class RespuestaEscrita(_ConDinero):
    motivos: str
    ofrece: Money | None = None
    acepta: bool = False


class ResolucionEscrita(_ConDinero):
    contenido: Money | None = None
    devuelve_porte: bool = False
    motivos: str


def _foto() -> Campo:
    return campos.archivo(
        "foto",
        _l("Foto o PDF"),
        bytes_maximos=MAXIMO_BYTES,
        ayuda=_l("Si ayuda a entender qué pasó. La ven solo quienes tienen parte en el reclamo."),
        acepta=ACEPTA_PRUEBAS,
        opcional=True,
    )


def _clases() -> list[tuple[str, str]]:
    return [(c.value, c.texto) for c in ClaseReclamo]


_LA_FOTO = dict.fromkeys((ImagenInvalida.codigo, DocumentoInvalido.codigo), "foto")

RECLAMO = Formulario(
    "envio.reclamo",
    ReclamoEscrito,
    campos.opciones("clase", _l("¿Qué pasó?"), opciones=_clases, falta=_l("Elija qué pasó.")),
    campos.dinero(
        "pedido",
        _l("¿Cuánto valía lo que falta o se dañó?"),
        ayuda=_l("En bolivianos. Si llegó tarde déjelo vacío: lo que se devuelve es el porte."),
        opcional=True,
    ),
    campos.area(
        "relato",
        _l("Cuente qué pasó"),
        ayuda=_l("Qué mandó, qué falta o cómo llegó, y qué le dijo el operador."),
        maximo=2000,
        falta=_l("Cuente qué pasó, en diez letras o más."),
    ),
    _foto(),
    lugares=_LA_FOTO,
)
MENSAJE = Formulario(
    "envio.reclamo.mensaje",
    MensajeEscrito,
    campos.area("texto", _l("Mensaje"), maximo=2000, falta=_l("Escriba lo que quiere decir.")),
    _foto(),
    lugares=_LA_FOTO,
)
RESPUESTA = Formulario(
    "envio.reclamo.respuesta",
    RespuestaEscrita,
    campos.area(
        "motivos",
        _l("Qué averiguó y por qué responde así"),
        maximo=2000,
        falta=_l("Diga qué averiguó y por qué responde así."),
    ),
    campos.dinero(
        "ofrece",
        _l("Si no acepta todo, ¿cuánto ofrece?"),
        ayuda=_l("Por el contenido, en bolivianos. Vacío es nada."),
        opcional=True,
    ),
    campos.boton("acepta"),
)
IMPUGNACION = Formulario(
    "envio.reclamo.impugnacion",
    MotivosEscritos,
    campos.area(
        "motivos",
        _l("¿Por qué no está de acuerdo?"),
        maximo=2000,
        falta=_l("Diga por qué no está de acuerdo."),
    ),
)
RESOLUCION = Formulario(
    "envio.reclamo.resolucion",
    ResolucionEscrita,
    campos.dinero(
        "contenido",
        _l("¿Cuánto paga el operador por el contenido?"),
        ayuda=_l("En bolivianos. Vacío es nada."),
        opcional=True,
    ),
    campos.casilla("devuelve_porte", _l("Devuelve el porte")),
    campos.area("motivos", _l("Motivos"), maximo=2000, falta=_l("Funde la decisión: escriba sus motivos.")),
)
PASO = Formulario("envio.reclamo.paso", Nada)

HojaDeReclamo = Annotated[Hoja[ReclamoEscrito], Depends(RECLAMO)]
HojaDeMensaje = Annotated[Hoja[MensajeEscrito], Depends(MENSAJE)]
HojaDeRespuesta = Annotated[Hoja[RespuestaEscrita], Depends(RESPUESTA)]
HojaDeImpugnacion = Annotated[Hoja[MotivosEscritos], Depends(IMPUGNACION)]
HojaDeResolucion = Annotated[Hoja[ResolucionEscrita], Depends(RESOLUCION)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
