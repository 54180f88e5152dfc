"""Reads of the history."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select, tuple_

from feria_inversa.importar.errores import HistoriaInexistente
from feria_inversa.importar.modelos import Archivo, Linea
from nucleo.paginacion import CursorPedido, paginar

VIGENTES = """
    SELECT DISTINCT ON (p.cuce) p.archivo_id, p.linea, p.cuce, p.gestion, p.entidad_codigo, p.entidad, p.tipo,
        p.categoria, p.modalidad, p.objeto, p.estado, p.subasta, p.publicado, p.presentacion, p.decidido,
        p.departamento, p.normativa, p.fallas, a.visto_en,
        count(*) FILTER (WHERE d.en = p.archivo_id AND d.renglon = p.linea) OVER suyas AS versiones,
        first_value(p.total_referencial) OVER (suyas ORDER BY p.total_referencial IS NULL, a.visto_en DESC,
            d.en DESC, d.renglon DESC) AS total_referencial,
        first_value(p.total_adjudicado) OVER (suyas ORDER BY p.total_adjudicado IS NULL, a.visto_en DESC,
            d.en DESC, d.renglon DESC) AS total_adjudicado,
        first_value(p.total_recibido) OVER (suyas ORDER BY p.total_recibido IS NULL, a.visto_en DESC,
            d.en DESC, d.renglon DESC) AS total_recibido
    FROM feria_historia_proceso p
    CROSS JOIN LATERAL (
        SELECT p.archivo_id AS en, p.linea AS renglon
        UNION ALL
        SELECT l.archivo_id, l.linea FROM feria_historia_linea l
        WHERE l.que = 'repetido' AND l.otro_archivo_id = p.archivo_id AND l.otra_linea = p.linea
    ) d
    JOIN feria_historia_archivo a ON a.id = d.en
    WINDOW suyas AS (PARTITION BY p.cuce)
    ORDER BY p.cuce, a.visto_en DESC, d.en DESC, d.renglon DESC
"""
"""SQL of the processes, one row each. Of several lines of one, what the last says: of the file seen last,
imported last, lowest in it, be it the line that is in or one that repeats it (`visto_en` is of that one); an
amount that it does not say is that of the last one that does (docs/decisiones/0094). A condition on `cuce`
put around it reaches the index; what repeats a line is asked line by line, so that a database that has not
counted its rows yet, just after an import, does not compare all with all."""


def archivo_por_clave(sesion: Session, clave: UUID) -> Archivo:
    """Raises `HistoriaInexistente`."""
    archivo = sesion.exec(select(Archivo).where(Archivo.clave == clave)).one_or_none()
    if archivo is None:
        raise HistoriaInexistente()
    return archivo


def archivos(sesion: Session, pagina: CursorPedido) -> tuple[list[Archivo], str | None]:
    """The last ones, newest first."""
    return paginar(sesion, select(Archivo), pagina, columnas=(Archivo.id,))


def lineas(sesion: Session, archivo_id: int, pagina: CursorPedido) -> tuple[list[Linea], str | None]:
    """What there is to say of the lines of a file, in its order, for a page."""
    suyas = select(Linea).where(Linea.archivo_id == archivo_id)
    return paginar(sesion, suyas, pagina, columnas=(Linea.linea, Linea.campo, Linea.motivo), desc=False)


def archivos_por_id(sesion: Session, ids: Collection[int]) -> dict[int | None, Archivo]:
    """To say of which file is the line that another repeats."""
    return {fila.id: fila for fila in sesion.exec(select(Archivo).where(col(Archivo.id).in_(ids)))}


def lineas_de(sesion: Session, archivo_id: int, desde: tuple[int, str, str], limite: int) -> Sequence[Linea]:
    """What there is to say of its lines, in the order of the file, from that line, column and reason on."""
    clave = (col(Linea.linea), col(Linea.campo), col(Linea.motivo))
    consulta = select(Linea).where(Linea.archivo_id == archivo_id, tuple_(*clave) > tuple_(*desde))
    return sesion.exec(consulta.order_by(*clave).limit(limite)).all()
