"""The lines of a plan as a sheet: read, with a reason for each that will not do, and written."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session

from empresa_digital.registro import lugares, municipios
from feria_inversa.plan.consultas import lineas_de, modalidades_de
from feria_inversa.plan.errores import ArchivoDePlanInvalido
from feria_inversa.plan.esquemas import LINEAS_MAXIMAS, Cambio, LineaEntrada
from feria_inversa.plan.lineas import Exigencias
from feria_inversa.plan.modelos import Linea
from feria_inversa.precios import UNIDADES
from feria_inversa.reglas.modelos import Modalidad
from nucleo.archivos import Recibido
from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.tablas import Fila, Mala, abrir_tabla, celda, escribir_tabla
from nucleo.errores import DatosInvalidos
from nucleo.lectores import (
    Ilegible,
    Preciso,
    en_cifras,
    leer_cantidad,
    leer_entero,
    leer_linea,
    leer_monto,
    limpiar,
    para_escribir,
    sin_acentos,
)
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

BYTES_MAXIMOS = 1024 * 1024
COLUMNAS = (
    "numero",
    "revision",
    "objeto",
    "categoria",
    "modalidad",
    "mes",
    "monto",
    "partida",
    "fuente",
    "organismo",
    "familia",
    "cantidad",
    "unidad_medida",
    "unidad_texto",
    "municipio",
)
PUEDEN_FALTAR = tuple(c for c in COLUMNAS if c not in ("objeto", "mes", "monto", "partida"))
MESES = (
    _l("enero"),
    _l("febrero"),
    _l("marzo"),
    _l("abril"),
    _l("mayo"),
    _l("junio"),
    _l("julio"),
    _l("agosto"),
    _l("septiembre"),
    _l("octubre"),
    _l("noviembre"),
    _l("diciembre"),
)
_PALABRAS: Mapping[str, str] = {
    "objeto": _l("El objeto tiene de 5 a 1.000 letras."),
    "categoria": _l("La categoría es bienes, servicios, obras o consultoría."),
    "modalidad": _l("La modalidad es un código como CM, ANPE o LP."),
    "mes": _l("El mes es un número del 1 al 12, o su nombre."),
    "monto": _l("Escriba el monto referencial, en bolivianos."),
    "partida": _l("La partida tiene cinco números."),
    "fuente": _l("La fuente tiene dos números."),
    "organismo": _l("El organismo tiene tres números."),
    "familia": _l("La familia de UNSPSC tiene cuatro números."),
    "cantidad": _l("La cantidad es un número mayor que cero, con hasta cuatro decimales."),
    "unidad_medida": _l(
        "La unidad de medida es de la lista: pieza, caja, kilogramo, servicio…"
        " Si no está, escríbala en unidad_texto."
    ),
    "unidad_texto": _l("La unidad que no está en la lista se escribe en letras, hasta 60."),
    "municipio": _l("El municipio se escribe con su departamento («Uyuni, Potosí»), o es su código INE."),
    "numero": _l("El número es el de una línea del plan; déjelo vacío para añadir otra."),
    "revision": _l("La revisión es un número: el que trae la planilla del plan."),
}


def leer_archivo(sesion: Session, recibido: Recibido, estan: Mapping[int, int]) -> list[Cambio]:
    """What a sheet says to add and, of the lines whose number it gives, to change: those that are there
    (`estan`: the revision of each, which the sheet says as it was when it was downloaded). With one error
    nothing of it is taken: the fields say each line that will not do, and why.

    Raises `ArchivoDePlanInvalido`.
    """
    try:
        tabla = abrir_tabla(
            recibido,
            COLUMNAS,
            numericas=("monto", "cantidad"),
            filas_maximas=LINEAS_MAXIMAS,
            bytes_maximos=BYTES_MAXIMOS,
            pueden_faltar=PUEDEN_FALTAR,
        )
    except TablaInvalida as error:
        raise ArchivoDePlanInvalido(error.detalle, campos={"archivo": error.detalle}) from error
    exigencias, municipios = Exigencias(sesion), _Municipios(sesion)
    cambios: list[Cambio] = []
    errores: dict[int, str] = {}
    vistas: dict[int, int] = {}
    for fila in tabla:
        if isinstance(fila, Mala):
            errores[fila.numero] = fila.texto
            continue
        try:
            cambio, revision = _leer(fila, municipios)
            assert cambio.linea is not None
            exigencias.datos(cambio.linea)
            if cambio.numero is not None:
                _exigir_numero(cambio.numero, vistas, fila.numero)
                _exigir_revision(cambio.numero, revision, estan)
        except Ilegible as error:
            errores[fila.numero] = str(error)
        except DatosInvalidos as error:
            errores[fila.numero] = error.detalle
        else:
            cambios.append(cambio)
    if errores:
        dice = _("%(n)s de %(total)s líneas tienen errores: no se aceptó ninguna. Corrija y suba otra vez.")
        raise ArchivoDePlanInvalido(
            dice % {"n": len(errores), "total": len(errores) + len(cambios)},
            campos={
                f"linea-{n}": _("Línea %(n)s: %(texto)s") % {"n": n, "texto": errores[n]}
                for n in sorted(errores)
            },
        )
    if not cambios:
        dice = _("El archivo no tiene líneas debajo del encabezado.")
        raise ArchivoDePlanInvalido(dice, campos={"archivo": dice})
    return cambios


def _exigir_numero(numero: int, vistas: dict[int, int], linea: int) -> None:
    """Once in the sheet. Raises `Ilegible`."""
    if numero in vistas:
        raise Ilegible(_("Repite el número de la línea %(n)s.") % {"n": vistas[numero]})
    vistas[numero] = linea


def _exigir_revision(numero: int, revision: int | None, estan: Mapping[int, int]) -> None:
    """One of the plan, as it was read. Raises `Ilegible`."""
    if numero not in estan:
        raise Ilegible(_("El plan no tiene la línea {}.").format(numero))
    if revision is None:
        raise Ilegible(_("Con su número la línea dice su revisión: use la planilla que se baja del plan."))
    if revision != estan[numero]:
        raise Ilegible(
            _("La línea {} cambió desde que bajó la planilla: bájela otra vez y repita su cambio.").format(
                numero
            )
        )


class _Municipios:
    """Those in force, by their code and by their name with that of the department."""

    def __init__(self, sesion: Session) -> None:
        nombres = lugares(sesion, [m.ine for m in municipios(sesion)])
        self._codigos = {_llano(nombre): ine for ine, nombre in nombres.items()}
        self._codigos |= {ine: ine for ine in nombres}

    def leer(self, texto: str) -> str:
        """The INE code. Raises `Ilegible`."""
        ine = self._codigos.get(_llano(texto))
        if ine is None:
            raise Ilegible(str(_PALABRAS["municipio"]))
        return ine


def _llano(nombre: str) -> str:
    return " ".join(sin_acentos(nombre).lower().replace(",", " ").split())


def _leer(fila: Fila, municipios: _Municipios) -> tuple[Cambio, int | None]:
    """Each column by its reader, and the revision that the line says. Raises `Ilegible` with all that is
    wrong in the line.
    """
    dichas: dict[str, Any] = {}
    faltas: list[str] = []
    for columna in COLUMNAS:
        if not fila.celdas[columna]:
            continue
        try:
            dichas[columna] = _LECTORES.get(columna, _leer_texto)(fila, columna)
        except Ilegible as error:
            faltas.append(_con_su_celda(fila, columna, error))
    try:
        if (donde := dichas.pop("municipio", None)) is not None:
            dichas["municipio_ine"] = municipios.leer(donde)
    except Ilegible as error:
        faltas.append(_con_su_celda(fila, "municipio", error))
    if faltas:
        raise Ilegible(" ".join(faltas))
    numero, revision = dichas.pop("numero", None), dichas.pop("revision", None)
    try:
        return Cambio(numero=numero, linea=LineaEntrada.model_validate(dichas)), revision
    except ValidationError as error:
        mal = dict.fromkeys(str(e["loc"][0]) for e in error.errors())
        raise Ilegible(" ".join(_con_su_celda(fila, columna) for columna in mal)) from error


def _con_su_celda(fila: Fila, columna: str, error: Ilegible | None = None) -> str:
    """What is wrong with a cell, and what was read in it; a reader that knows better says it itself."""
    dice = str(error) if isinstance(error, Preciso) else str(_PALABRAS[columna])
    visto = "".join(letra for letra in fila.celdas[columna] if letra.isprintable())[:20]
    if not visto:
        return dice
    return _("%(columna)s: %(dice)s Se leyó «%(visto)s».") % {
        "columna": columna,
        "dice": dice,
        "visto": visto,
    }


def _leer_texto(fila: Fila, columna: str) -> str:
    """What people wrote, perhaps copied from elsewhere: what nobody sees is dropped, as in a page."""
    return leer_linea(limpiar(fila.celdas[columna]))


def _leer_monto(fila: Fila, columna: str) -> Any:
    return fila.leer(columna, leer_monto)


def _leer_cantidad(fila: Fila, columna: str) -> Any:
    return fila.leer(columna, leer_cantidad)


def _leer_numero(fila: Fila, columna: str) -> int:
    return leer_entero(fila.celdas[columna])


def _leer_mes(fila: Fila, columna: str) -> int:
    escrito = sin_acentos(_leer_texto(fila, columna)).lower()
    if escrito == "setiembre":
        escrito = "septiembre"
    for n, nombre in enumerate(MESES, start=1):
        if escrito == sin_acentos(str(nombre)):
            return n
    return leer_entero(escrito)


def _leer_categoria(fila: Fila, columna: str) -> str:
    return sin_acentos(_leer_texto(fila, columna)).lower()


def _leer_codigo(fila: Fila, columna: str) -> str:
    return _leer_texto(fila, columna).upper()


def _leer_cifras(fila: Fila, columna: str) -> str:
    """A code whose first zeros a spreadsheet may have eaten is not guessed: it will not do."""
    return _leer_texto(fila, columna).replace(" ", "")


_LECTORES: Mapping[str, Callable[[Fila, str], Any]] = {
    "numero": _leer_numero,
    "revision": _leer_numero,
    "categoria": _leer_categoria,
    "modalidad": _leer_codigo,
    "mes": _leer_mes,
    "monto": _leer_monto,
    "partida": _leer_cifras,
    "fuente": _leer_cifras,
    "organismo": _leer_cifras,
    "familia": _leer_cifras,
    "cantidad": _leer_cantidad,
}


def plan_en_csv(sesion: Session, plan_id: UUID) -> bytes:
    """What is in a plan, in the columns in which it is read."""
    lineas = [linea for linea in lineas_de(sesion, plan_id) if not linea.retirada]
    modalidades = modalidades_de(sesion, lineas)
    donde = lugares(sesion, {linea.municipio_ine for linea in lineas})
    filas = [_fila(linea, modalidades, donde.get(linea.municipio_ine or "", "")) for linea in lineas]
    return escribir_tabla([COLUMNAS, *filas])


def halladas_en_csv(
    lineas: Sequence[Linea],
    modalidades: Mapping[UUID, Modalidad],
    de_quien: Mapping[UUID, tuple[str, str]],
    donde: Mapping[UUID, str],
) -> bytes:
    """Lines of many plans, each with its year, its plan's number and its entity (`de_quien`, by plan), and
    where it is delivered, also in the entity's own place.
    """
    filas = [
        (
            linea.gestion,
            *(celda(dicho) for dicho in de_quien[linea.plan_id]),
            *_fila(linea, modalidades, donde[linea.id]),
        )
        for linea in lineas
    ]
    return escribir_tabla([("gestion", "plan", "entidad", *COLUMNAS), *filas])


def _en_planilla(cantidad: Decimal | None) -> str:
    """With the decimal mark of the amounts, and never in three decimals, which could be thousands."""
    return "" if cantidad is None else para_escribir(cantidad).replace(",", ".")


def _fila(linea: Linea, modalidades: Mapping[UUID, Modalidad], donde: str) -> tuple[object, ...]:
    return (
        linea.numero,
        linea.revision,
        celda(linea.objeto),
        linea.categoria,
        modalidades[linea.modalidad_id].codigo,
        linea.mes,
        en_cifras(linea.monto.amount),
        linea.partida,
        linea.fuente or "",
        linea.organismo or "",
        linea.familia or "",
        _en_planilla(linea.cantidad),
        "" if linea.unidad_medida is None else UNIDADES[linea.unidad_medida].nombre,
        celda(linea.unidad_texto or ""),
        donde,
    )
