"""What an operator sends in its own format becomes events, each line with its own result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.eventos import (
    LOTE_MAXIMO,
    Fuente,
    Resultado,
    ResultadoEvento,
    ficha,
    registrar_eventos,
)
from envios.integraciones import hoja, mensajes, propio
from envios.integraciones.traducir import Leido
from nucleo.actor import Actor
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tablas import celda, escribir_tabla
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class Formato(StrEnum):
    """Ours, and those of the operators that have their own."""

    QHATU = "qhatu"
    HOJA = "hoja"
    MENSAJES = "mensajes"


FORMATOS: dict[Formato, Callable[[Recibido], list[Leido]]] = {
    Formato.QHATU: propio.leer,
    Formato.HOJA: hoja.leer,
    Formato.MENSAJES: mensajes.leer,
}

RESULTADOS: Mapping[Resultado, str] = {
    Resultado.REGISTRADO: _l("registrado"),
    Resultado.REPETIDO: _l("ya estaba registrado"),
    Resultado.RECHAZADO: _l("rechazado"),
}


@dataclass(frozen=True, slots=True)
class Linea:
    """What became of a line. `desconocido`: its code is in no table, and was kept as it came."""

    numero: int
    resultado: Resultado
    envio: str | None = None
    evento: str | None = None
    desconocido: bool = False
    codigo: str | None = None
    detalle: str | None = None


def recibir_archivo(
    sesion: Session, actor: Actor, operador_unidad_id: UUID, formato: Formato, recibido: Recibido
) -> list[Linea]:
    """Record what a file or an answer says, in any order and as often as it comes.

    Raises `SinFacultad`, `SinHabilitacion`, and `TablaInvalida` or `DatosInvalidos` (it is not that format).
    """
    exigir_facultad(sesion, actor, operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO)
    leidas = FORMATOS[formato](recibido)
    lineas = {n.numero: Linea(n.numero, Resultado.RECHAZADO, detalle=n.error) for n in leidas if n.error}
    buenas = [leida for leida in leidas if leida.evento is not None]
    for desde in range(0, len(buenas), LOTE_MAXIMO):
        lote = buenas[desde : desde + LOTE_MAXIMO]
        eventos = [leida.evento for leida in lote if leida.evento is not None]
        hechos = registrar_eventos(sesion, actor, operador_unidad_id, eventos, Fuente.LOTE)
        for leida, hecho in zip(lote, hechos, strict=True):
            lineas[leida.numero] = _linea(leida, hecho)
    return [lineas[numero] for numero in sorted(lineas)]


def _linea(leida: Leido, hecho: ResultadoEvento) -> Linea:
    assert leida.evento is not None
    return Linea(
        numero=leida.numero,
        resultado=hecho.resultado,
        envio=hecho.envio.numero if hecho.envio else leida.evento.numero,
        evento=leida.evento.codigo,
        desconocido=ficha(leida.evento.codigo) is None,
        codigo=hecho.error.codigo if hecho.error else None,
        detalle=hecho.error.detalle if hecho.error else None,
    )


def resultado_en_csv(lineas: Sequence[Linea]) -> bytes:
    """What became of each line, in words, as a spreadsheet opens it."""
    titulos = (_("línea"), _("envío"), _("suceso"), _("resultado"), _("detalle"))
    return escribir_tabla([titulos, *(_en_celdas(linea) for linea in lineas)])


def _en_celdas(linea: Linea) -> tuple[object, ...]:
    dicho = (linea.envio or "", linea.evento or "", RESULTADOS[linea.resultado], linea.detalle or "")
    return (linea.numero, *(celda(str(texto)) for texto in dicho))


def plantilla() -> bytes:
    """The heading of our sheet with two lines to write over."""
    return escribir_tabla((propio.COLUMNAS, *propio.EJEMPLOS))
