"""The files of the processes published in a month, of an entity or of all.

A process is in the files of one month, that in which it was published, with all that became of it: a month
that is over gets no more processes, and is made again when one of its own goes on.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date, datetime, timedelta
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import Row, and_, select, text
from sqlmodel import Session, col

from constancia import anotar_archivos
from empresa_digital.registro import unidad_por_id
from feria_inversa.datos_abiertos.bloqueos import mes_si_libre
from feria_inversa.datos_abiertos.escribir import Clase, Escrito, escribir
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, MesOcds, ReleaseOcds
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.archivos import guardar, huellas_de, soltar
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia

EN_CURSO_MINUTOS = 60
"""The files of the month in course are made again after so long; those of a month that is over, next day."""
LOTE = 1_000
_A_LA_VEZ = 50

_POR_HACER = text("""
    SELECT p.mes, p.unidad_id FROM (
        SELECT d.mes, d.unidad_id, count(*) AS procesos, sum(d.secuencia) AS publicaciones FROM (
            SELECT date_trunc('month', c.publicado_en AT TIME ZONE 'America/La_Paz')::date AS mes,
                c.unidad_id, o.secuencia
            FROM feria_ocds_compilado o JOIN feria_convocatoria c ON c.id = o.convocatoria_id
        ) d GROUP BY GROUPING SETS ((d.mes, d.unidad_id), (d.mes))
    ) p LEFT JOIN feria_ocds_mes m ON m.mes = p.mes AND m.unidad_id IS NOT DISTINCT FROM p.unidad_id
    WHERE m.id IS NULL OR (m.procesos, m.publicaciones) <> (p.procesos, p.publicaciones) AND m.hecho_en
        < CASE WHEN m.mes >= :este THEN nucleo_ahora() - interval '1 minute' * :minutos ELSE :hoy END
    ORDER BY random() LIMIT :lote
""")


def primer_dia(dia: date) -> date:
    return dia.replace(day=1)


def en_curso(mes: date) -> bool:
    """Whether more processes may still be published in it."""
    return mes >= primer_dia(fecha_bolivia())


def pagina_de(mes: date, entidad: str | None) -> str:
    """Where the files of a month are found, of all or of an entity (its number): so the public log has it."""
    return f"feria/datos-abiertos/meses?mes={mes:%Y-%m}{f'&entidad={entidad}' if entidad else ''}"


def por_hacer(sesion: Session) -> list[tuple[date, UUID | None]]:
    """Months, each of an entity or of all, that have no files or whose files are behind, in any order: what
    fails each time keeps nobody waiting."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    valores = {
        "este": primer_dia(hoy),
        "hoy": datetime(hoy.year, hoy.month, hoy.day, tzinfo=ZONA),
        "minutos": EN_CURSO_MINUTOS,
        "lote": LOTE,
    }
    return [(mes, unidad_id) for mes, unidad_id in sesion.connection().execute(_POR_HACER, valores)]


def hacer_mes(sesion: Session, mes: date, unidad_id: UUID | None = None) -> bool:
    """Make its files; False when somebody else does, or nothing was published in it."""
    if not mes_si_libre(sesion, mes, unidad_id):
        return False
    with ExitStack() as pila:
        archivos: dict[Clase, BinaryIO] = {c: pila.enter_context(TemporaryFile()) for c in Clase}
        escrito = escribir(_publicadas(sesion, mes, unidad_id), archivos)
        if escrito is None:
            return False
        _guardar(sesion, mes, unidad_id, escrito, archivos)
    return True


def _publicadas(sesion: Session, mes: date, unidad_id: UUID | None) -> Iterator[Row[Any]]:
    """The releases of the processes of a month, one after another as they were published, of one instant."""
    desde = datetime(mes.year, mes.month, 1, tzinfo=ZONA)
    hasta = datetime.combine(primer_dia(mes + timedelta(days=31)), datetime.min.time(), ZONA)
    ultima = and_(
        col(CompiladoOcds.convocatoria_id) == ReleaseOcds.convocatoria_id,
        col(CompiladoOcds.secuencia) == ReleaseOcds.secuencia,
    )
    consulta: Any = (
        select(
            col(ReleaseOcds.fecha),
            col(ReleaseOcds.contenido),
            col(CompiladoOcds.contenido).label("compilado"),
        )
        .join(Convocatoria, col(Convocatoria.id) == ReleaseOcds.convocatoria_id)
        .outerjoin(CompiladoOcds, ultima)
        .where(col(Convocatoria.publicado_en) >= desde, col(Convocatoria.publicado_en) < hasta)
        .order_by(col(Convocatoria.publicado_en), col(Convocatoria.id), col(ReleaseOcds.secuencia))
    )
    if unidad_id is not None:
        consulta = consulta.where(col(Convocatoria.unidad_id) == unidad_id)
    return iter(sesion.execute(consulta, execution_options={"yield_per": _A_LA_VEZ}))


def _guardar(
    sesion: Session,
    mes: date,
    unidad_id: UUID | None,
    escrito: Escrito,
    archivos: Mapping[Clase, BinaryIO],
) -> None:
    """Keep them in place of those that there were; one whose bytes are the same stays."""
    de_cual = (col(MesOcds.mes) == mes, col(MesOcds.unidad_id).is_not_distinct_from(unidad_id))
    fila = sesion.scalars(select(MesOcds).where(*de_cual)).one_or_none()
    id_ = fila.id if fila else nuevo_id()
    nuevos = {c.columna: guardar(sesion, flujo, c.tipo, duenio=id_) for c, flujo in archivos.items()}
    puesto: dict[str, Any] = asdict(escrito) | nuevos
    huellas = huellas_de(sesion, nuevos.values())
    sha256 = {clase.value: huellas[nuevos[clase.columna]].sha256 for clase in Clase}
    numero = unidad_por_id(sesion, unidad_id).numero if unidad_id else None
    anotar_archivos(sesion, pagina_de(mes, numero), sha256)
    if fila is None:
        sesion.add(MesOcds(id=id_, mes=mes, unidad_id=unidad_id, **puesto))
        sesion.flush()
        return
    antes = {columna: getattr(fila, columna) for columna in nuevos}
    huellas |= huellas_de(sesion, antes.values())
    iguales = {columna for columna, nuevo in nuevos.items() if huellas[nuevo] == huellas[antes[columna]]}
    for campo, valor in (puesto | {"hecho_en": ahora_bd(sesion)}).items():
        if campo not in iguales:
            setattr(fila, campo, valor)
    sesion.add(fila)
    sesion.flush()
    for columna, nuevo in nuevos.items():
        soltar(sesion, nuevo if columna in iguales else antes[columna])
