"""A file of history is taken in, some thousands of lines in each transaction, by COPY.

Where it is goes with the lines that are in, so that whoever is killed goes on there, and the same file again
does nothing. What a line says is known by its digest: said twice, in this file or another, it is in once.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from operator import itemgetter
from typing import Any, BinaryIO, NamedTuple, cast

import psycopg
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from feria_inversa.importar.bloqueos import bloquear_archivo
from feria_inversa.importar.celdas import NoSeEntiende
from feria_inversa.importar.errores import HistoriaCambiada, OtroLaImporta
from feria_inversa.importar.estados import VIDA_ARCHIVO, EstadoArchivo, Motivo, Que
from feria_inversa.importar.formatos import Dicho, Forma, dice_quien_atiende, forma_de
from feria_inversa.importar.modelos import Archivo
from feria_inversa.importar.origen import Examen, Origen, examinar, sin_danio
from feria_inversa.importar.registros import Ancho, Registro, como_se_ve, registros
from nucleo.actor import Actor, Autorizacion
from nucleo.arreglos import Int4s, Textos
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

LOTE = 5_000
LOTE_BYTES = 4 * 1024 * 1024
INTENTOS = 5
FUENTE = "SICOES"
Progreso = Callable[[int, int], None]
"""Bytes that are in, of how many."""


@dataclass(frozen=True, slots=True)
class Resumen:
    """What became of a file. `estaba`: it was in already, and nothing was done. `otro_visto`: it had begun as
    of another day or source than what is asked for now, and stays as it was."""

    archivo_id: int
    formato: str
    registros: int
    hechos: int
    repetidos: int
    ilegibles: int
    avisos: int
    terminado: bool
    fuente: str
    visto_en: date
    estaba: bool = False
    otro_visto: bool = False


def importar(
    origen: Origen,
    quien: Actor | Autorizacion,
    *,
    fuente: str | None = None,
    visto_en: date | None = None,
    progreso: Progreso = lambda _hecho, _total: None,
) -> Resumen:
    """Take in all of it, from where it was left. `visto_en`: the day on which what it says was seen; today.

    Raises `HistoriaIlegible`, `HistoriaCambiada`, `OtroLaImporta`.
    """
    marca = origen.marca()
    examen = examinar(origen)

    def sigue_igual() -> None:
        if origen.marca() != marca:
            raise HistoriaCambiada(
                _("El archivo cambió mientras se leía. Impórtelo otra vez cuando nadie lo esté escribiendo.")
            )

    with transaccion() as sesion:
        archivo, nuevo = anotar_archivo(sesion, quien, origen.nombre, examen, fuente, visto_en)
        id_, terminado = (
            cast(int, archivo.id),
            archivo.estado == EstadoArchivo.TERMINADO,
        )
        otro_visto = not nuevo and (
            visto_en not in (None, archivo.visto_en)
            or (fuente is not None and como_se_ve(fuente) != archivo.fuente)
        )
    if not terminado:
        with sin_danio(), origen.abrir() as flujo:
            for hecho in seguir(id_, flujo, sigue_igual):
                progreso(hecho, examen.bytes)
    with transaccion() as sesion:
        archivo = sesion.get_one(Archivo, id_)
        return resumen_de(archivo, estaba=terminado and not nuevo, otro_visto=otro_visto)


def anotar_archivo(
    sesion: Session,
    quien: Actor | Autorizacion,
    nombre: str,
    examen: Examen,
    fuente: str | None = None,
    visto_en: date | None = None,
) -> tuple[Archivo, bool]:
    """Its row, and whether it is new: the same bytes are one import, however they are called."""
    consulta = select(Archivo).where(
        Archivo.sha256 == examen.sha256, col(Archivo.estado) != EstadoArchivo.CORTADO
    )
    if (ya := sesion.exec(consulta).one_or_none()) is not None:
        return ya, False
    actor = quien.actor if isinstance(quien, Autorizacion) else quien
    archivo = Archivo(
        sha256=examen.sha256,
        nombre=como_se_ve(nombre)[:120],
        formato=examen.formato,
        fuente=como_se_ve(fuente or FUENTE),
        visto_en=visto_en or fecha_bolivia(ahora_bd(sesion)),
        bytes=examen.bytes,
        persona_id=actor.persona_id,
        quien=actor.nombre[:200],
    )
    try:
        with sesion.begin_nested():
            sesion.add(archivo)
    except IntegrityError:  # another began the same at this very moment
        return sesion.exec(consulta).one(), False
    hechos = {"sha256": examen.sha256, "formato": examen.formato, "bytes": examen.bytes}
    auditar(sesion, quien, "historia.importar", "feria_historia_archivo", archivo.id, hechos)
    return archivo, True


def resumen_de(archivo: Archivo, *, estaba: bool = False, otro_visto: bool = False) -> Resumen:
    return Resumen(
        cast(int, archivo.id),
        archivo.formato,
        archivo.registros,
        archivo.hechos,
        archivo.repetidos,
        archivo.ilegibles,
        archivo.avisos,
        archivo.estado == EstadoArchivo.TERMINADO,
        archivo.fuente,
        archivo.visto_en,
        estaba,
        otro_visto,
    )


def seguir(archivo_id: int, flujo: BinaryIO, sigue_igual: Callable[[], None] = lambda: None) -> Iterator[int]:
    """Take in a lot after another, each in its own transaction; after each, the bytes that are in.
    `sigue_igual` is asked of each, once it is read, and raises if it may not be what was examined.

    Raises `OtroLaImporta`: another process took its next lot.
    """
    with transaccion() as sesion:
        archivo = sesion.get_one(Archivo, archivo_id)
        desde, lineas = archivo.hasta_byte, archivo.hasta_linea
        forma = forma_de(archivo.formato, archivo.visto_en)
    primero = next(registros(flujo), None)
    sigue_igual()
    assert primero is not None
    cabeza = primero.celdas or []
    orden = forma.orden(cabeza)
    assert orden is not None
    ancho = Ancho(len(cabeza), dice_quien_atiende(cabeza))
    lector = _Lector(forma, orden, ancho)
    por_leer = registros(flujo, desde or primero.byte, lineas or primero.lineas, ancho)
    while True:
        with _sin_recoger():
            lote = lector.lote(por_leer)
            if lote is None:
                break
            sigue_igual()
            desde = _meter(archivo_id, desde, lector, lote)
            del lote  # before garbage is looked for again
        yield desde
    sigue_igual()
    yield _terminar(archivo_id)


@contextmanager
def _sin_recoger() -> Iterator[None]:
    """Without looking for cycles of garbage while there is a lot: it makes none, and its thousands of values,
    with all else that the process holds, are looked at again and again, for as long as to read them."""
    estaba = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if estaba:
            gc.enable()


# --- Reading ----------------------------------------------------------------------------------------------


class _Nota(NamedTuple):
    """A row of the report, but its file."""

    linea: int
    campo: str
    que: Que
    motivo: Motivo
    cuce: str | None
    texto: str
    otro_archivo_id: int | None = None
    otra_linea: int | None = None


@dataclass(slots=True)
class _Lote:
    """Some records, read: what each says, what there is to say of it, where they end."""

    byte: int = 0
    lineas: int = 0
    registros: int = 0
    ilegibles: int = 0
    dichos: list[tuple[int, Dicho]] = field(default_factory=list)
    notas: list[_Nota] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Lector:
    forma: Forma
    orden: Sequence[int]
    ancho: Ancho

    def lote(self, por_leer: Iterator[Registro]) -> _Lote | None:
        """The next lines, as many as fit in memory; None when none is left."""
        leidos: list[Registro] = []
        for registro in por_leer:
            leidos.append(registro)
            if len(leidos) == LOTE or registro.byte >= leidos[0].byte + LOTE_BYTES:
                break
        if not leidos:
            return None
        lote = _Lote(leidos[-1].byte, leidos[-1].lineas, len(leidos))
        enteros = [r.celdas is not None and len(r.celdas) == self.ancho.columnas for r in leidos]
        en_orden = itemgetter(*self.orden)
        filas = [en_orden(cast("list[str]", r.celdas)) for r in compress(leidos, enteros)]
        dichos = self.forma.leer(filas)
        for registro, entero in zip(leidos, enteros, strict=True):
            dicho = next(dichos) if entero else NoSeEntiende(Motivo.COLUMNAS)
            if isinstance(dicho, Dicho):
                self._anotar(lote, registro, dicho)
            else:
                self._anotar_ilegible(lote, registro, dicho)
        return lote

    def _anotar_ilegible(self, lote: _Lote, registro: Registro, error: NoSeEntiende) -> None:
        motivo, texto = error.motivo, como_se_ve(",".join((registro.celdas or [])[:20]))
        if registro.celdas is None:
            assert registro.motivo is not None
            motivo, texto = registro.motivo, registro.texto
        lote.ilegibles += 1
        dice = self._contable(texto)
        lote.notas.append(_Nota(registro.linea, "", Que.ILEGIBLE, motivo, None, dice))

    def _contable(self, texto: str) -> str:
        """What cannot be read may be who attends: it is not told what it said."""
        return "" if self.ancho.con_personas else texto

    def _anotar(self, lote: _Lote, registro: Registro, dicho: Dicho) -> None:
        linea, cuce = registro.linea, dicho.cuce
        lote.dichos.append((linea, dicho))
        if registro.motivo is not None:
            lote.notas.append(_Nota(linea, "", Que.AVISO, registro.motivo, cuce, ""))
        if dicho.notas:
            vistas = {nota.campo: nota for nota in reversed(dicho.notas)}  # the first of each column
            lote.notas += [
                _Nota(linea, n.campo, Que.AVISO, n.motivo, cuce, self._contable(n.texto))
                for n in vistas.values()
            ]


# --- Writing ----------------------------------------------------------------------------------------------


def _meter(archivo_id: int, desde: int, lector: _Lector, lote: _Lote) -> int:
    """In one transaction, the lines that say something new, what there is to say, and where it is now."""
    for intento in range(1, INTENTOS + 1):
        try:
            with transaccion() as sesion:
                archivo = bloquear_archivo(sesion, archivo_id)
                if archivo.hasta_byte != desde or archivo.estado != EstadoArchivo.EN_MARCHA:
                    raise OtroLaImporta
                _escribir(sesion, archivo, lector.forma, lote)
                return lote.byte
        except UniqueViolation:  # another file said the same a moment ago
            if intento == INTENTOS:
                raise
    raise AssertionError


def _escribir(sesion: Session, archivo: Archivo, forma: Forma, lote: _Lote) -> None:
    conexion = cast("psycopg.Connection[Any]", sesion.connection().connection.driver_connection)
    nuevos, notas = _separar(conexion, cast(int, archivo.id), forma, lote)
    with conexion.cursor() as cursor:
        campos = ("archivo_id", "linea", "huella", *forma.campos, "fallas")
        with cursor.copy(f"COPY {forma.tabla} ({', '.join(campos)}) FROM STDIN") as copia:
            for linea, d in nuevos:
                fallas = f"{{{','.join(d.fallas)}}}"
                copia.write_row((archivo.id, linea, d.huella, *d.valores, fallas))
        campos = ("archivo_id", *_Nota._fields)
        with cursor.copy(f"COPY feria_historia_linea ({', '.join(campos)}) FROM STDIN") as copia:
            for nota in notas:
                copia.write_row((archivo.id, *nota))
    archivo.hasta_byte, archivo.hasta_linea = lote.byte, lote.lineas
    archivo.registros += lote.registros
    archivo.hechos += len(nuevos)
    archivo.repetidos += len(lote.dichos) - len(nuevos)
    archivo.ilegibles += lote.ilegibles
    archivo.avisos += len({nota.linea for nota in notas if nota.que is Que.AVISO})
    archivo.avanzo_en = ahora_bd(sesion)
    sesion.flush()


_ESTABAN = """
    SELECT n, misma.archivo_id, misma.linea, otra.archivo_id, otra.linea
    FROM unnest(%s::varchar[], %s::integer[], %s::uuid[]) WITH ORDINALITY AS p (cuce, numero, huella, n)
    JOIN LATERAL (
        SELECT archivo_id, linea FROM {tabla} t WHERE t.cuce = p.cuce {numero}
        ORDER BY archivo_id, linea LIMIT 1
    ) otra ON true
    LEFT JOIN LATERAL (
        SELECT archivo_id, linea FROM {tabla} t WHERE t.cuce = p.cuce {numero} AND t.huella = p.huella
    ) misma ON true
"""
_Donde = tuple[int, int]
"""A file and a line."""
_DEL_MISMO_NUMERO = "AND t.numero IS NOT DISTINCT FROM p.numero"


def _separar(
    conexion: "psycopg.Connection[Any]", archivo_id: int, forma: Forma, lote: _Lote
) -> tuple[list[tuple[int, Dicho]], list[_Nota]]:
    """What says something new, and what there is to say of the lot: also what was said before, and where."""
    estaban = _estaban(conexion, forma, lote)
    iguales: dict[tuple[str, int | None, str], int] = {}
    otras: dict[tuple[str, int | None], int] = {}
    nuevos: list[tuple[int, Dicho]] = []
    notas: list[_Nota] = []
    repetidas: set[int] = set()
    for i, (linea, d) in enumerate(lote.dichos):
        clave, parte = (d.cuce, d.numero, d.huella), (d.cuce, d.numero)
        igual, otra = estaban.get(i, (None, None))
        igual = igual or ((archivo_id, iguales[clave]) if clave in iguales else None)
        otra = otra or ((archivo_id, otras[parte]) if parte in otras else None)
        iguales.setdefault(clave, linea)
        otras.setdefault(parte, linea)
        if igual is not None:
            repetidas.add(linea)
            notas.append(_Nota(linea, "", Que.REPETIDO, Motivo.REPETIDO, d.cuce, "", *igual))
            continue
        nuevos.append((linea, d))
        if otra is not None:
            notas.append(_Nota(linea, "", Que.AVISO, Motivo.OTRA_VERSION, d.cuce, "", *otra))
    notas += [nota for nota in lote.notas if nota.linea not in repetidas]
    return nuevos, notas


def _estaban(
    conexion: "psycopg.Connection[Any]", forma: Forma, lote: _Lote
) -> dict[int, tuple[_Donde | None, _Donde | None]]:
    """Of those whose process (or part of it) is in, by their place in the lot: where the very same is, and
    where the first one."""
    consulta = _ESTABAN.format(tabla=forma.tabla, numero=_DEL_MISMO_NUMERO if forma.con_numero else "")
    arreglos = (
        Textos([d.cuce for _l, d in lote.dichos]),
        Int4s([d.numero for _l, d in lote.dichos]),
        Textos([d.huella for _l, d in lote.dichos]),
    )
    return {
        n - 1: ((ya, ya_linea) if ya else None, (otro, otra_linea))
        for n, ya, ya_linea, otro, otra_linea in conexion.execute(consulta, arreglos)
    }


def _terminar(archivo_id: int) -> int:
    """All of it is in; blank lines may have been left at its end."""
    with transaccion() as sesion:
        archivo = bloquear_archivo(sesion, archivo_id)
        if archivo.estado == EstadoArchivo.EN_MARCHA:
            archivo.hasta_byte = archivo.bytes
            archivo.terminado_en = archivo.avanzo_en = ahora_bd(sesion)
            VIDA_ARCHIVO.pasar(archivo, EstadoArchivo.TERMINADO)
        return archivo.bytes
