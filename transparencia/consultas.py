"""Reads of what is published."""

from collections.abc import Mapping

from sqlmodel import Session, select

from constancia import hoja_de_archivos
from nucleo.archivos import Huella, huellas_de
from nucleo.dcat import Archivo, Conjunto, Edicion, conjuntos
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _
from transparencia.errores import ConjuntoNoEncontrado
from transparencia.modelos import TablaPublicada

ARCHIVO, TIPO = "datos.csv", "text/csv"


def pagina_de(conjunto: str) -> str:
    """Where a dataset is found, as the public log says it."""
    return f"datos/{conjunto}"


def publicados(sesion: Session) -> dict[Conjunto, list[Edicion]]:
    """Each dataset with its editions, the newest first; none where nothing was published yet."""
    filas = list(sesion.exec(select(TablaPublicada)))
    huellas = huellas_de(sesion, [fila.archivo_id for fila in filas])
    tablas = {fila.conjunto: _edicion(fila, huellas[fila.archivo_id]) for fila in filas}
    return {c: _ediciones(sesion, c, tablas) for c in conjuntos().values()}


def publicado(sesion: Session, id_: str) -> tuple[Conjunto, list[Edicion]]:
    """A dataset with its editions. Raises `ConjuntoNoEncontrado`."""
    conjunto = _conjunto(id_)
    tablas = {}
    if conjunto.tabla and (fila := _fila(sesion, id_)):
        tablas[id_] = _edicion(fila, huellas_de(sesion, [fila.archivo_id])[fila.archivo_id])
    return conjunto, _ediciones(sesion, conjunto, tablas)


def tabla_publicada(sesion: Session, id_: str) -> tuple[Conjunto, TablaPublicada]:
    """A dataset that is one table, with its file. Raises `ConjuntoNoEncontrado`."""
    conjunto = _conjunto(id_)
    fila = _fila(sesion, id_)
    if fila is None:
        raise ConjuntoNoEncontrado
    return conjunto, fila


def _conjunto(id_: str) -> Conjunto:
    conjunto = conjuntos().get(id_)
    if conjunto is None:
        raise ConjuntoNoEncontrado
    return conjunto


def _fila(sesion: Session, id_: str) -> TablaPublicada | None:
    return sesion.exec(select(TablaPublicada).where(TablaPublicada.conjunto == id_)).one_or_none()


def _ediciones(sesion: Session, conjunto: Conjunto, tablas: Mapping[str, Edicion]) -> list[Edicion]:
    if conjunto.ediciones:
        return conjunto.ediciones(sesion)
    return [tablas[conjunto.id]] if conjunto.id in tablas else []


def _edicion(fila: TablaPublicada, huella: Huella) -> Edicion:
    archivo = Archivo(
        ruta=f"{pagina_de(fila.conjunto)}/{ARCHIVO}",
        titulo=_("Tabla CSV"),
        tipo=TIPO,
        bytes=huella.tamano,
        sha256=huella.sha256,
    )
    return Edicion(
        id=fila.conjunto,
        titulo=filtro_fecha(fila.hecha_en),
        desde=fila.desde,
        hasta=fila.hasta,
        hecha_en=fila.hecha_en,
        archivos=(archivo,),
        hoja=hoja_de_archivos(pagina_de(fila.conjunto), {ARCHIVO: huella.sha256}),
    )
