"""The forms of who supervises payments: what each asks for, in which words."""

from datetime import date, datetime, time
from typing import Annotated, Any

from fastapi import Depends
from pydantic import BaseModel

from nucleo.dinero import Dinero
from nucleo.formularios import Campo, Formulario, Hoja, Nada, campos
from nucleo.lectores import Entero, Fecha, escrito, leer_porcentaje
from nucleo.reloj import ZONA
from nucleo.textos import perezoso as _l
from pagos.libro import NIVELES
from pagos.supervision.reglas import OPERACIONES


class Motivo(BaseModel):
    motivo: str


class NuevoLimite(BaseModel):
    nivel: Entero
    direccion: Annotated[str, escrito(20)]
    por_transaccion: Dinero | None = None
    por_dia: Dinero | None = None
    por_mes: Dinero | None = None
    cantidad_dia: Entero | None = None
    cantidad_mes: Entero | None = None
    cantidad_rapida: Entero | None = None
    minutos_rapidez: Entero | None = None
    vigente_desde: Fecha | None = None
    norma: Annotated[str, escrito(300)]
    confirmado: bool = False

    def valores(self) -> dict[str, Any]:
        """What `agregar_limite` takes."""
        datos = dict(self)
        datos["ventana_min"] = datos.pop("minutos_rapidez")
        return datos | {"vigente_desde": comienzo(self.vigente_desde)}


class NuevaComision(BaseModel):
    """`tasa` and `impuesto` in hundredths of a percent."""

    operacion: str
    tasa: int | None = None
    fijo: Dinero | None = None
    minimo: Dinero | None = None
    maximo: Dinero | None = None
    impuesto: int | None = None
    comision_desde: date | None = None
    norma_comision: str


class NuevaRegla(BaseModel):
    ventana_min: int
    pagos_max: int
    nuevas_max: int
    norma_velocidad: str


def comienzo(dia: date | None) -> datetime | None:
    """Midnight in Bolivia of that day; None (now) without one."""
    return None if dia is None else datetime.combine(dia, time.min, ZONA)


def leer_puntos(texto: str) -> int:
    """A percentage as people type it (`1,5`) in hundredths of a percent."""
    return int(leer_porcentaje(texto) * 100)


def _monto(nombre: str, etiqueta: str) -> Campo:
    return campos.dinero(nombre, etiqueta, ancho="", opcional=True)


def _cuantas(nombre: str, etiqueta: str, maximo: int, **palabras: Any) -> Campo:
    return campos.entero(nombre, etiqueta, minimo=1, maximo=maximo, opcional=True, **palabras)


def _porcentaje(nombre: str, etiqueta: str) -> Campo:
    return campos.texto(
        nombre, etiqueta, lector=leer_puntos, sufijo="%", modo="decimal", maximo=6, opcional=True
    )


def _desde(nombre: str) -> Campo:
    ayuda = _l("A la medianoche de ese día en Bolivia. Vacío: desde ahora.")
    return campos.fecha(nombre, _l("Rige desde"), ancho="", ayuda=ayuda, opcional=True)


MOTIVO = Formulario(
    "pagos.congelamiento",
    Motivo,
    campos.texto(
        "motivo",
        _l("Motivo"),
        ayuda=_l("El titular lo lee en su buzón."),
        falta=_l("Escriba el motivo, en hasta 300 letras."),
        maximo=300,
    ),
)
LIMITE = Formulario(
    "pagos.limite",
    NuevoLimite,
    campos.seleccion(
        "nivel",
        _l("De quién"),
        opciones=NIVELES.items,
        elija=_l("Elija un nivel de identidad o una clase de unidad"),
        falta=_l("Elija un nivel de identidad o una clase de unidad."),
    ),
    campos.opciones(
        "direccion",
        _l("Para"),
        opciones=[("salida", _l("Enviar y pagar")), ("entrada", _l("Recibir"))],
        falta=_l("Elija si es para enviar o para recibir."),
    ),
    _monto("por_transaccion", _l("Por operación")),
    _monto("por_dia", _l("Por día")),
    _monto("por_mes", _l("Por mes")),
    _cuantas("cantidad_dia", _l("Operaciones por día"), 1_000_000),
    _cuantas("cantidad_mes", _l("Operaciones por mes"), 1_000_000),
    _cuantas(
        "cantidad_rapida",
        _l("Pagos seguidos que se permiten"),
        1_000,
        ayuda=_l("Más rápido que esto, el pago se rechaza con su motivo. Solo para enviar y pagar."),
    ),
    _cuantas("minutos_rapidez", _l("En cuántos minutos"), 1_440, sufijo=_l("minutos")),
    _desde("vigente_desde"),
    campos.texto(
        "norma",
        _l("Norma"),
        ayuda=_l("Por ejemplo: Resolución 012/2026, artículo 4."),
        falta=_l("Escriba la norma que lo dispone, en hasta 300 letras."),
        maximo=300,
    ),
    campos.casilla("confirmado", _l("Cotejé los valores con el texto de la norma")),
)
COMISION = Formulario(
    "pagos.comision",
    NuevaComision,
    campos.seleccion(
        "operacion",
        _l("Quién la paga"),
        opciones=OPERACIONES,
        elija=_l("Elija una operación"),
        falta=_l("Elija qué operación paga la comisión."),
    ),
    _porcentaje("tasa", _l("Porcentaje")),
    _monto("fijo", _l("Parte fija")),
    _monto("minimo", _l("Comisión mínima")),
    _monto("maximo", _l("Comisión máxima")),
    _porcentaje("impuesto", _l("IVA incluido en la comisión")),
    _desde("comision_desde"),
    campos.texto(
        "norma_comision",
        _l("Norma"),
        ayuda=_l("Por ejemplo: Resolución 012/2026, artículo 4."),
        falta=_l("Escriba la norma que la dispone, en hasta 300 letras."),
        maximo=300,
    ),
)
VELOCIDAD = Formulario(
    "pagos.velocidad",
    NuevaRegla,
    campos.entero("ventana_min", _l("Ventana"), minimo=1, maximo=1_440, sufijo=_l("minutos")),
    campos.entero("pagos_max", _l("Pagos permitidos"), minimo=1, maximo=10_000),
    campos.entero("nuevas_max", _l("Cuentas nuevas permitidas"), minimo=1, maximo=10_000),
    campos.texto(
        "norma_velocidad", _l("Por qué"), falta=_l("Escriba por qué, en hasta 300 letras."), maximo=300
    ),
)
PASO = Formulario("pagos.paso", Nada)

HojaDeMotivo = Annotated[Hoja[Motivo], Depends(MOTIVO)]
HojaDeLimite = Annotated[Hoja[NuevoLimite], Depends(LIMITE)]
HojaDeComision = Annotated[Hoja[NuevaComision], Depends(COMISION)]
HojaDeVelocidad = Annotated[Hoja[NuevaRegla], Depends(VELOCIDAD)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
