"""The four tables of a rate sheet as files: services, places, routes, prices. Each reads what it writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

from envios.tarifas import columnas as c
from envios.tarifas.columnas import Columna
from envios.tarifas.errores import TarifasInvalidas
from envios.tarifas.modelos import Banda, Lugar, Ruta, Servicio
from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tablas import Dialecto, Fila, escribir_tabla, leer_tabla
from nucleo.dinero import bs
from nucleo.lectores import Ilegible
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

LINEAS_MAXIMAS = 10_000
BYTES_MAXIMOS = 2 * 1024 * 1024
ERRORES_MOSTRADOS = 100
CORTE = time(16, 0)
LABORABLES = 0b0011111


class Que(StrEnum):
    """Which table of a rate sheet."""

    SERVICIOS = "servicios"
    LUGARES = "lugares"
    RUTAS = "rutas"
    PRECIOS = "precios"

    @property
    def texto(self) -> str:
        return str(_NOMBRES[self])


_NOMBRES = {
    Que.SERVICIOS: _l("Servicios"),
    Que.LUGARES: _l("Lugares y zonas"),
    Que.RUTAS: _l("Rutas y días"),
    Que.PRECIOS: _l("Precios por peso"),
}


@dataclass(frozen=True, slots=True)
class Forma:
    """How a table is written: its columns in order, the first `clave` of which tell its lines apart."""

    modelo: type[Any]
    clave: int
    columnas: tuple[Columna, ...]

    @property
    def nombres(self) -> tuple[str, ...]:
        return tuple(columna.nombre for columna in self.columnas)

    def celdas(self, fila: Any) -> tuple[str, ...]:
        return tuple(columna.escribir(getattr(fila, columna.campo)) for columna in self.columnas)


_ESCALON = {"obligatoria": False}
FORMAS: Mapping[Que, Forma] = {
    Que.SERVICIOS: Forma(
        Servicio,
        1,
        (
            c.codigo("servicio", "codigo"),
            c.texto("nombre", 60),
            c.indicador("indicador"),
            c.entrega("entrega"),
            c.entero("cm3_por_kg", 1000, 20_000),
            c.kilos("peso_maximo_kg", "peso_maximo_g"),
            c.entero("lado_maximo_cm", 1, 1000),
            c.entero("suma_maxima_cm", 1, 3000),
            c.porcentaje("seguro_pct", "seguro_pb"),
            c.monto("seguro_minimo"),
            c.monto("valor_maximo"),
            c.porcentaje("contra_entrega_pct", "contra_entrega_pb", obligatoria=False),
            c.monto("contra_entrega_minimo", obligatoria=False),
            c.monto("recojo", obligatoria=False),
        ),
    ),
    Que.LUGARES: Forma(
        Lugar,
        1,
        (
            c.lugar("lugar"),
            c.texto("zona", 30),
            c.hora("corte", obligatoria=False, vacio=CORTE),
            c.dias_de_la_semana("reparte", obligatoria=False, vacio=LABORABLES),
            c.monto("recargo", obligatoria=False, vacio=bs(0)),
            c.entero("dias_mas", 0, 60, obligatoria=False, vacio=0),
        ),
    ),
    Que.RUTAS: Forma(
        Ruta,
        3,
        (
            c.codigo("servicio"),
            c.texto("origen", 30),
            c.texto("destino", 30),
            c.texto("tarifa", 30),
            c.entero("dias", 0, 60),
        ),
    ),
    Que.PRECIOS: Forma(
        Banda,
        3,
        (
            c.codigo("servicio"),
            c.texto("tarifa", 30),
            c.kilos("hasta_kg", "hasta_g"),
            c.precio("precio"),
            c.kilos("paso_kg", "paso_g", **_ESCALON),
            c.monto("precio_paso", **_ESCALON),
        ),
    ),
}
# What the templates carry, to be written over.
EJEMPLOS: Mapping[Que, tuple[tuple[str, ...], ...]] = {
    Que.SERVICIOS: (
        (
            "ordinario",
            "Encomienda ordinaria",
            "CP",
            "agencia",
            "5000",
            "30",
            "120",
            "250",
            "1,00",
            "2,00",
            "5000,00",
            "2,00",
            "5,00",
            "",
        ),
        (
            "expreso",
            "Expreso a domicilio",
            "EE",
            "puerta",
            "5000",
            "20",
            "100",
            "200",
            "1,50",
            "3,00",
            "10000,00",
            "2,50",
            "6,00",
            "10,00",
        ),
    ),
    Que.LUGARES: (
        ("020101 La Paz, La Paz", "eje", "17:00", "lu-sa", "0,00", "0"),
        ("05 Potosí", "interior", "16:00", "lu-vi", "0,00", "0"),
        ("051201 Uyuni, Potosí", "interior", "12:00", "ma, vi", "8,00", "1"),
    ),
    Que.RUTAS: (
        ("ordinario", "eje", "eje", "local", "1"),
        ("ordinario", "eje", "interior", "nacional", "3"),
        ("expreso", "eje", "eje", "rapida", "1"),
    ),
    Que.PRECIOS: (
        ("ordinario", "local", "1", "10,00", "", ""),
        ("ordinario", "local", "30", "10,00", "1", "2,50"),
        ("ordinario", "nacional", "1", "18,00", "", ""),
        ("ordinario", "nacional", "30", "18,00", "0,5", "3,00"),
        ("expreso", "rapida", "20", "15,00", "1", "5,00"),
    ),
}


@dataclass(frozen=True, slots=True)
class TablaLeida:
    """The lines of a table as values of its columns, and how the file is written."""

    filas: list[dict[str, Any]]
    dialecto: Dialecto


def leer(que: Que, recibido: Recibido, lugares: Mapping[str, str]) -> TablaLeida:
    """A file whole, or nothing of it. `lugares` are the places that there are, `{code: name}`.

    Raises `TarifasInvalidas`, whose `campos` name each wrong line.
    """
    forma = FORMAS[que]
    try:
        tabla = leer_tabla(
            recibido,
            forma.nombres,
            numericas=[columna.nombre for columna in forma.columnas if columna.numerica],
            filas_maximas=LINEAS_MAXIMAS,
            bytes_maximos=BYTES_MAXIMOS,
        )
    except TablaInvalida as error:
        raise TarifasInvalidas(error.detalle, campos={"archivo": error.detalle}) from error
    filas, errores = _leer_filas(forma, tabla.filas, lugares)
    errores |= tabla.errores
    if not filas and not errores:
        texto = _("El archivo no tiene líneas debajo del encabezado.")
        raise TarifasInvalidas(texto, campos={"archivo": texto})
    if errores:
        raise _con_errores(errores, len(filas))
    if que is Que.PRECIOS:
        _encadenar(filas)
    return TablaLeida(filas, tabla.dialecto)


def _con_errores(errores: Mapping[int, str], bien: int) -> TarifasInvalidas:
    numeros = sorted(errores)
    campos = {
        f"linea-{n}": _("Línea %(n)s: %(texto)s") % {"n": n, "texto": errores[n]}
        for n in numeros[:ERRORES_MOSTRADOS]
    }
    detalle = _("%(n)s de %(total)s líneas tienen errores: no se cambió nada. Corrija y suba otra vez.")
    return TarifasInvalidas(detalle % {"n": len(errores), "total": len(errores) + bien}, campos=campos)


def _leer_filas(
    forma: Forma, filas: Sequence[Fila], lugares: Mapping[str, str]
) -> tuple[list[dict[str, Any]], dict[int, str]]:
    leidas: list[dict[str, Any]] = []
    errores: dict[int, str] = {}
    vistas: dict[tuple[Any, ...], int] = {}
    claves = [columna.campo for columna in forma.columnas[: forma.clave]]
    for fila in filas:
        try:
            leida = _leer_fila(forma, fila, lugares)
        except Ilegible as error:
            errores[fila.numero] = str(error)
            continue
        clave = tuple(leida[campo] for campo in claves)
        antes = vistas.setdefault(clave, fila.numero)
        if antes != fila.numero:
            errores[fila.numero] = _("Repite la línea %(n)s.") % {"n": antes}
            continue
        leidas.append(leida)
    return leidas, errores


def _leer_fila(forma: Forma, fila: Fila, lugares: Mapping[str, str]) -> dict[str, Any]:
    leida: dict[str, Any] = {}
    faltas: list[str] = []
    for columna in forma.columnas:
        celda = fila.celdas[columna.nombre]
        if not celda:
            leida[columna.campo] = columna.vacio
            if columna.obligatoria:
                faltas.append(_("Falta «%(columna)s».") % {"columna": columna.nombre})
            continue
        try:
            leida[columna.campo] = columna.leer(fila, columna.nombre, lugares)
        except Ilegible as error:
            visto = "".join(letra for letra in celda if letra.isprintable())[:30]
            faltas.append(f"{columna.nombre} «{visto}»: {error}")
    for una, otra in (("paso_g", "precio_paso"), ("contra_entrega_pb", "contra_entrega_minimo")):
        if (leida.get(una) is None) != (leida.get(otra) is None):
            nombres = {columna.campo: columna.nombre for columna in forma.columnas}
            pareja = {"una": nombres[una], "otra": nombres[otra]}
            faltas.append(_("Escriba «%(una)s» y «%(otra)s», o deje los dos vacíos.") % pareja)
    if faltas:
        raise Ilegible(" ".join(faltas))
    return leida


def _encadenar(filas: list[dict[str, Any]]) -> None:
    """In order, each band from where the one before it ends: no gap can be written."""
    filas.sort(key=itemgetter("servicio", "tarifa", "hasta_g"))
    for _clave, suyas in groupby(filas, key=itemgetter("servicio", "tarifa")):
        desde: int | None = None
        for fila in suyas:
            fila["desde_g"], desde = desde, fila["hasta_g"]


def escribir(que: Que, filas: Iterable[Sequence[str]]) -> bytes:
    """A CSV that a spreadsheet opens and `leer` takes back: semicolons, decimal comma, a mark of UTF-8."""
    return escribir_tabla([FORMAS[que].nombres, *filas])
