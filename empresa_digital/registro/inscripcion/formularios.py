"""The forms of a registration: what each asks for, in which words."""

from datetime import date
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from empresa_digital.registro.identificadores import ESQUEMAS
from empresa_digital.registro.inscripcion.esquemas import UnidadNueva
from empresa_digital.registro.unidades import TIPOS, MotivoEntrada
from nucleo.formularios import Campo, Formulario, Hoja, Nada, campos
from nucleo.lectores import leer_linea
from nucleo.textos import perezoso as _l

# --- Those who represent the unit ------------------------------------------------------------------------


class DatosDeUnidad(BaseModel):
    """What was written about a unit, as it was written: `normalizar` reads it, field by field."""

    denominacion: str = ""
    nombre_comercial: str = ""
    forma_legal: str = ""
    municipio_ine: str = ""
    direccion: str = ""
    latitud: str = ""
    longitud: str = ""
    telefono: str = ""
    correo: str = ""
    sitio_web: str = ""
    descripcion: str = ""
    identificadores: dict[str, str] = {}


class CambioDeActividad(BaseModel):
    """What a button of the activities page does: `principal:1391`, `agregar:1313`, `quitar:1313`."""

    accion: str = Field(pattern=r"^(principal|agregar|quitar):[0-9]{4}$")


class Declaracion(BaseModel):
    declaro: bool


def _nombre_comercial() -> Campo:
    return campos.texto(
        "nombre_comercial",
        _l("Nombre comercial"),
        ayuda=_l("Si la gente la conoce con otro nombre."),
        maximo=120,
        opcional=True,
        vacio="",
    )


NUEVA = Formulario(
    "registro.unidad.nueva",
    UnidadNueva,
    campos.opciones(
        "tipo",
        _l("¿Qué clase de unidad es?"),
        opciones=lambda: [(tipo.value, nombre, ayuda) for tipo, (nombre, ayuda) in TIPOS.items()],
    ),
    campos.texto(
        "denominacion",
        _l("Nombre de la unidad"),
        ayuda=_l(
            "Como figura en su documento de constitución. Si trabaja por su cuenta, su nombre y su oficio."
        ),
        falta=_l("Escriba el nombre, entre 3 y 200 letras."),
        maximo=200,
    ),
    _nombre_comercial(),
)
DATOS = Formulario(
    "registro.unidad.datos",
    DatosDeUnidad,
    campos.texto(
        "denominacion",
        _l("Nombre de la unidad"),
        ayuda=_l("Como figura en su documento de constitución."),
        maximo=200,
    ),
    _nombre_comercial(),
    campos.opciones("forma_legal", _l("¿Qué forma legal tiene?")),
    campos.seleccion("municipio_ine", _l("Municipio"), elija=_l("Elija un municipio")),
    campos.area(
        "direccion",
        _l("¿Cómo se llega?"),
        ayuda=_l("Zona o comunidad y un punto conocido. No hace falta número de calle."),
        filas=3,
        maximo=300,
    ),
    campos.texto(
        "latitud",
        _l("Latitud"),
        ayuda=_l("Por ejemplo -16,5."),
        ancho="medio",
        maximo=20,
        opcional=True,
        vacio="",
    ),
    campos.texto(
        "longitud",
        _l("Longitud"),
        ayuda=_l("Por ejemplo -68,15."),
        ancho="medio",
        maximo=20,
        opcional=True,
        vacio="",
    ),
    campos.telefono("telefono", _l("Teléfono"), opcional=True, vacio=""),
    campos.texto(
        "correo",
        _l("Correo electrónico"),
        tipo="email",
        autocompletar="email",
        maximo=254,
        opcional=True,
        vacio="",
    ),
    campos.texto("sitio_web", _l("Sitio web"), modo="url", maximo=200, opcional=True, vacio=""),
    campos.area("descripcion", _l("¿Qué produce, vende o hace?"), maximo=2000, opcional=True, vacio=""),
    *(
        campos.texto(
            f"identificadores.{e.codigo}",
            e.nombre,
            ayuda=f"{e.ayuda} {e.emisor}.",
            ancho="medio",
            maximo=40,
            opcional=True,
            vacio="",
        )
        for e in ESQUEMAS.values()
    ),
    parcial=True,
)
"""Every datum of a unit; each step draws its own, and only what was drawn is sent."""
ACTIVIDAD = Formulario(
    "registro.unidad.actividad",
    CambioDeActividad,
    Campo("accion", "", "boton", leer_linea, falta=_l("Elija una actividad de la lista.")),
    parcial=True,
)
PRESENTACION = Formulario(
    "registro.unidad.presentacion",
    Declaracion,
    campos.casilla(
        "declaro",
        _l("Declaro que estos datos son verdaderos."),
        opcional=False,
        falta=_l("Marque la declaración para presentar."),
    ),
)
CANCELACION = Formulario(
    "registro.unidad.cancelacion",
    MotivoEntrada,
    campos.area("motivo", _l("¿Por qué?"), filas=3, maximo=2000, falta=_l("Diga por qué.")),
)
RETOMAR = Formulario("registro.unidad.retomar", Nada)

HojaNueva = Annotated[Hoja[UnidadNueva], Depends(NUEVA)]
HojaDeDatos = Annotated[Hoja[DatosDeUnidad], Depends(DATOS)]
HojaDeActividad = Annotated[Hoja[CambioDeActividad], Depends(ACTIVIDAD)]
HojaDePresentacion = Annotated[Hoja[Declaracion], Depends(PRESENTACION)]
HojaDeCancelacion = Annotated[Hoja[MotivoEntrada], Depends(CANCELACION)]
HojaDeRetomar = Annotated[Hoja[Nada], Depends(RETOMAR)]

# --- The regulator ---------------------------------------------------------------------------------------


class MotivoDeDecision(BaseModel):
    """Why; the use case says when it is needed."""

    motivo: str = ""


class DecisionDeHabilitacion(BaseModel):
    norma: str
    desde: date | None = None
    hasta: date | None = None
    motivo: str
    otorgar: bool
    rechazar: bool
    suspender: bool


DECISION = Formulario(
    "registro.decision",
    MotivoDeDecision,
    campos.area("motivo", _l("Motivo"), opcional=True, vacio="", filas=3, maximo=2000),
    parcial=True,
)
"""One for each decision (`de` says which), on the version of the unit that was looked at."""
HABILITACION = Formulario(
    "registro.decision.habilitacion",
    DecisionDeHabilitacion,
    campos.seleccion("norma", _l("Norma"), opcional=True, vacio="", elija=_l("Elija una norma")),
    campos.fecha("desde", _l("Desde"), opcional=True),
    campos.fecha("hasta", _l("Último día"), opcional=True),
    campos.area("motivo", _l("Motivo"), opcional=True, vacio="", filas=2, maximo=2000),
    campos.boton("otorgar"),
    campos.boton("rechazar"),
    campos.boton("suspender"),
)
"""One for each quality; `de` says which."""


class DatosRectificados(BaseModel):
    """What identifies a registered unit, as it should be, and why."""

    denominacion: str = ""
    nombre_comercial: str = ""
    identificadores: dict[str, str] = {}
    motivo: str = ""


RECTIFICACION = Formulario(
    "registro.rectificacion",
    DatosRectificados,
    campos.texto("denominacion", _l("Nombre de la unidad"), maximo=200),
    _nombre_comercial(),
    *(
        campos.texto(
            f"identificadores.{e.codigo}", e.nombre, ancho="medio", maximo=40, opcional=True, vacio=""
        )
        for e in ESQUEMAS.values()
    ),
    campos.area(
        "motivo",
        _l("¿Por qué se rectifica?"),
        ayuda=_l("Queda en la historia de la unidad, y se avisa a quienes la representan."),
        filas=3,
        maximo=2000,
        falta=_l("Escriba por qué se rectifica: lo leerá la unidad."),
    ),
    parcial=True,
)

HojaDeRectificacion = Annotated[Hoja[DatosRectificados], Depends(RECTIFICACION)]
HojaDeDecision = Annotated[Hoja[MotivoDeDecision], Depends(DECISION)]
HojaDeHabilitacion = Annotated[Hoja[DecisionDeHabilitacion], Depends(HABILITACION)]
